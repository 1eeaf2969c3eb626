import { allFields, bureaus, defineAccess, everyone } from '@shixun/runtime';

/** Which institution serves a county is public. */
export const centreAccess = defineAccess({
  types: {
    DevelopmentCentre: { fields: allFields(everyone) },
    FormerBody: { fields: allFields(everyone) },
    DevelopmentCentreConnection: { fields: allFields(everyone) },
    DevelopmentCentreEdge: { fields: allFields(everyone) },
    DesignateCentrePayload: { fields: allFields(everyone) },
  },
  Query: { developmentCentres: everyone },
  Mutation: { designateCentre: bureaus },
});
