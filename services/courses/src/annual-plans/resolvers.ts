import { centiText, civilDateOf, percentText } from '@shixun/kernel';
import {
  bureaus,
  connection,
  type GraphContext,
  may,
  mutation,
  type ResolverTable,
  within,
} from '@shixun/runtime';
import { annualPlanReaders } from './access.ts';
import { annualPlanId } from './body.ts';
import * as commands from './commands.ts';
import * as filing from './commands-filing.ts';
import { type ItemChange, planDifference } from './difference.ts';
import { fundingFloorOf, fundingOf } from './funding.ts';
import {
  type AnnualPlanContent,
  type BudgetLine,
  nextPlanActions,
  type PlannedItem,
  plannedCentsOf,
} from './plan.ts';
import {
  type AcceptedVersion,
  type AnnualPlanRow,
  annualPlans,
  type FundingRollupRow,
  fundingRollups,
  type PlanningBodyRow,
  planningBodies,
} from './store.ts';

type Page = { readonly first?: number | null; readonly after?: string | null };
type ListedBody = PlanningBodyRow & { readonly year: number };

function fundingShown(plan: AnnualPlanRow, { policies, now }: GraphContext) {
  const { figures } = policies.effective(plan.regionCode, civilDateOf(plan.filedAt ?? now));
  const floor = fundingFloorOf(plan, figures);
  const funding = fundingOf(plan.baseCents, plannedCentsOf(plan), floor);
  return {
    base: floor.base,
    share: percentText(floor.share.numerator, floor.share.denominator),
    baseAmount: centiText(funding.baseCents),
    required: centiText(funding.requiredCents),
    planned: centiText(funding.plannedCents),
    gap: centiText(funding.gapCents),
    below: funding.below,
  };
}

/** Last year's plan: what was accepted of it, otherwise what was written last. */
async function lastYears(
  plan: AnnualPlanRow,
  context: GraphContext,
): Promise<AnnualPlanContent | null> {
  const row = await context.loadOne(annualPlans, annualPlanId(plan, plan.year - 1));
  return row?.accepted ?? row;
}

/** The amendment that is written or filed, against what was accepted; null when none is on its way. */
function amendmentOf(plan: AnnualPlanRow) {
  const { accepted, amendmentReason: reason } = plan;
  if (!accepted || plan.state === 'accepted') return null;
  return {
    reason: reason ?? '',
    changes: planDifference(accepted.items, plan.items),
    plannedChange: centiText(plannedCentsOf(plan) - plannedCentsOf(accepted)),
    baseChange: centiText(plan.baseCents - accepted.baseCents),
  };
}

const hours = (centi: number | null) => (centi === null ? null : centiText(centi));

type BodiesArguments = Page & {
  readonly regionCode: string;
  readonly year: number;
  readonly kind: 'bureau' | 'school';
  readonly filed?: boolean | null;
};

/** The bodies of a region, by region; those that filed, those that did not, or all. */
export function planningBodiesFilter({ regionCode, year, kind, filed }: BodiesArguments) {
  const place = { kind, regionCode: within(regionCode) };
  if (typeof filed !== 'boolean') return place;
  return { ...place, filedYears: filed ? year : { $ne: year } };
}
export const planningBodiesSort = [
  ['regionCode', 1],
  ['_id', 1],
] as const;

async function bodiesPage(given: BodiesArguments, context: GraphContext) {
  const { first, after, regionCode, year } = given;
  const page = await connection(context.db.model(planningBodies), {
    filter: may(context.caller, bureaus, { regionCode }) ? planningBodiesFilter(given) : null,
    sort: planningBodiesSort,
    first,
    after,
  });
  const edges = page.edges.map(({ cursor, node }) => ({ cursor, node: { ...node, year } }));
  return { ...page, edges };
}

const planMutation = (command: Parameters<typeof mutation>[0]) => mutation(command, 'plan');

