/** The live absence budget 缺课余额: what a trainee has missed, what is left, and when to warn. [CRS-51, CRS-52] */
import { compareRatio, type PolicyFigures } from '@shixun/kernel';
import { absenceLimitMinutes } from '../completion/decide-completion.ts';
import type { Modality } from '../projects/project.ts';
import type { ParticipationRow } from './participation.ts';

export type BudgetFigures = Pick<
  PolicyFigures,
  'absenceLimit' | 'absenceRuleFromHoursCenti' | 'absenceWarningFirst' | 'absenceWarningSecond'
>;

export type BudgetClass = {
  readonly hoursCenti: number;
  readonly minutesPerHour: number;
  readonly modality: Modality;
  readonly sessions: readonly { readonly _id: string; readonly minutes: number }[];
};

export type AbsenceBudget = {
  /** Minutes missed in sessions whose attendance is taken, leave included. */
  readonly usedMinutes: number;
  /** Of these, minutes missed with leave granted. */
  readonly onLeaveMinutes: number;
  /** Of these, minutes missed without leave 缺课. */
  readonly withoutLeaveMinutes: number;
  /** Minutes that may be missed in all; null where the limit doesn't hold. */
  readonly limitMinutes: number | null;
  /** Minutes that may still be missed, not below none; null where the limit doesn't hold. */
  readonly leftMinutes: number | null;
};

type Record = Pick<ParticipationRow, 'attendance' | 'leaves'>;

export function absenceBudget(
  trainingClass: BudgetClass,
  record: Record,
  figures: BudgetFigures,
): AbsenceBudget {
  const limitMinutes = absenceLimitMinutes(trainingClass, figures);
  const onLeave = sessionsOnLeave(record);
  let usedMinutes = 0;
  let onLeaveMinutes = 0;
  for (const { sessionId, missed } of missedBy(trainingClass, record)) {
    usedMinutes += missed;
    if (onLeave.has(sessionId)) onLeaveMinutes += missed;
  }
  return {
    usedMinutes,
    onLeaveMinutes,
    withoutLeaveMinutes: usedMinutes - onLeaveMinutes,
    limitMinutes,
    leftMinutes: limitMinutes === null ? null : Math.max(0, limitMinutes - usedMinutes),
  };
}

/** Sessions for which leave is granted. */
export function sessionsOnLeave({ leaves }: Pick<Record, 'leaves'>): ReadonlySet<string> {
  return new Set(
    leaves.flatMap(({ state, sessionIds }) => (state === 'granted' ? sessionIds : [])),
  );
}

function missedBy({ sessions }: BudgetClass, { attendance }: Record) {
  const minutesOf = new Map(sessions.map(({ _id, minutes }) => [_id, minutes]));
  return attendance.map(({ sessionId, presentMinutes }) => ({
    sessionId,
    missed: (minutesOf.get(sessionId) ?? presentMinutes) - presentMinutes,
  }));
}

/**
 * How many of the warnings are due: one from half of the limit, two from the second share, three at the limit, four
 * above it. Compared exactly: a minute below is below. None where the limit doesn't hold.
 */
export function warningsDue(
  trainingClass: BudgetClass,
  { usedMinutes, limitMinutes }: AbsenceBudget,
  { absenceLimit, absenceWarningFirst, absenceWarningSecond }: BudgetFigures,
): number {
  if (limitMinutes === null || usedMinutes === 0) return 0;
  const plannedCenti = trainingClass.hoursCenti * trainingClass.minutesPerHour;
  const against = ({ numerator, denominator }: { numerator: number; denominator: number }) =>
    compareRatio(
      usedMinutes * 100,
      plannedCenti,
      absenceLimit.numerator * numerator,
      absenceLimit.denominator * denominator,
    );
  const whole = { numerator: 1, denominator: 1 };
  const reached = [absenceWarningFirst, absenceWarningSecond, whole].filter(
    (share) => against(share) >= 0,
  ).length;
  return against(whole) > 0 ? reached + 1 : reached;
}
