import { connection, type GraphContext, type ResolverTable } from '@shixun/runtime';
import { institutions } from '../institutions/store.ts';
import { regions } from '../regions/store.ts';
import { schools } from '../schools/store.ts';
import { registerTrainerCommand, type TrainerAnswer } from './commands.ts';
import { type TrainerRow, trainers } from './store.ts';

type TrainerFilter = {
  readonly kind?: string | null;
  readonly subject?: string | null;
  readonly inPool?: boolean | null;
  readonly homeProvinceCode?: string | null;
};
type Page = { readonly first?: number | null; readonly after?: string | null };

/** The filter of the list in the words of the collection. */
function trainerFilter(filter: TrainerFilter): Readonly<Record<string, unknown>> {
  const { kind, subject, inPool, homeProvinceCode } = filter;
  return {
    ...(kind ? { kind } : {}),
    ...(subject ? { subjects: subject } : {}),
    ...(typeof inPool === 'boolean' ? { inPool } : {}),
    ...(homeProvinceCode ? { homeProvinceCode } : {}),
  };
}

const trainerSort = [['_id', 1]] as const;

export const trainerResolvers: ResolverTable = {
  Query: {
    trainer: (_parent, { id }: { id: string }, context) => context.loadOne(trainers, id),
    trainers: (_parent, args: Page & { filter?: TrainerFilter | null }, context) =>
      connection(context.db.model(trainers), {
        filter: trainerFilter(args.filter ?? {}),
        sort: trainerSort,
        first: args.first,
        after: args.after,
      }),
  },
  Mutation: {
    registerTrainer: async (_parent, { input }: { input: unknown }, context) => {
      const { answer, refusals } = await context.execute(registerTrainerCommand, input);
      const id = (answer as TrainerAnswer | null)?.trainerId;
      return { trainer: id === undefined ? null : await context.loadOne(trainers, id), refusals };
    },
  },
  Trainer: {
    __resolveReference: ({ id }: { id: string }, context: GraphContext) =>
      context.loadOne(trainers, id),
    id: (trainer: TrainerRow) => trainer._id,
    homeProvince: ({ homeProvinceCode }: TrainerRow, _args, context) =>
      context.loadOne(regions, homeProvinceCode),
    school: ({ schoolId }: TrainerRow, _args, context) =>
      schoolId === null ? null : context.loadOne(schools, schoolId),
    institution: ({ institutionId }: TrainerRow, _args, context) =>
      institutionId === null ? null : context.loadOne(institutions, institutionId),
  },
};