export const annualPlanResolvers: ResolverTable = {
  Query: {
    annualPlan: async (_parent, { id }: { id: string }, context) => {
      const plan = await context.loadOne(annualPlans, id);
      return plan !== null && may(context.caller, annualPlanReaders, plan) ? plan : null;
    },
    annualPlansFiledWith: (
      _parent,
      {
        regionCode,
        year,
        state,
        ...page
      }: Page & Record<'regionCode' | 'state', string> & { year: number },
      context,
    ) =>
      connection(context.db.model(annualPlans), {
        filter: may(context.caller, bureaus, { regionCode })
          ? { superiorRegionCode: regionCode, year, state }
          : null,
        sort: [['_id', 1]],
        ...page,
      }),
    planningBodies: (_parent, given: BodiesArguments, context) => bodiesPage(given, context),
    fundingIndicators: async (
      _parent,
      { regionCode, year }: { regionCode: string; year: number },
      context,
    ) => {
      if (!may(context.caller, annualPlanReaders, { regionCode })) return [];
      return context.db
        .model(fundingRollups)
        .find({ regionCode, year })
        .sort({ base: 1 })
        .lean<FundingRollupRow[]>();
    },
  },
  Mutation: {
    draftAnnualPlan: planMutation(commands.draftAnnualPlanCommand),
    amendAnnualPlan: planMutation(commands.amendAnnualPlanCommand),
    discardAnnualPlanAmendment: planMutation(commands.discardAnnualPlanAmendmentCommand),
    fileAnnualPlan: planMutation(filing.fileAnnualPlanCommand),
    acceptAnnualPlan: planMutation(filing.acceptAnnualPlanCommand),
    returnAnnualPlan: planMutation(filing.returnAnnualPlanCommand),
  },
  AnnualPlan: {
    id: ({ _id }: AnnualPlanRow) => _id,
    region: ({ regionCode }: AnnualPlanRow) => ({ code: regionCode }),
    school: ({ schoolId }: AnnualPlanRow) => (schoolId === null ? null : { id: schoolId }),
    superior: ({ superiorRegionCode }: AnnualPlanRow) =>
      superiorRegionCode === null ? null : { code: superiorRegionCode },
    funding: (plan: AnnualPlanRow, _arguments, context) => fundingShown(plan, context),
    dueOn: ({ regionCode, year }: AnnualPlanRow, _arguments, { policies, now }) => {
      const { figures } = policies.effective(regionCode, civilDateOf(now));
      return `${year}-${figures.annualPlanDeadlineMonthDay}`;
    },
    changes: async (plan: AnnualPlanRow, _arguments, context) =>
      planDifference((await lastYears(plan, context))?.items ?? [], plan.items),
    plannedChange: async (plan: AnnualPlanRow, _arguments, context) => {
      const before = await lastYears(plan, context);
      return before === null ? null : centiText(plannedCentsOf(plan) - plannedCentsOf(before));
    },
    accepted: ({ accepted }: AnnualPlanRow) => accepted,
    amendment: (plan: AnnualPlanRow) => amendmentOf(plan),
    nextActions: (plan: AnnualPlanRow) => nextPlanActions(filing.standingOf(plan)),
  },
  AcceptedAnnualPlan: {
    base: ({ baseCents }: AcceptedVersion) => centiText(baseCents),
    planned: (version: AcceptedVersion) => centiText(plannedCentsOf(version)),
  },
  PlannedItem: { hours: ({ hoursCenti }: PlannedItem) => centiText(hoursCenti) },
  AnnualBudgetLine: { amount: ({ amountCents }: BudgetLine) => centiText(amountCents) },
  PlanChange: {
    hoursBefore: ({ hoursCentiBefore }: ItemChange) => hours(hoursCentiBefore),
    hoursNow: ({ hoursCentiNow }: ItemChange) => hours(hoursCentiNow),
  },
  PlanningBody: {
    id: ({ _id }: ListedBody) => _id,
    region: ({ regionCode }: ListedBody) => ({ code: regionCode }),
    plan: ({ _id, year }: ListedBody, _arguments, context) =>
      context.loadOne(annualPlans, `apl_${year}_${_id}`),
  },
  FundingIndicator: {
    baseAmount: ({ baseCents }: FundingRollupRow) => centiText(baseCents),
    required: ({ requiredCents }: FundingRollupRow) => centiText(requiredCents),
    planned: ({ plannedCents }: FundingRollupRow) => centiText(plannedCents),
    gap: ({ gapCents }: FundingRollupRow) => centiText(gapCents),
    share: ({ plannedCents, baseCents }: FundingRollupRow) => percentText(plannedCents, baseCents),
  },
};
