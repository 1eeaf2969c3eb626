/**
 * A change of the plan publishes the schedules that it changes anew; each of those classes opens no sooner than the
 * policy's full days after that. [CRS-18, CRS-19]
 */
import { type Fault, type Instant, startOfDay } from '@shixun/kernel';
import type { PlanClass, PlanContent } from '../plans/plan.ts';
import { scheduleFaults } from '../projects/open.ts';
import type { Difference, DifferenceKind } from './difference-kinds.ts';

/**
 * What makes a schedule 课程表 another one: what is taught, when and where, as monitors who drop in would look for it.
 * Who teaches, an hour of the same day and a room are not.
 */
const scheduleKinds: readonly DifferenceKind[] = [
  'class_added',
  'class_place_moved',
  'class_dates_changed',
  'session_moved',
  'session_length_changed',
  'session_dropped',
  'session_added',
];

/** The classes whose schedules a change publishes anew, by their places in the new version. */
export function republishedClasses(
  differences: readonly Pick<Difference, 'kind' | 'session'>[],
): ReadonlySet<number> {
  return new Set(
    differences.flatMap(({ kind, session }) => {
      const at = session?.classAfter ?? null;
      return at !== null && scheduleKinds.includes(kind) ? [at] : [];
    }),
  );
}

export type Publishing = {
  /** When the new version becomes public: with the notice to the trainees. */
  readonly publishedAt: Instant;
  readonly now: Instant;
  readonly fullDays: number;
};

/** The classes that would open too soon after it. One that has opened already opens no more. */
export function republishingFaults(
  differences: readonly Pick<Difference, 'kind' | 'session'>[],
  [published, after]: readonly [PlanContent, PlanContent],
  { publishedAt, now, fullDays }: Publishing,
): readonly Fault[] {
  return [...republishedClasses(differences)].flatMap((at) => {
    const planned = after.classes[at];
    const old = published.classes.find(({ name }) => name === planned?.name);
    const opensOn = opening(planned);
    if (planned === undefined || opensOn === undefined || hasOpened(old, now)) return [];
    return scheduleFaults([{ name: planned.name, opensOn, publishedAt }], fullDays).map(
      (fault) => ({
        ...fault,
        path: ['plan', 'classes', String(at), 'segments'],
      }),
    );
  });
}

function hasOpened(planned: PlanClass | undefined, now: Instant): boolean {
  const opensOn = opening(planned);
  return opensOn !== undefined && startOfDay(opensOn) <= now;
}

function opening(planned: PlanClass | undefined) {
  return planned?.segments[0]?.startsOn;
}
