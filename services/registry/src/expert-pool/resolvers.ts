import {
  bureaus,
  type Command,
  connection,
  type GraphContext,
  type Resolver,
  type ResolverTable,
  visibleTo,
  within,
} from '@shixun/runtime';
import { regions } from '../regions/store.ts';
import { trainers } from '../trainers/store.ts';
import {
  decidePoolAdjustmentCommand,
  type MembershipAnswer,
  nominateExpertCommand,
  recordExpertYearCommand,
  reviewNominationCommand,
} from './commands.ts';
import {
  type PoolAdjustmentRow,
  type PoolMembershipRow,
  poolAdjustments,
  poolMemberships,
} from './store.ts';

type Page = { readonly first?: number | null; readonly after?: string | null };
type ExpertFilter = {
  readonly subject?: string | null;
  readonly kind?: string | null;
  readonly stage?: string | null;
  readonly regionCode?: string | null;
  readonly outOfProvince?: boolean | null;
};

const byRegion = [
  ['regionCode', 1],
  ['_id', 1],
] as const;
const nobody = { edges: [], pageInfo: { hasNextPage: false, endCursor: null } };

function expertFilter(filter: ExpertFilter): Readonly<Record<string, unknown>> {
  const { subject, kind, stage, regionCode, outOfProvince } = filter;
  return {
    ...(subject ? { subjects: subject } : {}),
    ...(kind ? { kind } : {}),
    ...(stage ? { stages: stage } : {}),
    ...(regionCode ? { regionCode: within(regionCode) } : {}),
    ...(typeof outOfProvince === 'boolean' ? { outOfProvince } : {}),
  };
}

function answeringExpert(command: Command): Resolver {
  return async (_parent, { input }: { input: unknown }, context) => {
    const { answer, refusals } = await context.execute(command, input);
    const id = (answer as MembershipAnswer | null)?.membershipId;
    const expert = id === undefined ? null : await context.loadOne(poolMemberships, id);
    return { expert, refusals };
  };
}

/** What of a list lies in the bureau's own region. */
function ofOwnRegion<Row extends { readonly _id: string }>(
  collection: Parameters<GraphContext['db']['model']>[0],
  filter: Readonly<Record<string, unknown>>,
  { first, after }: Page,
  context: GraphContext,
) {
  const visible = visibleTo(context.caller, bureaus, { region: 'regionCode' });
  if (visible === null) return nobody;
  const request = { filter: { ...filter, ...visible }, sort: byRegion, first, after };
  return connection<Row>(context.db.model(collection) as never, request as never);
}

export const expertPoolResolvers: ResolverTable = {
  Query: {
    experts: (_parent, args: Page & { filter?: ExpertFilter | null }, context) =>
      connection(context.db.model(poolMemberships), {
        filter: { state: 'admitted', ...expertFilter(args.filter ?? {}) },
        sort: byRegion,
        first: args.first,
        after: args.after,
      }),
    poolNominations: (_parent, page: Page, context) =>
      ofOwnRegion(poolMemberships, { state: 'nominated' }, page, context),
    poolAdjustments: (
      _parent,
      { year, proposal, ...page }: Page & { year: number; proposal?: string | null },
      context,
    ) => ofOwnRegion(poolAdjustments, { year, ...(proposal ? { proposal } : {}) }, page, context),
  },
  Mutation: {
    nominateExpert: answeringExpert(nominateExpertCommand),
    reviewNomination: answeringExpert(reviewNominationCommand),
    recordExpertYear: answeringExpert(recordExpertYearCommand),
    decidePoolAdjustment: answeringExpert(decidePoolAdjustmentCommand),
  },
  Expert: {
    id: ({ _id }: PoolMembershipRow) => _id,
    trainer: ({ trainerId }: PoolMembershipRow, _args, context) =>
      context.loadOne(trainers, trainerId),
    region: ({ regionCode }: PoolMembershipRow, _args, context) =>
      context.loadOne(regions, regionCode),
  },
  PoolAdjustment: {
    id: ({ _id }: PoolAdjustmentRow) => _id,
    expert: ({ membershipId }: PoolAdjustmentRow, _args, context) =>
      context.loadOne(poolMemberships, membershipId),
  },
};
