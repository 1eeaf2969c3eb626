import { explain } from '@shixun/kernel';
import { connection, type GraphContext, may, mutation, type ResolverTable } from '@shixun/runtime';
import { bookingsOf } from '../plans/readers.ts';
import { finderOf } from '../plans/resolvers-missing.ts';
import { bookingFaults } from '../plans/schedule.ts';
import { concerned } from '../projects/access.ts';
import { scopeOf } from '../projects/commands.ts';
import { classes, type ProjectRow, projects, type TrainingClassRow } from '../projects/store.ts';
import {
  decidePlanChangeCommand,
  requestPlanChangeCommand,
  withdrawPlanChangeCommand,
} from './commands.ts';
import type { ChangeState } from './request-change.ts';
import { type ClashRow, type PlanChangeRow, planChangeClashes, planChanges } from './store.ts';
import type { WeighedDifference } from './weigh.ts';
import { sayDifference } from './words.ts';

type Page = { readonly first?: number | null; readonly after?: string | null };
type Asked = Page & { readonly regionCode: string; readonly state?: string | null };

/** States from which on trainees know of a change, and with them everybody. */
const publicStates: readonly ChangeState[] = ['announced', 'applied'];

function sees(context: GraphContext, row: PlanChangeRow): boolean {
  const { ownerRegionCode: regionCode, schoolId, institutionId } = row;
  return (
    publicStates.includes(row.state) ||
    may(context.caller, concerned, { regionCode, schoolId, institutionId })
  );
}

async function visibleChange(context: GraphContext, id: string): Promise<PlanChangeRow | null> {
  const row = await context.loadOne(planChanges, id);
  return row !== null && sees(context, row) ? row : null;
}

const changeMutation = (command: Parameters<typeof mutation>[0]) => mutation(command, 'planChange');

export const planChangeResolvers: ResolverTable = {
  Query: {
    planChange: (_parent, { id }: { id: string }, context) => visibleChange(context, id),
    planChanges: (_parent, { regionCode, state, ...page }: Asked, context) => {
      const all = may(context.caller, concerned, { regionCode });
      const asked = typeof state === 'string' ? { state } : {};
      return connection(context.db.model(planChanges), {
        // Of a foreign region only what is public.
        filter: {
          regionPath: regionCode,
          ...asked,
          ...(all ? {} : { $and: [{ state: { $in: publicStates } }] }),
        },
        sort: [['_id', -1]],
        ...page,
      });
    },
  },
  Mutation: {
    requestPlanChange: changeMutation(requestPlanChangeCommand),
    decidePlanChange: changeMutation(decidePlanChangeCommand),
    withdrawPlanChange: changeMutation(withdrawPlanChangeCommand),
  },
  Project: {
    planChanges: (project: ProjectRow, page: Page, context) => {
      const all = may(context.caller, concerned, scopeOf(project));
      return connection(context.db.model(planChanges), {
        filter: { projectId: project._id, ...(all ? {} : { state: { $in: publicStates } }) },
        sort: [['_id', -1]],
        ...page,
      });
    },
  },
  TrainingClass: {
    freeWithdrawalUntil: ({ freeWithdrawalUntil }: TrainingClassRow) => freeWithdrawalUntil ?? null,
  },
  TrainingPlanChange: {
    id: ({ _id }: PlanChangeRow) => _id,
    project: ({ projectId }: PlanChangeRow, _arguments, context) =>
      context.loadOne(projects, projectId),
    substitutedSessions: ({ substitutedInAll }: PlanChangeRow) => substitutedInAll,
    substitutedShare: ({ share }: PlanChangeRow) => share,
    warnings: async ({ content, projectId }: PlanChangeRow, _arguments, context) => {
      const bookings = await bookingsOf(finderOf(context), content, projectId);
      return bookingFaults(content, { bookings }).map((fault) => explain(fault));
    },
    clashes: ({ _id }: PlanChangeRow, page: Page, context) =>
      connection(context.db.model(planChangeClashes), {
        filter: { changeId: _id },
        sort: [['_id', 1]],
        ...page,
      }),
  },
  PlanDifference: {
    messageZh: (difference: WeighedDifference) => sayDifference(difference, 'zh'),
    messageEn: (difference: WeighedDifference) => sayDifference(difference, 'en'),
  },
  PlanChangeClash: {
    teacher: ({ teacherId }: ClashRow) => ({ id: teacherId }),
    trainingClass: ({ classId }: ClashRow, _arguments, context) =>
      context.loadOne(classes, classId),
    otherClass: ({ otherClassId }: ClashRow, _arguments, context) =>
      context.loadOne(classes, otherClassId),
  },
};
