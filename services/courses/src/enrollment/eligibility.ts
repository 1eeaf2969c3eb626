/** Who may take a class: the one decision behind the menu's reasons and enrollment's refusals. [CRS-40, CRS-41] */
import { type Fault, fault, type Instant, isWithin } from '@shixun/kernel';
import { type MenuWindow, opensFor } from '../menus/window.ts';
import type { Audience, ClassState } from '../projects/project.ts';
import { codes } from './refusals.ts';

export type TeacherFacts = {
  readonly teacherId: string;
  readonly status: string;
  readonly stage: string;
  readonly subjects: readonly string[];
  readonly careerStage: string;
  readonly rural: boolean;
  readonly minorityBilingual: boolean;
  readonly principal: boolean;
  readonly graduatingClass: boolean;
  readonly schoolId: string;
  readonly regionCode: string;
};

/** A meeting in time: date and minutes since midnight in Asia/Shanghai. */
export type Meeting = {
  readonly date: string;
  readonly startMinute: number;
  readonly minutes: number;
};

export type ClassFacts = {
  readonly classId: string;
  readonly state: ClassState;
  readonly audience: Audience;
  readonly ownerRegionCode: string;
  readonly contentCode: string;
  readonly year: number;
  readonly sessions: readonly Meeting[];
};

/** Another enrollment of the same teacher that still stands. */
export type Commitment = {
  readonly classId: string;
  readonly contentCode: string;
  readonly year: number;
  /** True once its completion is decided: it no longer runs, but its content is taken. */
  readonly done: boolean;
  readonly sessions: readonly Meeting[];
};

export type EligibilityFacts = {
  readonly window: MenuWindow;
  readonly trainingClass: ClassFacts;
  readonly teacher: TeacherFacts;
  readonly commitments: readonly Commitment[];
  readonly limits: { readonly concurrentEnrollmentsMax: number; readonly cycleYears: number };
};

/** Everything that speaks against this teacher taking this class now; places are another question. */
export function eligibilityFaults(facts: EligibilityFacts, now: Instant): Fault[] {
  return [...windowFaults(facts, now), ...teacherFaults(facts), ...commitmentFaults(facts)];
}

function windowFaults({ window, trainingClass, teacher }: EligibilityFacts, now: Instant): Fault[] {
  const faults: Fault[] = [];
  const opensAt = opensFor(window, teacher);
  if (window.opensAt <= now && now < opensAt) {
    const figures = { required: opensAt.toISOString(), actual: now.toISOString() };
    faults.push(fault(codes.WINDOW_NOT_YET_OPEN, ['menuItemId'], figures));
  } else if (now < window.opensAt || now >= window.closesAt) {
    const required = `${window.opensAt.toISOString()} – ${window.closesAt.toISOString()}`;
    faults.push(
      fault(codes.WINDOW_CLOSED, ['menuItemId'], { required, actual: now.toISOString() }),
    );
  }
  if (trainingClass.state !== 'open') {
    faults.push(
      fault(codes.CLASS_NOT_OPEN, ['menuItemId'], {
        required: 'open',
        actual: trainingClass.state,
      }),
    );
  }
  return faults;
}

function teacherFaults({ teacher, trainingClass }: EligibilityFacts): Fault[] {
  const { audience, ownerRegionCode } = trainingClass;
  if (teacher.status !== 'active') {
    return [
      fault(codes.TEACHER_NOT_ACTIVE, ['teacherId'], {
        required: 'active',
        actual: teacher.status,
      }),
    ];
  }
  const regions = audience.regionCodes.length > 0 ? audience.regionCodes : [ownerRegionCode];
  const facets: readonly (readonly [string, boolean, string, string])[] = [
    facet('stage', audience.stages, [teacher.stage]),
    facet('subject', audience.subjects, teacher.subjects),
    facet('careerStage', audience.careerStages, [teacher.careerStage]),
    [
      'region',
      regions.some((code) => isWithin(teacher.regionCode, code)),
      regions.join(', '),
      teacher.regionCode,
    ],
    flag('rural', audience.ruralOnly, teacher.rural),
    flag('minorityBilingual', audience.minorityBilingualOnly, teacher.minorityBilingual),
    flag('principal', audience.principalsOnly, teacher.principal),
  ];
  return facets
    .filter(([, fits]) => !fits)
    .map(([name, , required, actual]) =>
      fault(codes.AUDIENCE_MISMATCH, ['teacherId'], { facet: name, required, actual }),
    );
}

/** An empty list does not limit. */
function facet(name: string, wanted: readonly string[], own: readonly string[]) {
  const fits = wanted.length === 0 || own.some((value) => wanted.includes(value));
  return [name, fits, wanted.join(', '), own.join(', ')] as const;
}

function flag(name: string, wanted: boolean, own: boolean) {
  return [name, !wanted || own, String(wanted), String(own)] as const;
}

function commitmentFaults({ trainingClass, commitments, limits }: EligibilityFacts): Fault[] {
  const faults: Fault[] = [];
  if (commitments.some(({ classId }) => classId === trainingClass.classId)) {
    return [fault(codes.ENROLLED_ALREADY, ['menuItemId'])];
  }
  const running = commitments.filter(({ done }) => !done);
  const clash = running.find((other) => overlap(other.sessions, trainingClass.sessions));
  if (clash) faults.push(fault(codes.TIME_CLASH, ['menuItemId'], { actual: clash.classId }));
  const cycle = cycleOf(trainingClass.year, limits.cycleYears);
  const taken = commitments.find(
    ({ contentCode, year }) =>
      contentCode === trainingClass.contentCode && year >= cycle.first && year <= cycle.last,
  );
  if (taken) {
    const required = `${cycle.first}–${cycle.last}`;
    faults.push(
      fault(codes.CONTENT_TAKEN_IN_CYCLE, ['menuItemId'], { required, actual: taken.year }),
    );
  }
  const sameYear = running.filter(({ year }) => year === trainingClass.year).length;
  if (sameYear >= limits.concurrentEnrollmentsMax) {
    const figures = { required: limits.concurrentEnrollmentsMax, actual: sameYear };
    faults.push(fault(codes.CONCURRENT_CEILING, ['teacherId'], figures));
  }
  return faults;
}

/** The cycle that a year belongs to: calendar years in fives from 2021, as the fourteenth and later plans count. */
export function cycleOf(
  year: number,
  length: number,
): { readonly first: number; readonly last: number } {
  const first = year - ((((year - 2021) % length) + length) % length);
  return { first, last: first + length - 1 };
}

/** True when a meeting of one overlaps a meeting of the other; one ending when the other begins does not. */
export function overlap(left: readonly Meeting[], right: readonly Meeting[]): boolean {
  return left.some((one) =>
    right.some(
      (other) =>
        one.date === other.date &&
        one.startMinute < other.startMinute + other.minutes &&
        other.startMinute < one.startMinute + one.minutes,
    ),
  );
}
