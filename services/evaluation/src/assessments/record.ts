import { centiFrom, centiText, type Decision, decide, type Fault, fault } from '@shixun/kernel';
import { codes } from './refusals.ts';

/** Who scores: a professional agency 专业机构评估, or the department by inspection 主管部门督查. [SX 三(六)] */
export type AssessmentKind = 'agency' | 'inspection';

export type RecordAssessment = {
  readonly kind: AssessmentKind;
  /** Points of 100, at most two decimals. */
  readonly score: string;
  readonly remarks: string;
  readonly correctionReason: string | null;
};

export type AssessmentFacts = {
  readonly projectState: string;
  readonly gradePublished: boolean;
  /** The kinds that the caller may give for this project. */
  readonly entitledTo: readonly AssessmentKind[];
  /** The assessment of this kind that counts now; null when there is none. */
  readonly current: { readonly id: string; readonly scoreCenti: number } | null;
};

export type AssessmentRecorded = {
  readonly kind: AssessmentKind;
  readonly scoreCenti: number;
  readonly remarks: string;
  readonly correctionReason: string | null;
  /** The assessment that counts no more, but is kept. */
  readonly replaces: string | null;
};

const assessableStates = ['published', 'open', 'running', 'closing', 'evaluated'];
const scoreMaxCenti = 100_00;

/** Records one of the kinds of evaluation that a grade combines, or corrects it with a reason. [EVL-03] */
export function recordAssessment(
  command: RecordAssessment,
  facts: AssessmentFacts,
): Decision<AssessmentRecorded> {
  const { kind, score, remarks } = command;
  const { current } = facts;
  const scoreCenti = centiFrom(score) ?? -1;
  const reason = command.correctionReason?.trim() ? command.correctionReason.trim() : null;
  const faults: Fault[] = [];
  if (!assessableStates.includes(facts.projectState)) {
    const figures = { required: assessableStates.join(' / '), actual: facts.projectState };
    faults.push(fault(codes.PROJECT_NOT_UNDER_WAY, ['projectId'], figures));
  }
  if (facts.gradePublished) faults.push(fault(codes.GRADE_PUBLISHED, ['projectId']));
  if (!facts.entitledTo.includes(kind)) faults.push(fault(codes.ASSESSOR_NOT_ENTITLED, ['kind']));
  if (scoreCenti < 0 || scoreCenti > scoreMaxCenti) {
    const figures = { required: '0–100', actual: score };
    faults.push(fault(codes.SCORE_OUT_OF_RANGE, ['score'], figures));
  }
  if (current !== null && reason === null) {
    const figures = { existing: centiText(current.scoreCenti) };
    faults.push(fault(codes.CORRECTION_REASON_MISSING, ['correctionReason'], figures));
  }
  return decide(faults, () => ({
    kind,
    scoreCenti,
    remarks,
    correctionReason: current === null ? null : reason,
    replaces: current?.id ?? null,
  }));
}
