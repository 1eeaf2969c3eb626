import { allFields, bureaus, defineAccess, everyone, signedIn } from '@shixun/runtime';

/** Who is paired with whom is public, like the directory of institutions. */
export const pairingAccess = defineAccess({
  types: {
    Pairing: { fields: allFields(everyone) },
    PairingConnection: { fields: allFields(everyone) },
    PairingEdge: { fields: allFields(everyone) },
    RecordPairingPayload: { fields: allFields(signedIn) },
  },
  Query: { pairings: everyone },
  Mutation: { recordPairing: bureaus },
});
