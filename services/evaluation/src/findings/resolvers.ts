import { civilDateOf } from '@shixun/kernel';
import {
  type Caller,
  connection,
  type GraphContext,
  may,
  mutation,
  type ResolverTable,
  visibleTo,
  within,
} from '@shixun/runtime';
import {
  answerRectificationCommand,
  assignFindingCommand,
  orderRectificationCommand,
  reinspectFindingCommand,
  resolveFindingCommand,
  waiveFindingCommand,
} from './commands.ts';
import { isLate } from './escalate.ts';
import { nextActions } from './life-cycle.ts';
import { countFindings } from './queries.ts';
import { findingOverseers, findingReaders } from './readers.ts';
import { type FindingRow, findingSteps, findings, type StepRow } from './store.ts';

export type FindingFilter = {
  readonly state?: string | null;
  readonly rule?: string | null;
  readonly regionCode?: string | null;
  readonly subject?: string | null;
  readonly responsibleCode?: string | null;
  readonly assignee?: string | null;
  readonly overdue?: boolean | null;
};
type Page = { readonly first?: number | null; readonly after?: string | null };

/** What was asked for, of what the caller may see; null when that is nothing. */
export function findingFilter(
  caller: Caller | null,
  { regionCode, overdue, ...equal }: FindingFilter,
  now: Date,
): Record<string, unknown> | null {
  const places = { region: 'regionCode', school: 'schoolId', institution: 'institutionId' };
  const visible = visibleTo(caller, findingReaders, places);
  if (visible === null) return null;
  const said = Object.entries(equal).filter(([, value]) => value);
  // Closed findings have no deadline, and null is before no date.
  const late = { $gt: '', $lt: civilDateOf(now) };
  const asked = {
    ...Object.fromEntries(said),
    ...(regionCode ? { regionCode: within(regionCode) } : {}),
    ...(overdue === true ? { dueOn: late } : {}),
    ...(overdue === false ? { $nor: [{ dueOn: late }] } : {}),
  };
  return { $and: [visible, asked] };
}

export const findingSort = [
  ['regionCode', 1],
  ['_id', 1],
] as const;

/** Waivers are published with their reasons. */
export function waiverFilter(regionCode: string | null | undefined): Record<string, unknown> {
  return { state: 'waived', ...(regionCode ? { regionCode: within(regionCode) } : {}) };
}

export const findingResolvers: ResolverTable = {
  Query: {
    findings: (_parent, args: Page & { filter?: FindingFilter | null }, context) =>
      connection(context.db.model(findings), {
        filter: findingFilter(context.caller, args.filter ?? {}, context.now),
        sort: findingSort,
        first: args.first,
        after: args.after,
      }),
    finding: async (_parent, { id }: { id: string }, context) => {
      const row = await context.loadOne(findings, id);
      return row !== null && may(context.caller, findingReaders, row) ? row : null;
    },
    findingCounts: (_parent, { regionCode }: { regionCode: string }, context) =>
      may(context.caller, findingOverseers, { regionCode })
        ? countFindings(context.db, regionCode, civilDateOf(context.now))
        : null,
    findingWaivers: (_parent, args: Page & { regionCode?: string | null }, context) =>
      connection(context.db.model(findings), {
        filter: waiverFilter(args.regionCode),
        sort: findingSort,
        first: args.first,
        after: args.after,
      }),
  },
  Mutation: {
    assignFinding: mutation(assignFindingCommand, 'finding'),
    orderRectification: mutation(orderRectificationCommand, 'finding'),
    answerRectification: mutation(answerRectificationCommand, 'finding'),
    reinspectFinding: mutation(reinspectFindingCommand, 'finding'),
    resolveFinding: mutation(resolveFindingCommand, 'finding'),
    waiveFinding: mutation(waiveFindingCommand, 'finding'),
  },
  Finding: {
    __resolveReference: ({ id }: { id: string }, context: GraphContext) =>
      context.loadOne(findings, id),
    id: ({ _id }: FindingRow) => _id,
    region: ({ regionCode }: FindingRow) => ({ code: regionCode }),
    responsible: ({ responsibleCode }: FindingRow) => ({ code: responsibleCode }),
    overdue: ({ dueOn }: FindingRow, _args, { now }) => isLate(dueOn, now),
    nextActions,
    history: ({ _id }: FindingRow, _args, context) =>
      context.loadMany(findingSteps, 'findingId', _id),
  },
  FindingStep: {
    responsible: ({ responsibleCode }: StepRow) => ({ code: responsibleCode }),
  },
  FindingWaiver: {
    findingId: ({ _id }: FindingRow) => _id,
    region: ({ regionCode }: FindingRow) => ({ code: regionCode }),
    waivedAt: ({ closedAt }: FindingRow) => closedAt,
  },
  FindingCounts: {
    region: ({ regionCode }: { regionCode: string }) => ({ code: regionCode }),
  },
  RegionFindingCounts: {
    region: ({ regionCode }: { regionCode: string }) => ({ code: regionCode }),
  },
};
