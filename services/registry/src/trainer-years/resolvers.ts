import { centiText } from '@shixun/kernel';
import {
  bureaus,
  type Command,
  connection,
  type Resolver,
  type ResolverTable,
  visibleTo,
} from '@shixun/runtime';
import { schools } from '../schools/store.ts';
import { trainers } from '../trainers/store.ts';
import {
  decideTrainerYearCommand,
  recordTrainerEntryCommand,
  type TrainerYearAnswer,
} from './commands.ts';
import {
  type TrainerEntryRow,
  type TrainerYearRow,
  trainerEntries,
  trainerYears,
} from './store.ts';

type Arguments = {
  readonly year: number;
  readonly state?: string | null;
  readonly first?: number | null;
  readonly after?: string | null;
};

function answeringYear(command: Command): Resolver {
  return async (_parent, { input }: { input: unknown }, context) => {
    const { answer, refusals } = await context.execute(command, input);
    const id = (answer as TrainerYearAnswer | null)?.trainerYearId;
    const trainerYear = id === undefined ? null : await context.loadOne(trainerYears, id);
    return { trainerYear, refusals };
  };
}

export const trainerYearResolvers: ResolverTable = {
  Query: {
    trainerYears: (_parent, { year, state, first, after }: Arguments, context) => {
      const visible = visibleTo(context.caller, bureaus, { region: 'regionCode' });
      if (visible === null) return { edges: [], pageInfo: { hasNextPage: false, endCursor: null } };
      return connection(context.db.model(trainerYears), {
        filter: { year, ...(state ? { state } : {}), ...visible },
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
    recordTrainerEntry: answeringYear(recordTrainerEntryCommand),
    decideTrainerYear: answeringYear(decideTrainerYearCommand),
  },
  TrainerYear: {
    id: ({ _id }: TrainerYearRow) => _id,
    trainer: ({ trainerId }: TrainerYearRow, _args, context) =>
      context.loadOne(trainers, trainerId),
    studyHours: ({ studyHoursCenti }: TrainerYearRow) => centiText(studyHoursCenti),
    entries: ({ _id }: TrainerYearRow, _args, context) =>
      context.loadMany(trainerEntries, 'trainerYearId', _id),
  },
  TrainerEntry: {
    id: ({ _id }: TrainerEntryRow) => _id,
    hours: ({ hoursCenti }: TrainerEntryRow) =>
      hoursCenti === null ? null : centiText(hoursCenti),
    school: ({ schoolId }: TrainerEntryRow, _args, context) =>
      schoolId === null ? null : context.loadOne(schools, schoolId),
  },
};
