import { centiText } from '@shixun/kernel';
import { connection, type GraphContext, may, mutation, type ResolverTable } from '@shixun/runtime';
import { enrollments } from '../enrollment/store.ts';
import { readStudied } from '../guidance/readers.ts';
import { schools } from '../projections/schools.ts';
import { classes, type TrainingClassRow } from '../projects/store.ts';
import { dispatchParties, dispatchScope } from './access.ts';
import { nominateForDispatchCommand, setDispatchQuotasCommand } from './commands.ts';
import {
  confirmDispatchCommand,
  decideDispatchObjectionCommand,
  declineDispatchCommand,
  objectToDispatchCommand,
  withdrawDispatchCommand,
} from './commands-decide.ts';
import { type DispatchRow, dispatches, dispatchQuotas } from './store.ts';

type Page = { readonly first?: number; readonly after?: string };
type Of = {
  readonly classId?: string | null;
  readonly schoolId?: string | null;
  readonly teacherId?: string | null;
};

const newest = [['_id', -1]] as const;
const oldest = [['_id', 1]] as const;

/** The part of the list that is the caller's to see: of a class, of a school, or of a teacher. */
async function page({ classId, schoolId, teacherId, ...rest }: Of & Page, context: GraphContext) {
  const model = context.db.model(dispatches);
  const mine = async (scope: object) => may(context.caller, dispatchParties, scope);
  if (classId) {
    const row = await context.loadOne(classes, classId);
    const scope = { regionCode: row?.ownerRegionCode, institutionId: row?.institutionId };
    return connection(model, {
      ...rest,
      filter: (await mine(scope)) ? { classId } : null,
      sort: oldest,
    });
  }
  if (schoolId) {
    const regionCode = (await context.loadOne(schools, schoolId))?.regionCode;
    const filter = (await mine({ schoolId, regionCode })) ? { schoolId } : null;
    return connection(model, { ...rest, filter, sort: newest });
  }
  const filter = teacherId && (await mine({ personId: teacherId })) ? { teacherId } : null;
  return connection(model, { ...rest, filter, sort: newest });
}

export const dispatchResolvers: ResolverTable = {
  Query: {
    dispatch: async (_parent, { id }: { id: string }, context) => {
      const row = await context.loadOne(dispatches, id);
      return row && may(context.caller, dispatchParties, dispatchScope(row)) ? row : null;
    },
    dispatches: (_parent, args: Of & Page, context) => page(args, context),
  },
  Mutation: {
    setDispatchQuotas: mutation(setDispatchQuotasCommand, 'trainingClass'),
    nominateForDispatch: mutation(nominateForDispatchCommand, 'dispatch'),
    confirmDispatch: mutation(confirmDispatchCommand, 'dispatch'),
    declineDispatch: mutation(declineDispatchCommand, 'dispatch'),
    objectToDispatch: mutation(objectToDispatchCommand, 'dispatch'),
    decideDispatchObjection: mutation(decideDispatchObjectionCommand, 'dispatch'),
    withdrawDispatch: mutation(withdrawDispatchCommand, 'dispatch'),
  },
  TrainingClass: {
    dispatchQuotas: async ({ _id }: TrainingClassRow, _args, context: GraphContext) =>
      (await context.loadOne(dispatchQuotas, _id))?.quotas ?? [],
  },
  Dispatch: {
    id: ({ _id }: DispatchRow) => _id,
    trainingClass: ({ classId }: DispatchRow, _args, context) => context.loadOne(classes, classId),
    teacher: ({ teacherId }: DispatchRow) => ({ id: teacherId }),
    school: ({ schoolId }: DispatchRow) => ({ id: schoolId }),
    replaces: ({ replacesId }: DispatchRow, _args, context) =>
      replacesId && context.loadOne(dispatches, replacesId),
    enrollment: ({ enrollmentId }: DispatchRow, _args, context) =>
      enrollmentId && context.loadOne(enrollments, enrollmentId),
    cycleHours: async ({ teacherId, regionCode }: DispatchRow, _args, context) =>
      centiText((await readStudied({ _id: teacherId, regionCode }, context)).cycleHoursCenti),
  },
};
