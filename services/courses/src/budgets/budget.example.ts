/** A county's approved project with some money left on a line. Tests bend it. */
import type { BudgetLine, FundedProject } from './budget.ts';
import type { ExpenditureFacts, RecordExpenditure } from './record-expenditure.ts';

export const exampleProject: FundedProject = {
  level: 'county',
  ownerRegionCode: '140105',
  schoolId: null,
  institutionId: 'ins_1',
  state: 'running',
  closedAt: null,
};

export const exampleLine: BudgetLine = {
  category: 'materials',
  plannedCents: 100_000,
  spentCents: 40_000,
};

export const exampleExpenditure: RecordExpenditure = {
  projectId: 'prj_1',
  category: 'materials',
  amountCents: 1,
  spentOn: '2026-07-15',
  persons: null,
  days: null,
  purpose: '印制讲义',
  voucher: '2026-001',
};

export const exampleFacts: ExpenditureFacts = {
  project: exampleProject,
  line: exampleLine,
  forbidden: ['sightseeing', 'unrelated_visits'],
  dailyMaxCents: 40_000,
};
