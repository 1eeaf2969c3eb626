import {
  type Caller,
  connection,
  type GraphContext,
  mutation,
  type ResolverTable,
  visibleTo,
  within,
} from '@shixun/runtime';
import { resolveFindingCommand, waiveFindingCommand } from './commands.ts';
import { findingReaders } from './readers.ts';
import { type FindingRow, findings } from './store.ts';

export type FindingFilter = {
  readonly state?: string | null;
  readonly rule?: string | null;
  readonly regionCode?: string | null;
  readonly subject?: string | null;
};
type Page = { readonly first?: number | null; readonly after?: string | null };

/** What was asked for, of what the caller may see; null when that is nothing. */
export function findingFilter(
  caller: Caller | null,
  { state, rule, regionCode, subject }: FindingFilter,
): Record<string, unknown> | null {
  const visible = visibleTo(caller, findingReaders, { region: 'regionCode' });
  if (visible === null) return null;
  const asked = {
    ...(state ? { state } : {}),
    ...(rule ? { rule } : {}),
    ...(subject ? { subject } : {}),
    ...(regionCode ? { regionCode: within(regionCode) } : {}),
  };
  return { $and: [visible, asked] };
}

export const findingSort = [
  ['regionCode', 1],
  ['_id', 1],
] as const;

export const findingResolvers: ResolverTable = {
  Query: {
    findings: (_parent, args: Page & { filter?: FindingFilter | null }, context) =>
      connection(context.db.model(findings), {
        filter: findingFilter(context.caller, args.filter ?? {}),
        sort: findingSort,
        first: args.first,
        after: args.after,
      }),
  },
  Mutation: {
    resolveFinding: mutation(resolveFindingCommand, 'finding'),
    waiveFinding: mutation(waiveFindingCommand, 'finding'),
  },
  Finding: {
    __resolveReference: ({ id }: { id: string }, context: GraphContext) =>
      context.loadOne(findings, id),
    id: ({ _id }: FindingRow) => _id,
    region: ({ regionCode }: FindingRow) => ({ code: regionCode }),
  },
};
