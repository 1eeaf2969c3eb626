import { allFields, by, defineAccess, everyone } from '@shixun/runtime';

/** A draw is public, so that anyone can make it again; who applies does so for oneself. */
export const drawAccess = defineAccess({
  types: {
    Draw: { fields: allFields(everyone) },
    DrawQuota: { fields: allFields(everyone) },
    DrawLot: { fields: allFields(everyone) },
    DrawLotConnection: { fields: allFields(everyone) },
    DrawLotEdge: { fields: allFields(everyone) },
    ApplyForDrawPayload: { fields: allFields(everyone) },
    WithdrawDrawApplicationPayload: { fields: allFields(everyone) },
  },
  Query: { draw: everyone },
  Mutation: {
    applyForDraw: by('Teacher', 'own'),
    withdrawDrawApplication: by('Teacher', 'own'),
  },
});
