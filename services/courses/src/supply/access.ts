import { allFields, bureaus, by, defineAccess, type Row, signedIn } from '@shixun/runtime';

/** Who plans a region's training, and who watches it. */
export const planners: Row = [...bureaus, by('QualityMonitor', 'region'), by('Auditor', 'region')];

export const supplyAccess = defineAccess({
  types: {
    DuplicatePair: { fields: allFields(signedIn) },
    DuplicatePairConnection: { fields: allFields(signedIn) },
    DuplicatePairEdge: { fields: allFields(signedIn) },
    MandatedShare: { fields: allFields(signedIn) },
    ScarceArea: { fields: allFields(signedIn) },
    ScarceAreaConnection: { fields: allFields(signedIn) },
    ScarceAreaEdge: { fields: allFields(signedIn) },
  },
  Query: {
    duplicateProjects: signedIn,
    duplicatePairs: planners,
    mandatedShare: planners,
    scarceAreas: planners,
  },
  Mutation: {},
});
