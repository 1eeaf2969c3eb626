/** A bureau reviews an application, or revokes what stands. [REG-08, REG-09] */
import {
  type CivilDate,
  type Decision,
  daysBetween,
  decide,
  type Fault,
  fault,
  type QualificationState,
  type RegionLevel,
} from '@shixun/kernel';
import type { QualificationMovedTo } from './apply.ts';
import { bureauFor, bureauRank, highestBureau } from './bureau-level.ts';
import {
  type InstitutionQualification,
  type MoveRecord,
  pendingApplication,
  withApplication,
} from './institution.ts';
import { stateAfter, statesBefore } from './life-cycle.ts';
import type { ProjectLevel } from './qualification-scope.ts';
import { codes } from './refusals.ts';

export const verdicts = ['take_up', 'return', 'grant', 'revoke'] as const;
export type Verdict = (typeof verdicts)[number];

export type ReviewQualification = {
  readonly institutionId: string;
  readonly verdict: Verdict;
  /** Asked of a return and of a revocation; names no person. */
  readonly reason: string;
  /** The serious-quality findings behind a revocation. */
  readonly findingIds: readonly string[];
};

export type ReviewFacts = InstitutionQualification & {
  /** Levels on which the caller is the bureau of the institution's region. */
  readonly bureauLevels: readonly RegionLevel[];
};

export function reviewQualification(
  command: ReviewQualification,
  facts: ReviewFacts,
  today: CivilDate,
): Decision<QualificationMovedTo> {
  const { verdict, reason } = command;
  const judged = verdict === 'revoke' ? facts.qualification : pendingApplication(facts);
  const to = stateAfter(judged?.state ?? null, verdict);
  const faults: Fault[] = [];
  if (judged === null || to === undefined) {
    const figures = {
      required: statesBefore(verdict).join(' / '),
      actual: (judged ?? facts.qualification).state,
    };
    faults.push(fault(codes.MOVE_NOT_POSSIBLE, ['verdict'], figures));
  } else {
    faults.push(...levelFaults(judged.levels, facts.bureauLevels));
  }
  if (reason === '' && (verdict === 'return' || verdict === 'revoke')) {
    faults.push(fault(codes.REASON_MISSING, ['reason']));
  }
  if (verdict === 'revoke' && command.findingIds.length === 0) {
    faults.push(fault(codes.FINDING_MISSING, ['findingIds']));
  }
  if (verdict === 'grant' && judged !== null && judged.validTo < today) {
    const figures = { required: today, actual: judged.validTo };
    faults.push(fault(codes.PERIOD_OVER, ['verdict'], figures));
  }
  return decide(faults, () => moved(command, facts, to ?? facts.qualification.state));
}

/** National and provincial projects are the province's to qualify for; a bureau decides up to its own level. */
function levelFaults(
  asked: readonly ProjectLevel[],
  bureauLevels: readonly RegionLevel[],
): readonly Fault[] {
  const own = bureauRank(highestBureau(bureauLevels));
  const highest = [...asked].sort((a, b) => needs(b) - needs(a))[0];
  if (highest === undefined || needs(highest) <= own) return [];
  const actual = bureauLevels.join(' / ') || '—';
  return [fault(codes.REVIEWER_LEVEL, ['verdict'], { required: highest, actual })];
}

function needs(level: ProjectLevel): number {
  return bureauRank(bureauFor([level]));
}

function moved(
  { verdict, reason, findingIds }: ReviewQualification,
  record: ReviewFacts,
  to: QualificationState,
): QualificationMovedTo {
  const { qualification, application } = record;
  const bureauLevel = highestBureau(record.bureauLevels);
  const moveOf = (
    move: string,
    from: QualificationState,
    next: QualificationState,
  ): MoveRecord => ({
    move,
    from,
    to: next,
    reason,
    gradeIds: [],
    findingIds: verdict === 'revoke' ? findingIds : [],
    ...(bureauLevel === undefined ? {} : { bureauLevel }),
  });
  const pending = pendingApplication(record);
  if (verdict === 'revoke' || pending === null) {
    const moves = [moveOf(verdict, qualification.state, to)];
    return { application, qualification: { ...qualification, state: to, run: [] }, moves };
  }
  const moves = [moveOf(verdict, pending.state, to)];
  if (to === 'applied' || to === 'under_review') {
    return { ...withApplication(record, { ...pending, state: to }), moves };
  }
  const superseded =
    application === null ? undefined : stateAfter(qualification.state, 'supersede');
  if (superseded !== undefined) {
    moves.unshift(moveOf('supersede', qualification.state, superseded));
  }
  const termDays = daysBetween(pending.validFrom, pending.validTo) + 1;
  const granted = { ...pending, state: to, termDays, run: [] };
  return { qualification: granted, application: null, moves };
}
