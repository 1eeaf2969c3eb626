/**
 * What may happen next to an institution's qualification and to its waiting application, who may do it, and what is
 * still missing: the table of the life cycle read for one record. [REG-08, REG-09]
 */
import type { CivilDate, RegionLevel } from '@shixun/kernel';
import { bureauFor, superiorOf } from './bureau-level.ts';
import {
  type InstitutionQualification,
  type MoveRecord,
  pendingApplication,
} from './institution.ts';
import { isTransition, nextMoves, type Transition } from './life-cycle.ts';
import type { RunLengths } from './move-by-grade.ts';

export type NextAction = Transition & {
  /** The lowest level of bureau that may; null where no bureau makes the move. */
  readonly bureauLevel: RegionLevel | null;
  /** True when nothing but the maker's will is missing. */
  readonly ready: boolean;
  readonly missingZh: string | null;
  readonly missingEn: string | null;
};

export type NextActionFacts = InstitutionQualification & {
  readonly parentInstitutionId?: string | null;
  /** The move that an undecided appeal is about. */
  readonly appealed: MoveRecord | null;
};

export function nextActions(
  facts: NextActionFacts,
  today: CivilDate,
  lengths: RunLengths,
): readonly NextAction[] {
  if ((facts.parentInstitutionId ?? null) !== null) return [];
  const { qualification } = facts;
  const pending = pendingApplication(facts);
  const stands =
    pending !== null && facts.application === null ? [] : nextMoves(qualification.state);
  const asked = pending === null ? nextMoves(null) : nextMoves(pending.state);
  const scope = pending ?? qualification;
  return [
    ...stands
      .filter(({ move, to }) => move !== 'reinstate' || to === facts.appealed?.from)
      .map((row) => {
        const missing = missingFor(row, facts, lengths);
        return { ...row, ...missing, bureauLevel: levelFor(row, facts) };
      }),
    ...asked.map((row) => {
      const over = row.move === 'grant' && scope.validTo < today;
      const words = over
        ? lacking(`有效期截止日 ${scope.validTo} 已过`, `its period ended on ${scope.validTo}`)
        : nothing;
      return {
        ...row,
        ...words,
        bureauLevel: row.by === 'bureau' ? bureauFor(scope.levels) : null,
      };
    }),
  ];
}

const nothing = { ready: true, missingZh: null, missingEn: null };

function lacking(missingZh: string, missingEn: string) {
  return { ready: false, missingZh, missingEn };
}

function levelFor(
  row: Transition,
  { qualification, appealed }: NextActionFacts,
): RegionLevel | null {
  const own = bureauFor(qualification.levels);
  if (row.by === 'superior') return superiorOf(appealed?.bureauLevel ?? own);
  return row.by === 'bureau' ? own : null;
}

/** What the record still lacks for a move of what stands; the figures are those of the policy in force. */
function missingFor(
  row: Transition,
  { qualification, application, appealed }: NextActionFacts,
  { consecutiveGradeCForProbation: c, consecutiveGradeAForRenewal: a }: RunLengths,
): Pick<NextAction, 'ready' | 'missingZh' | 'missingEn'> {
  const running = (grade: string) =>
    qualification.run[0]?.grade === grade ? qualification.run.length : 0;
  switch (row.move) {
    case 'warn':
      return lacking(
        `一次等级 D，或再有 ${c - running('C')} 次连续等级 C`,
        `a grade D, or ${c - running('C')} more C running`,
      );
    case 'renew':
      return lacking(`再有 ${a - running('A')} 次连续等级 A`, `${a - running('A')} more A running`);
    case 'restore':
      return lacking('一次等级 A 或 B', 'a grade A or B');
    case 'suspend':
      return lacking('一次低于 B 的等级', 'a grade below B');
    case 'revoke':
      return lacking('严重质量问题及理由', 'a serious-quality finding and a reason');
    case 'expire':
      return lacking(
        `有效期至 ${qualification.validTo}`,
        `the period runs to ${qualification.validTo}`,
      );
    case 'supersede':
      return application?.state === 'under_review'
        ? nothing
        : lacking('一项审核中的新申请', 'a new application under review');
    case 'reinstate':
      return appealed !== null && row.from !== null && isTransition(row.from, 'reinstate', row.to)
        ? nothing
        : lacking('一项申诉', 'an appeal');
    default:
      return nothing;
  }
}
