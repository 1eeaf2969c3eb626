import {
  type Command,
  connection,
  mutation,
  type Resolver,
  type ResolverTable,
  visibleTo,
  within,
} from '@shixun/runtime';
import { regions } from '../regions/store.ts';
import { survivingTeacher } from '../teachers/readers.ts';
import { teachers } from '../teachers/store.ts';
import { duplicateReaders } from './access.ts';
import {
  dismissDuplicateCommand,
  mergeTeachersCommand,
  unmergeTeacherCommand,
} from './commands.ts';
import { duplicatePairs, type PairRow } from './store.ts';

type Asked = {
  readonly filter?: { readonly regionCode?: string | null; readonly state?: string | null } | null;
  readonly first?: number | null;
  readonly after?: string | null;
};

export const identityResolvers: ResolverTable = {
  Query: {
    probableDuplicates: (_parent, { filter, first, after }: Asked, context) => {
      const visible = visibleTo(context.caller, duplicateReaders, { region: 'regionCode' });
      const asked = {
        state: filter?.state ?? 'open',
        ...(filter?.regionCode ? { regionCode: within(filter.regionCode) } : {}),
      };
      return connection(context.db.model(duplicatePairs), {
        filter: visible === null ? null : { $and: [visible, asked] },
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
    mergeTeachers: answering(mergeTeachersCommand, 'survivor'),
    unmergeTeacher: answering(unmergeTeacherCommand, 'teacher'),
    dismissDuplicate: mutation(dismissDuplicateCommand, 'duplicate'),
  },
  ProbableDuplicate: {
    id: (pair: PairRow) => pair._id,
    region: ({ regionCode }: PairRow, _args, context) => context.loadOne(regions, regionCode),
    teacher: ({ teacherId }: PairRow, _args, context) => context.loadOne(teachers, teacherId),
    other: ({ otherId }: PairRow, _args, context) => context.loadOne(teachers, otherId),
  },
};

function answering(command: Command, thing: string): Resolver {
  return async (_parent, { input }: { input: unknown }, context) => {
    const { answer, refusals } = await context.execute(command, input);
    const id = (answer as { readonly teacherId: string } | null)?.teacherId;
    return { [thing]: id === undefined ? null : await survivingTeacher(context, id), refusals };
  };
}
