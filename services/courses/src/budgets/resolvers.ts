import { centiText, percentText } from '@shixun/kernel';
import {
  type Caller,
  type Connection,
  connection,
  type GraphContext,
  may,
  mutation,
  type ResolverTable,
  visibleTo,
  within,
} from '@shixun/runtime';
import { type ProjectRow, projects } from '../projects/store.ts';
import { executionReaders, moneyReaders } from './access.ts';
import { type BudgetLine, unspentCents } from './budget.ts';
import * as commands from './commands.ts';
import { csvOf } from './sheet.ts';
import {
  type BudgetRow,
  budgets,
  budgetTallies,
  type ExpenditureRow,
  expenditures,
  type ReallocationRow,
  reallocations,
} from './store.ts';
import { type Amounts, keysOf, sumOf } from './tally.ts';

type Page = { readonly first?: number | null; readonly after?: string | null };
type Filter = Readonly<Record<string, unknown>>;
type OfRegion = { readonly regionCode: string; readonly year: number };
type Entries = Page & { readonly category?: string | null; readonly order: 'newest' | 'largest' };

/** Rows of a region's subtree in a year, of what the caller may see; null when that is nothing. */
export function moneyFilter(
  caller: Caller | null,
  { regionCode, year }: OfRegion,
  category?: string | null,
): Filter | null {
  const visible = visibleTo(caller, moneyReaders, {
    region: 'ownerRegionCode',
    school: 'schoolId',
    institution: 'institutionId',
  });
  if (visible === null) return null;
  return { regionPath: regionCode, year, ...(category ? { category } : {}), $and: [visible] };
}

export const expenditureSorts = {
  newest: [['_id', -1]],
  largest: [
    ['amountCents', -1],
    ['_id', -1],
  ],
} as const;

export const budgetSorts = {
  newest: [['_id', -1]],
  most_unspent: [
    ['unspentCents', -1],
    ['_id', -1],
  ],
} as const;

function entryPage(context: GraphContext, filter: Filter | null, { order, first, after }: Entries) {
  return connection(context.db.model(expenditures), {
    filter,
    sort: expenditureSorts[order],
    first,
    after,
  });
}

type Sums = { readonly plannedCents: number; readonly spentCents: number };

const money = {
  planned: ({ plannedCents }: Sums) => centiText(plannedCents),
  spent: ({ spentCents }: Sums) => centiText(spentCents),
  unspent: ({ plannedCents, spentCents }: Sums) => centiText(plannedCents - spentCents),
  executedShare: ({ plannedCents, spentCents }: Sums) => percentText(spentCents, plannedCents),
};

/** The lines of a region's year, from the counters of every owner in its subtree: some hundred rows at most. */
async function execution(context: GraphContext, { regionCode, year }: OfRegion) {
  if (!may(context.caller, executionReaders, { regionCode })) return null;
  const rows = await context.db
    .model(budgetTallies)
    .find({ year, regionCode: within(regionCode) })
    .lean();
  const planned = sumOf(rows.map((row) => row.planned ?? {}));
  const spent = sumOf(rows.map((row) => row.spent ?? {}));
  const categories = [...new Set([...keysOf(planned), ...keysOf(spent)])];
  const lines = categories.map((category) => ({
    category,
    plannedCents: planned[category] ?? 0,
    spentCents: spent[category] ?? 0,
  }));
  return {
    region: { code: regionCode },
    year,
    lines,
    plannedCents: total(planned),
    spentCents: total(spent),
  };
}

function total(amounts: Amounts): number {
  return keysOf(amounts).reduce((sum, category) => sum + (amounts[category] ?? 0), 0);
}

const header = [
  '编号 id',
  '项目 project',
  '科目 line',
  '类型 kind',
  '金额 CNY',
  '日期 spent on',
  '人数 persons',
  '天数 days',
  '用途 purpose',
  '凭证号 voucher',
  '冲正 reverses',
];

function sheetOf({ edges }: Connection<ExpenditureRow>): string {
  const rows = edges.map(({ node }) => [
    node._id,
    node.projectId,
    node.category,
    node.kind,
    centiText(node.amountCents),
    node.spentOn,
    node.persons,
    node.days,
    node.purpose,
    node.voucher,
    node.reverses,
  ]);
  return csvOf([header, ...rows]);
}

const projectOf = (id: string, context: GraphContext) => context.loadOne(projects, id);

export const budgetResolvers: ResolverTable = {
  Query: {
    budgets: (_parent, args: Page & OfRegion & { order: 'newest' | 'most_unspent' }, context) =>
      connection(context.db.model(budgets), {
        filter: moneyFilter(context.caller, args),
        sort: budgetSorts[args.order],
        first: args.first,
        after: args.after,
      }),
    expenditures: (_parent, args: OfRegion & Entries, context) =>
      entryPage(context, moneyFilter(context.caller, args, args.category), args),
    budgetExecution: (_parent, args: OfRegion, context) => execution(context, args),
  },
  Mutation: {
    setBudget: mutation(commands.setBudgetCommand, 'budget'),
    recordExpenditure: mutation(commands.recordExpenditureCommand, 'expenditure'),
    reverseExpenditure: mutation(commands.reverseExpenditureCommand, 'expenditure'),
    proposeReallocation: mutation(commands.proposeReallocationCommand, 'reallocation'),
    answerReallocation: mutation(commands.answerReallocationCommand, 'reallocation'),
  },
  Project: {
    budget: ({ _id }: ProjectRow, _args, context) => context.loadOne(budgets, _id),
  },
  Budget: {
    __resolveReference: ({ id }: { id: string }, context: GraphContext) =>
      context.loadOne(budgets, id),
    id: ({ _id }: BudgetRow) => _id,
    project: ({ _id }: BudgetRow, _args, context) => projectOf(_id, context),
    unspentLines: ({ lines }: BudgetRow) => lines.filter((line) => unspentCents(line) > 0),
    ...money,
    expenditures: ({ _id }: BudgetRow, args: Entries, context) => {
      const filter = { projectId: _id, ...(args.category ? { category: args.category } : {}) };
      return entryPage(context, filter, args);
    },
    reallocations: ({ _id }: BudgetRow, page: Page, context) =>
      connection(context.db.model(reallocations), {
        ...page,
        filter: { projectId: _id },
        sort: [['_id', -1]],
      }),
  },
  BudgetLine: { ...money, category: ({ category }: BudgetLine) => category },
  BudgetExecution: {
    planned: money.planned,
    spent: money.spent,
    executedShare: money.executedShare,
  },
  ExpenditureConnection: { csv: sheetOf },
  Expenditure: {
    __resolveReference: ({ id }: { id: string }, context: GraphContext) =>
      context.loadOne(expenditures, id),
    id: ({ _id }: ExpenditureRow) => _id,
    project: ({ projectId }: ExpenditureRow, _args, context) => projectOf(projectId, context),
    amount: ({ amountCents }: ExpenditureRow) => centiText(amountCents),
  },
  Reallocation: {
    id: ({ _id }: ReallocationRow) => _id,
    project: ({ projectId }: ReallocationRow, _args, context) => projectOf(projectId, context),
    amount: ({ amountCents }: ReallocationRow) => centiText(amountCents),
  },
};
