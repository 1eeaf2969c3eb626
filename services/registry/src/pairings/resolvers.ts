import { connection, type ResolverTable, within } from '@shixun/runtime';
import { institutions } from '../institutions/store.ts';
import { schools } from '../schools/store.ts';
import { type PairingAnswer, recordPairingCommand } from './commands.ts';
import { type PairingRow, pairings } from './store.ts';

type Arguments = {
  readonly institutionId?: string | null;
  readonly schoolId?: string | null;
  readonly regionCode?: string | null;
  readonly first?: number | null;
  readonly after?: string | null;
};

export const pairingResolvers: ResolverTable = {
  Query: {
    pairings: (_parent, args: Arguments, context) => {
      const { institutionId, schoolId, regionCode, first, after } = args;
      return connection(context.db.model(pairings), {
        filter: {
          ...(institutionId ? { institutionId } : {}),
          ...(schoolId ? { schoolId } : {}),
          ...(regionCode ? { regionCode: within(regionCode) } : {}),
        },
        sort: [
          ['regionCode', 1],
          ['_id', 1],
        ],
        first,
        after,
      });
    },
  },
  Mutation: {
    recordPairing: async (_parent, { input }: { input: unknown }, context) => {
      const { answer, refusals } = await context.execute(recordPairingCommand, input);
      const id = (answer as PairingAnswer | null)?.pairingId;
      return { pairing: id === undefined ? null : await context.loadOne(pairings, id), refusals };
    },
  },
  Pairing: {
    id: ({ _id }: PairingRow) => _id,
    institution: ({ institutionId }: PairingRow, _args, context) =>
      context.loadOne(institutions, institutionId),
    school: ({ schoolId }: PairingRow, _args, context) => context.loadOne(schools, schoolId),
  },
};
