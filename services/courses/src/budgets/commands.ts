import { defineCommand, notFound } from '@shixun/runtime';
import { actorOf } from '../projects/commands.ts';
import type { BudgetLine } from './budget.ts';
import { gatherMoney, type MoneyFacts, moneyScope, placeOf, saveLines } from './commands-money.ts';
import {
  answerInput,
  expenditureInput,
  proposalInput,
  reversalInput,
  setBudgetInput,
} from './input.ts';
import { answerReallocation, movedLines, proposeReallocation } from './reallocate.ts';
import { recordExpenditure } from './record-expenditure.ts';
import { reverseExpenditure } from './reverse-expenditure.ts';
import { setBudget } from './set-budget.ts';
import {
  type BudgetRow,
  type ExpenditureRow,
  expenditures,
  type ReallocationRow,
  reallocations,
} from './store.ts';

const stream = ({ row }: MoneyFacts) => row._id;
const policyVersion = ({ policy }: MoneyFacts) => policy.versionId;

export const setBudgetCommand = defineCommand({
  name: 'setBudget',
  input: setBudgetInput,
  gather: ({ projectId }, unit, context) => gatherMoney(projectId, unit, context),
  scope: moneyScope,
  decide: (input, facts, { now, caller }) =>
    setBudget(input, { ...facts, exists: facts.budget !== null }, { actor: actorOf(caller), now }),
  record: ({ lines }, facts, unit): BudgetRow =>
    saveLines(
      unit,
      facts,
      lines.map((line) => ({ ...line, spentCents: 0 })),
    ),
  stream,
  policyVersion,
});

/** The lines with that much more spent on one of them. */
function spentMore(
  lines: readonly BudgetLine[],
  category: string,
  amountCents: number,
): readonly BudgetLine[] {
  return lines.map((line) =>
    line.category === category ? { ...line, spentCents: line.spentCents + amountCents } : line,
  );
}

export const recordExpenditureCommand = defineCommand({
  name: 'recordExpenditure',
  input: expenditureInput,
  gather: ({ projectId }, unit, context) => gatherMoney(projectId, unit, context),
  scope: moneyScope,
  decide: (input, facts, { now, caller }) => {
    const line = facts.lines.find(({ category }) => category === input.category) ?? null;
    const decision = recordExpenditure(input, { ...facts, line }, { actor: actorOf(caller), now });
    if (!decision.accepted) return decision;
    return { ...decision, outcome: { ...decision.outcome, by: actorOf(caller).subject } };
  },
  record: ({ by, ...outcome }, facts, unit): ExpenditureRow => {
    const entry: ExpenditureRow = {
      _id: unit.newId('expenditure'),
      ...placeOf(facts.row),
      ...outcome,
      kind: 'expenditure',
      reverses: null,
      recordedAt: unit.now,
      recordedBy: by,
    };
    unit.insert(expenditures, entry);
    saveLines(unit, facts, spentMore(facts.lines, entry.category, entry.amountCents));
    return entry;
  },
  stream,
  policyVersion,
});

export const reverseExpenditureCommand = defineCommand({
  name: 'reverseExpenditure',
  input: reversalInput,
  gather: async ({ expenditureId }, unit, context) => {
    const entry = await unit.findById(expenditures, expenditureId);
    if (entry === null) return notFound('expenditure', expenditureId, ['expenditureId']);
    const facts = await gatherMoney(entry.projectId, unit, context);
    if (!('row' in facts)) return facts;
    const reversal = await unit.findOne(expenditures, {
      reverses: expenditureId,
      kind: 'reversal',
    });
    return { ...facts, entry, reversedBy: reversal?._id ?? null };
  },
  scope: moneyScope,
  decide: (input, { project, entry, reversedBy }, { caller }) => {
    const actor = actorOf(caller);
    const decision = reverseExpenditure(input, { project, kind: entry.kind, reversedBy }, actor);
    if (!decision.accepted) return decision;
    return { ...decision, outcome: { ...decision.outcome, by: actor.subject } };
  },
  record: ({ reason, by }, facts, unit): ExpenditureRow => {
    const { entry, row } = facts;
    const reversal: ExpenditureRow = {
      ...entry,
      ...placeOf(row),
      _id: unit.newId('expenditure'),
      kind: 'reversal',
      amountCents: -entry.amountCents,
      purpose: reason,
      aboveCeiling: false,
      reverses: entry._id,
      recordedAt: unit.now,
      recordedBy: by,
    };
    unit.insert(expenditures, reversal);
    saveLines(unit, facts, spentMore(facts.lines, entry.category, -entry.amountCents));
    return reversal;
  },
  stream,
  policyVersion,
});

export const proposeReallocationCommand = defineCommand({
  name: 'proposeReallocation',
  input: proposalInput,
  gather: ({ projectId }, unit, context) => gatherMoney(projectId, unit, context),
  scope: moneyScope,
  decide: (input, facts, { now, caller }) => {
    const actor = actorOf(caller);
    return proposeReallocation({ ...input, by: actor.subject }, facts, { actor, now });
  },
  record: ({ by, ...asked }, _facts, unit): ReallocationRow => {
    const row: ReallocationRow = {
      ...asked,
      _id: unit.newId('reallocation'),
      state: 'proposed',
      proposedAt: unit.now,
      proposedBy: by,
      answeredAt: null,
      answeredBy: null,
    };
    unit.insert(reallocations, row);
    return row;
  },
  stream,
  policyVersion,
});

export const answerReallocationCommand = defineCommand({
  name: 'answerReallocation',
  input: answerInput,
  gather: async ({ reallocationId }, unit, context) => {
    const asked = await unit.findById(reallocations, reallocationId);
    if (asked === null) return notFound('reallocation', reallocationId, ['reallocationId']);
    const facts = await gatherMoney(asked.projectId, unit, context);
    return 'row' in facts ? { ...facts, asked } : facts;
  },
  scope: moneyScope,
  decide: (input, facts, { now, caller }) => {
    const actor = actorOf(caller);
    const decision = answerReallocation(input, facts, { actor, now });
    if (!decision.accepted) return decision;
    return { ...decision, outcome: { state: decision.outcome, by: actor.subject } };
  },
  record: ({ state, by }, facts, unit): ReallocationRow => {
    const { asked } = facts;
    const answered = { state, answeredAt: unit.now, answeredBy: by };
    unit.update(reallocations, { _id: asked._id, state: 'proposed' }, { $set: answered });
    if (state === 'consented') saveLines(unit, facts, movedLines(facts.lines, asked));
    return { ...asked, ...answered };
  },
  stream,
  policyVersion,
});
