import { type Decision, decide, type Fault, fault, type Instant } from '@shixun/kernel';
import { type EligibilityFacts, eligibilityFaults } from './eligibility.ts';
import { codes } from './refusals.ts';
import { type SchoolQuestion, type SchoolWordFacts, schoolQuestion } from './school-word.ts';
import {
  type BucketWaiting,
  bucketsWithPlace,
  exhaustedQuota,
  hasPlace,
  type Seats,
} from './seating.ts';

export type EnrollTeacher = {
  readonly menuItemId: string;
  readonly teacherId: string;
  /** Whether a full class puts the teacher on its waitlist. */
  readonly waitlist: boolean;
};

export type EnrollFacts = EligibilityFacts & {
  /** True where a draw gives the places. [CRS-46] */
  readonly byDraw: boolean;
  readonly school: SchoolWordFacts;
  readonly seats: Seats;
  /** Teachers already on the waitlist. */
  readonly waiting: number;
  /** Them by the quotas that count them. */
  readonly waitingByBucket: readonly BucketWaiting[];
};

/**
 * The teacher has a place, or one that is held until the school has answered, or stands on the waitlist at that
 * position. `question` is what the school is or will be asked.
 */
export type TeacherEnrolled =
  | { readonly state: 'confirmed'; readonly question: null }
  | { readonly state: 'pending_school'; readonly question: SchoolQuestion }
  | {
      readonly state: 'waitlisted';
      readonly position: number;
      readonly question: SchoolQuestion | null;
    };

/** Enrolls a teacher from a menu 自主选学报名. [CRS-17, CRS-40, CRS-41, CRS-42, PLN-09] */
export function enrollTeacher(
  command: EnrollTeacher,
  facts: EnrollFacts,
  now: Instant,
): Decision<TeacherEnrolled> {
  // A free place that somebody who waits could have is theirs, not a newcomer's.
  const free =
    hasPlace(facts.seats, facts.teacher) &&
    bucketsWithPlace(facts.seats, facts.waitingByBucket).length === 0;
  const faults = eligibilityFaults(facts, now);
  if (facts.byDraw) {
    const figures = { required: facts.window.closesAt.toISOString() };
    faults.push(fault(codes.BY_DRAW, ['menuItemId'], figures));
  }
  if (!free && !command.waitlist) faults.push(noPlace(facts));
  return decide(faults, () => {
    const question = schoolQuestion(facts.school);
    if (!free) return { state: 'waitlisted', position: facts.waiting + 1, question };
    return question === null
      ? { state: 'confirmed', question }
      : { state: 'pending_school', question };
  });
}

/** Which ceiling is reached: the class, or the quota of the teacher's region or school. */
export function noPlace({ seats, teacher }: Pick<EnrollFacts, 'seats' | 'teacher'>): Fault {
  const quota = exhaustedQuota(seats, teacher);
  return seats.taken < seats.capacity && quota
    ? fault(codes.QUOTA_FULL, ['menuItemId'], { required: quota.places, actual: quota.places })
    : fault(codes.CLASS_FULL, ['menuItemId'], { required: seats.capacity, actual: seats.taken });
}
