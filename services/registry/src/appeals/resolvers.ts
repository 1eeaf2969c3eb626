import {
  type Command,
  connection,
  type Resolver,
  type ResolverTable,
  visibleTo,
} from '@shixun/runtime';
import { institutions, qualificationMoves } from '../institutions/store.ts';
import { appealReaders } from './access.ts';
import {
  type AppealAnswer,
  appealQualificationMoveCommand,
  decideQualificationAppealCommand,
} from './commands.ts';
import { type AppealRow, appeals } from './store.ts';

type Arguments = {
  readonly state?: string | null;
  readonly first?: number | null;
  readonly after?: string | null;
};

/** The stored answer names the appeal; the payload reads it anew. */
function answeringAppeal(command: Command): Resolver {
  return async (_parent, { input }: { input: unknown }, context) => {
    const { answer, refusals } = await context.execute(command, input);
    const id = (answer as AppealAnswer | null)?.appealId;
    const appeal = id === undefined ? null : await context.loadOne(appeals, id);
    return { appeal, refusals };
  };
}

export const appealResolvers: ResolverTable = {
  Query: {
    qualificationAppeals: (_parent, { state, first, after }: Arguments, context) => {
      const visible = visibleTo(context.caller, appealReaders, {
        region: 'regionCode',
        institution: 'institutionId',
      });
      if (visible === null) return { edges: [], pageInfo: { hasNextPage: false, endCursor: null } };
      return connection(context.db.model(appeals), {
        filter: { ...visible, ...(state ? { state } : {}) },
        sort: [['_id', 1]],
        first,
        after,
      });
    },
  },
  Mutation: {
    appealQualificationMove: answeringAppeal(appealQualificationMoveCommand),
    decideQualificationAppeal: answeringAppeal(decideQualificationAppealCommand),
  },
  QualificationAppeal: {
    id: (row: AppealRow) => row._id,
    institution: ({ institutionId }: AppealRow, _args, context) =>
      context.loadOne(institutions, institutionId),
    move: ({ moveId }: AppealRow, _args, context) => context.loadOne(qualificationMoves, moveId),
  },
};
