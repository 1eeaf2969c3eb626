import { allFields, bureaus, by, defineAccess, type Row, signedIn } from '@shixun/runtime';
import type { BudgetRow, ExpenditureRow } from './store.ts';

/** Who sees a project's money: the bureaus of its subtree, their auditors and monitors, its school, its institution. */
export const moneyReaders: Row = [
  ...bureaus,
  by('QualityMonitor', 'region'),
  by('Auditor', 'region'),
  by('SchoolAdmin', 'school'),
  by('InstitutionAdmin', 'institution'),
];

/** Who sees what a whole region spends. */
export const executionReaders: Row = [
  ...bureaus,
  by('QualityMonitor', 'region'),
  by('Auditor', 'region'),
];

const ownerSteps: Row = [...bureaus, by('SchoolAdmin', 'school')];
const spenders: Row = [
  ...bureaus,
  by('SchoolAdmin', 'school'),
  by('InstitutionAdmin', 'institution'),
];
const scope = ({ ownerRegionCode, schoolId, institutionId }: BudgetRow | ExpenditureRow) => ({
  regionCode: ownerRegionCode,
  schoolId,
  institutionId,
});

export const budgetsAccess = defineAccess({
  types: {
    Budget: { scope, fields: allFields(moneyReaders) },
    Expenditure: { scope, fields: allFields(moneyReaders) },
    BudgetLine: { fields: allFields(signedIn) },
    Reallocation: { fields: allFields(signedIn) },
    BudgetConnection: { fields: allFields(signedIn) },
    BudgetEdge: { fields: allFields(signedIn) },
    ExpenditureConnection: { fields: allFields(signedIn) },
    ExpenditureEdge: { fields: allFields(signedIn) },
    ReallocationConnection: { fields: allFields(signedIn) },
    ReallocationEdge: { fields: allFields(signedIn) },
    BudgetExecution: { fields: allFields(signedIn) },
    BudgetPayload: { fields: allFields(signedIn) },
    ExpenditurePayload: { fields: allFields(signedIn) },
    ReallocationPayload: { fields: allFields(signedIn) },
  },
  Query: { budgets: moneyReaders, expenditures: moneyReaders, budgetExecution: executionReaders },
  Mutation: {
    setBudget: ownerSteps,
    recordExpenditure: spenders,
    reverseExpenditure: spenders,
    proposeReallocation: spenders,
    answerReallocation: ownerSteps,
  },
});
