import {
  allFields,
  auditReaders,
  bureaus,
  by,
  defineAccess,
  everyone,
  signedIn,
} from '@shixun/runtime';
import type { InstitutionRow } from './store.ts';

/** The directory of institutions and what they are qualified for is public; an application is not. */
export const institutionAccess = defineAccess({
  types: {
    Institution: {
      scope: ({ _id, regionCode }: InstitutionRow) => ({ institutionId: _id, regionCode }),
      fields: {
        id: everyone,
        name: everyone,
        kind: everyone,
        region: everyone,
        qualification: everyone,
        university: everyone,
        nextActions: everyone,
        uncovered: everyone,
        application: [by('InstitutionAdmin', 'institution'), ...bureaus],
        moves: [
          by('InstitutionAdmin', 'institution'),
          by('QualityMonitor', 'region'),
          by('Auditor', 'region'),
          ...bureaus,
        ],
        auditTrail: auditReaders,
      },
    },
    Qualification: { fields: allFields(everyone) },
    QualificationApplication: { fields: allFields(signedIn) },
    QualificationAction: { fields: allFields(everyone) },
    UncoveredDimension: { fields: allFields(everyone) },
    QualificationMove: { fields: allFields(signedIn) },
    QualificationMoveConnection: { fields: allFields(signedIn) },
    QualificationMoveEdge: { fields: allFields(signedIn) },
    QualificationTransition: { fields: allFields(everyone) },
    InstitutionConnection: { fields: allFields(everyone) },
    InstitutionEdge: { fields: allFields(everyone) },
    RegisterInstitutionPayload: { fields: allFields(signedIn) },
    ApplyForQualificationPayload: { fields: allFields(signedIn) },
    ReviewQualificationPayload: { fields: allFields(signedIn) },
  },
  Query: { institution: everyone, institutions: everyone, qualificationLifeCycle: everyone },
  Mutation: {
    registerInstitution: bureaus,
    applyForQualification: by('InstitutionAdmin', 'institution'),
    reviewQualification: bureaus,
  },
});
