import { allFields, bureaus, by, defineAccess, type Row, signedIn } from '@shixun/runtime';

const recorders: Row = [by('InstitutionAdmin', 'institution'), ...bureaus];

export const trainerYearAccess = defineAccess({
  types: {
    TrainerYear: { fields: allFields(signedIn) },
    TrainerYearShortfall: { fields: allFields(signedIn) },
    TrainerEntry: { fields: allFields(signedIn) },
    TrainerYearConnection: { fields: allFields(signedIn) },
    TrainerYearEdge: { fields: allFields(signedIn) },
    TrainerYearPayload: { fields: allFields(signedIn) },
  },
  Query: { trainerYears: bureaus },
  Mutation: { recordTrainerEntry: recorders, decideTrainerYear: bureaus },
});
