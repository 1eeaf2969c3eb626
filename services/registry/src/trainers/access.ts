import { allFields, bureaus, by, defineAccess, signedIn } from '@shixun/runtime';

/** Trainers are introduced by name in every plan: whoever is signed in may see them. */
export const trainerAccess = defineAccess({
  types: {
    Trainer: { fields: allFields(signedIn) },
    TrainerConnection: { fields: allFields(signedIn) },
    TrainerEdge: { fields: allFields(signedIn) },
    RegisterTrainerPayload: { fields: allFields(signedIn) },
  },
  Query: { trainer: signedIn, trainers: signedIn },
  Mutation: { registerTrainer: [by('InstitutionAdmin', 'institution'), ...bureaus] },
});
