/** Duties of bureaus, schools and experts that come from what others have asked or handed in. [CRS-59] */
import { addDays, type CivilDate } from '@shixun/kernel';
import type { DispatchState } from '../dispatch/dispatch.ts';
import type { TenderState } from '../tenders/tender.ts';
import type { Duty } from './duties.ts';

/** The bureau decides on an appeal against a violation; no rule gives it a day. [CRS-53] */
export function appealDuties(
  role: string,
  appealed: readonly { readonly enrollmentId: string; readonly title: string }[],
): readonly Duty[] {
  return appealed.map(({ enrollmentId: subject, title }) => ({
    ...{ kind: 'decide_violation_appeal', role, subject, detail: '', title, dueOn: null },
  }));
}

/** A change of a plan waits for the bureau's consent. [CRS-19] */
export function planChangeDuties(
  role: string,
  changes: readonly { readonly _id: string; readonly projectTitle: string; state: string }[],
): readonly Duty[] {
  return changes
    .filter(({ state }) => state === 'requested')
    .map(({ _id: subject, projectTitle: title }) => ({
      ...{ kind: 'decide_plan_change', role, subject, detail: '', title, dueOn: null },
    }));
}

export type DutyDispatch = {
  readonly _id: string;
  readonly teacherId: string;
  readonly state: DispatchState;
  readonly replacesId: string | null;
  readonly title: string;
  readonly opensOn: CivilDate | null;
};

/**
 * Nominations to confirm and objections to decide, until the class runs: the day before it opens is the last. A
 * substitute is decided on with the objection. [CRS-43]
 */
export function dispatchDuties(role: string, dispatches: readonly DutyDispatch[]): readonly Duty[] {
  return dispatches.flatMap(({ _id: subject, teacherId: detail, title, ...each }): Duty[] => {
    const dueOn = each.opensOn === null ? null : addDays(each.opensOn, -1);
    const duty = { role, subject, detail, title, dueOn };
    if (each.state === 'objected') return [{ kind: 'decide_dispatch_objection', ...duty }];
    const confirms = each.state === 'nominated' && each.replacesId === null;
    return confirms ? [{ kind: 'confirm_dispatch', ...duty }] : [];
  });
}

/** Bids that an expert was appointed for and has not scored yet, by their numbers. [CRS-02] */
export function scoringDuties(
  tender: {
    readonly _id: string;
    readonly title: string;
    readonly state: TenderState;
    readonly bids: readonly { readonly _id: string; readonly number: number | null }[];
  },
  scored: ReadonlySet<string>,
): readonly Duty[] {
  if (tender.state !== 'opened') return [];
  const { _id: subject, title } = tender;
  return tender.bids
    .filter(({ _id, number }) => number !== null && !scored.has(_id))
    .map(({ number }) => ({
      ...{ kind: 'score_bid', role: 'ExpertReviewer', subject, title, dueOn: null },
      detail: String(number),
    }));
}
