/** An institution applies for a scope, or corrects its application before the review. [REG-08] */
import { type CivilDate, type Decision, decide, type Fault, fault, refuse } from '@shixun/kernel';
import {
  type InstitutionQualification,
  type MoveRecord,
  pendingApplication,
  withApplication,
} from './institution.ts';
import { stateAfter } from './life-cycle.ts';
import { type AskedScope, scopeFaults } from './qualification-scope.ts';
import { codes } from './refusals.ts';

export type ApplyForQualification = { readonly institutionId: string; readonly scope: AskedScope };

/** The record after the command and the moves that led to it. */
export type QualificationMovedTo = InstitutionQualification & {
  readonly moves: readonly MoveRecord[];
};

/** What stands goes on standing until the new scope is granted. A part of a university is refused. [REG-17] */
export function applyForQualification(
  command: ApplyForQualification,
  record: InstitutionQualification & { readonly parentInstitutionId?: string | null },
  today: CivilDate,
): Decision<QualificationMovedTo> {
  const university = record.parentInstitutionId ?? null;
  if (university !== null) {
    return refuse(fault(codes.UNIVERSITY_PART, ['institutionId'], { required: university }));
  }
  const pending = pendingApplication(record);
  const move = pending === null ? 'apply' : 'amend';
  const faults: Fault[] = [];
  if (stateAfter(pending?.state ?? null, move) === undefined) {
    faults.push(fault(codes.UNDER_REVIEW, ['institutionId'], { actual: pending?.state ?? '' }));
  }
  faults.push(...scopeFaults(command.scope, today));
  return decide(faults, () => ({
    ...withApplication(record, { ...command.scope, state: 'applied' }),
    moves: [{ move, from: pending?.state ?? null, to: 'applied', reason: '', gradeIds: [] }],
  }));
}
