/** The calendar ends a qualification on the day after its last. [REG-08] */
import { type CivilDate, qualificationStateOn } from '@shixun/kernel';
import type { QualificationMovedTo } from './apply.ts';
import type { InstitutionQualification } from './institution.ts';

/** The record after the end of its period; null while the period runs, and for what does not stand any more. */
export function afterPeriod(
  record: InstitutionQualification,
  today: CivilDate,
): QualificationMovedTo | null {
  const { qualification, application } = record;
  if (qualification.state === 'expired') return null;
  const state = qualificationStateOn(qualification, today);
  if (state !== 'expired') return null;
  const reason = `有效期至 ${qualification.validTo}: valid to ${qualification.validTo}`;
  return {
    application,
    qualification: { ...qualification, state, run: [] },
    moves: [{ move: 'expire', from: qualification.state, to: state, reason, gradeIds: [] }],
  };
}
