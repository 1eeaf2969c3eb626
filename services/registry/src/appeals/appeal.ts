/**
 * One appeal against a move of a qualification, decided by the bureau above the one that made it. [REG-09]
 */
import { type Decision, decide, type Fault, fault, type RegionLevel } from '@shixun/kernel';
import type { QualificationMovedTo } from '../institutions/apply.ts';
import { bureauFor, bureauRank, highestBureau, superiorOf } from '../institutions/bureau-level.ts';
import type { InstitutionQualification, MoveRecord } from '../institutions/institution.ts';
import { isTransition } from '../institutions/life-cycle.ts';
import { codes } from './refusals.ts';

export const appealStates = ['lodged', 'upheld', 'dismissed'] as const;
export type AppealState = (typeof appealStates)[number];
export type AppealVerdict = Exclude<AppealState, 'lodged'>;

export type AppealFacts = InstitutionQualification & {
  readonly appealedMove: MoveRecord;
  /** True when nothing has moved what stands since. */
  readonly latest: boolean;
  /** The appeal that there was or is against this move. */
  readonly earlier: { readonly state: AppealState } | null;
};

/** What was lodged: who decides it is fixed then. */
export type AppealLodged = { readonly decidedByLevel: RegionLevel };

const appealable: readonly string[] = ['warn', 'suspend', 'revoke'];

export function lodgeAppeal(facts: AppealFacts): Decision<AppealLodged> {
  const { appealedMove: move, latest, earlier, qualification } = facts;
  const faults: Fault[] = [];
  if (earlier !== null) {
    faults.push(fault(codes.APPEAL_TWICE, ['moveId'], { actual: earlier.state }));
  } else if (!appealable.includes(move.move) || !latest || qualification.state !== move.to) {
    faults.push(fault(codes.MOVE_NOT_APPEALABLE, ['moveId'], { actual: move.move }));
  }
  const maker = move.bureauLevel ?? bureauFor(qualification.levels);
  return decide(faults, () => ({ decidedByLevel: superiorOf(maker) }));
}

export type DecideAppeal = { readonly verdict: AppealVerdict; readonly reason: string };

export type AppealDecisionFacts = AppealFacts & {
  readonly appeal: { readonly state: AppealState; readonly decidedByLevel: RegionLevel };
  /** Levels on which the caller is the bureau of the institution's region. */
  readonly bureauLevels: readonly RegionLevel[];
};

/** The record after the decision; `moves` is empty when the appeal is dismissed, or has been overtaken by a later move. */
export function decideAppeal(
  { verdict, reason }: DecideAppeal,
  facts: AppealDecisionFacts,
): Decision<QualificationMovedTo> {
  const { appeal, bureauLevels, appealedMove, qualification, application } = facts;
  const faults: Fault[] = [];
  if (appeal.state !== 'lodged') {
    faults.push(fault(codes.APPEAL_DECIDED, ['appealId'], { actual: appeal.state }));
  }
  const own = highestBureau(bureauLevels);
  if (bureauRank(own) < bureauRank(appeal.decidedByLevel)) {
    const figures = { required: appeal.decidedByLevel, actual: own ?? '—' };
    faults.push(fault(codes.APPEAL_OF_OWN_DECISION, ['appealId'], figures));
  }
  return decide(faults, () => {
    const from = qualification.state;
    const to = appealedMove.from;
    const back = verdict === 'upheld' && facts.latest && from === appealedMove.to && to !== null;
    if (!back || !isTransition(from, 'reinstate', to)) {
      return { qualification, application, moves: [] };
    }
    const { gradeIds, findingIds = [] } = appealedMove;
    return {
      qualification: { ...qualification, state: to, run: [] },
      application,
      moves: [
        {
          move: 'reinstate',
          from,
          to,
          reason,
          gradeIds,
          findingIds,
          ...(own === undefined ? {} : { bureauLevel: own }),
        },
      ],
    };
  });
}
