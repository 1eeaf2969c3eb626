import { isWithin } from '@shixun/kernel';
import type { Audience, Period, Stage } from '../projects/project.ts';

/** What makes two projects the same training for the same people. [PLN-06] */
export type ComparedProject = Period & {
  readonly stage: Stage;
  readonly subject: string;
  readonly audience: Audience;
  readonly ownerRegionCode: string;
  readonly schoolId: string | null;
};

/**
 * True when the one duplicates the other: same stage and subject, audiences of the same type that share a career
 * stage, a region that lies in a region of the other, and a day in common. A school's own training duplicates only
 * training of the same school. [PLN-06]
 */
export function isDuplicate(one: ComparedProject, other: ComparedProject): boolean {
  return (
    one.stage === other.stage &&
    one.subject === other.subject &&
    one.schoolId === other.schoolId &&
    sameAudience(one.audience, other.audience) &&
    regionsMeet(regionsOf(one), regionsOf(other)) &&
    datesOverlap(one, other)
  );
}

/** First and last day belong to a period: one that ends on the day on which the other begins overlaps it. */
export function datesOverlap(one: Period, other: Period): boolean {
  return one.startsOn <= other.endsOn && other.startsOn <= one.endsOn;
}

/** The regions whose teachers may come. */
function regionsOf({ audience, ownerRegionCode }: ComparedProject): readonly string[] {
  return audience.regionCodes.length > 0 ? audience.regionCodes : [ownerRegionCode];
}

function regionsMeet(ones: readonly string[], others: readonly string[]): boolean {
  return ones.some((one) => others.some((other) => isWithin(one, other) || isWithin(other, one)));
}

function sameAudience(one: Audience, other: Audience): boolean {
  return (
    one.ruralOnly === other.ruralOnly &&
    one.minorityBilingualOnly === other.minorityBilingualOnly &&
    one.principalsOnly === other.principalsOnly &&
    meet(one.careerStages, other.careerStages)
  );
}

/** An empty list does not limit. */
function meet(ones: readonly string[], others: readonly string[]): boolean {
  return ones.length === 0 || others.length === 0 || ones.some((one) => others.includes(one));
}
