/** An institution at each point of its life, for the tests of its decisions. */
import type { Decision } from '@shixun/kernel';
import type { QualificationMovedTo } from './apply.ts';
import type { InstitutionQualification, QualificationRecord } from './institution.ts';
import type { AskedScope } from './qualification-scope.ts';
import { reviewQualification, type Verdict } from './review.ts';

export const today = '2026-09-01';
export const scope: AskedScope = {
  levels: ['county'],
  stages: ['primary'],
  subjects: ['chinese'],
  modalities: ['blended'],
  validFrom: '2026-09-01',
  validTo: '2027-08-31',
};
export const applied: QualificationRecord = { ...scope, state: 'applied', termDays: 365, run: [] };
export const first: InstitutionQualification = { qualification: applied, application: null };
export const qualified: InstitutionQualification = {
  qualification: { ...applied, state: 'qualified' },
  application: null,
};
export const wider: AskedScope = { ...scope, levels: ['county', 'city'] };

export function review(
  record: InstitutionQualification,
  verdict: Verdict,
  reason = '',
  bureauLevels: readonly ('province' | 'city' | 'county')[] = ['county'],
): Decision<QualificationMovedTo> {
  return reviewQualification(
    { institutionId: 'ins_1', verdict, reason, findingIds: verdict === 'revoke' ? ['fnd_1'] : [] },
    { ...record, bureauLevels },
    today,
  );
}

export function outcomeOf(decision: Decision<QualificationMovedTo>): QualificationMovedTo {
  if (!decision.accepted) throw new Error(codesOf(decision).join());
  return decision.outcome;
}

export function codesOf(decision: Decision<unknown>): readonly string[] {
  return decision.accepted ? [] : decision.faults.map((each) => each.code.name);
}
