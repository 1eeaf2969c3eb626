/** What a published grade does to an institution's record. [REG-09] */
import { addDays } from '@shixun/kernel';
import type { QualificationMovedTo } from './apply.ts';
import type { InstitutionQualification } from './institution.ts';
import { lifeCycle } from './life-cycle.ts';
import { moveByGrade, type PublishedGrade, type RunLengths } from './move-by-grade.ts';

/** A renewal adds the days that were granted; everything else changes the state alone. */
export function afterGrade(
  record: InstitutionQualification,
  published: PublishedGrade,
  lengths: RunLengths,
): QualificationMovedTo {
  const { qualification } = record;
  const { standing, move } = moveByGrade(qualification, published, lengths);
  const { state, run } = standing;
  if (move === null) return { ...record, qualification: { ...qualification, run }, moves: [] };
  const validTo =
    move.move === 'renew'
      ? addDays(qualification.validTo, qualification.termDays)
      : qualification.validTo;
  const words = lifeCycle.find((row) => row.move === move.move);
  return {
    ...record,
    qualification: { ...qualification, state, run, validTo },
    moves: [
      {
        move: move.move,
        from: qualification.state,
        to: state,
        reason: words === undefined ? '' : `${words.zh}: ${words.en}`,
        gradeIds: move.gradeIds,
      },
    ],
  };
}
