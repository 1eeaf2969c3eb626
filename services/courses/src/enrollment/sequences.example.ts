/** A small world of classes and teachers in which sequences of decisions are played; what stores it would do, by hand. */
import { type Instant, national } from '@shixun/kernel';
import { confirmDispatch, nominateForDispatch, quotaSeats } from '../dispatch/dispatch.ts';
import type { ClassState, Quota } from '../projects/project.ts';
import { adjustPlaces } from './adjust-places.ts';
import { answerOffer } from './answer-offer.ts';
import { enrollTeacher } from './enroll.ts';
import { exampleFacts } from './enrollment.example.ts';
import type { EnrollmentState } from './enrollment.ts';
import {
  type BucketWaiting,
  bucketOf,
  bucketsWithPlace,
  countWaiter,
  freePlace,
  hasPlace,
  type Origin,
  type Seats,
  settleWaitlist,
  takePlace,
} from './seating.ts';
import { withdrawEnrollment } from './withdraw.ts';

const hour = 3_600_000;
export const holding: readonly EnrollmentState[] = ['confirmed', 'offered', 'pending_school'];

export type Entry = Origin & {
  readonly teacher: number;
  readonly klass: number;
  readonly ticket: number;
  readonly closesAt: Instant;
  state: EnrollmentState;
  bucket: string;
  respondBy: Instant | null;
};
export type Klass = {
  seats: Seats;
  waiting: readonly BucketWaiting[];
  state: ClassState;
  tickets: number;
  freeUntil: Instant | null;
};

export type Step =
  | { readonly kind: 'enroll'; readonly who: number; readonly klass: number; waitlist: boolean }
  | { readonly kind: 'withdraw'; readonly at: number; readonly byOwner: boolean }
  | { readonly kind: 'answer'; readonly at: number; readonly accept: boolean }
  | { readonly kind: 'dispatch'; readonly who: number; readonly klass: number }
  | { readonly kind: 'adjust'; readonly klass: number; capacity: number; quotas: Quota[] }
  /** A major change of the plan opens a window of free withdrawal. [CRS-19] */
  | { readonly kind: 'changePlan'; readonly klass: number }
  | { readonly kind: 'wait'; readonly hours: number }
  | { readonly kind: 'cancel'; readonly klass: number };

const origins: readonly Origin[] = [
  { regionCode: '140105001', schoolId: 'sch_1' },
  { regionCode: '140105002', schoolId: 'sch_2' },
  { regionCode: '140106001', schoolId: 'sch_3' },
];
/** The first two classes meet at the same time, the third on another day. */
export const meetings = ['2026-07-13', '2026-07-13', '2026-08-01'].map((date) => [
  { date, startMinute: 510, minutes: 135 },
]);

export class World {
  now: Instant = new Date('2026-06-03T00:00:00Z');
  readonly classes: readonly Klass[];
  readonly entries: Entry[] = [];

  constructor(places: readonly Pick<Seats, 'capacity' | 'quotas'>[]) {
    this.classes = places.map(({ capacity, quotas }) => ({
      seats: { capacity, quotas, taken: 0, takenByQuota: quotas.map(() => 0) },
      ...{ waiting: [], state: 'open', tickets: 0, freeUntil: null },
    }));
  }

  take(step: Step): void {
    switch (step.kind) {
      case 'enroll':
        this.#enroll(step);
        return;
      case 'withdraw':
        this.#withdraw(step);
        return;
      case 'answer':
        this.#answer(step);
        return;
      case 'dispatch':
        this.#dispatch(step);
        return;
      case 'adjust':
        this.#adjust(step);
        return;
      case 'changePlan':
        this.#of(step).freeUntil = this.#in(72);
        return;
      case 'wait':
        this.now = this.#in(step.hours);
        this.#lapse();
        return;
      case 'cancel':
        this.#cancel(step);
        return;
    }
  }

  standing(klass: number): readonly Entry[] {
    return this.entries.filter(
      (entry) => entry.klass === klass && [...holding, 'waitlisted'].includes(entry.state),
    );
  }

  line(klass: number): readonly Entry[] {
    return this.standing(klass).filter(({ state }) => state === 'waitlisted');
  }

  #in(hours: number): Instant {
    return new Date(this.now.getTime() + hours * hour);
  }

  #of({ klass }: { readonly klass: number }): Klass {
    return this.classes[klass] as Klass;
  }

  #facts(who: number, klass: number) {
    const { seats, waiting, state } = this.#of({ klass });
    const { trainingClass, teacher } = exampleFacts;
    const sessionsOf = (at: number) => meetings[at] ?? [];
    const own = this.classes.flatMap((_each, at) =>
      this.standing(at).filter((entry) => entry.teacher === who),
    );
    return {
      ...exampleFacts,
      teacher: { ...teacher, ...(origins[who % origins.length] as Origin) },
      trainingClass: {
        ...trainingClass,
        ...{ classId: `cls_${klass}`, state, contentCode: `content_${klass}` },
        audience: { ...trainingClass.audience, regionCodes: ['140000'] },
        sessions: sessionsOf(klass),
      },
      commitments: own.map((entry) => ({
        ...{ classId: `cls_${entry.klass}`, contentCode: `content_${entry.klass}` },
        ...{ year: 2026, done: false, sessions: sessionsOf(entry.klass) },
      })),
      ...{ seats, waiting: this.line(klass).length, waitingByBucket: waiting },
    };
  }

  #add(who: number, klass: number, state: EnrollmentState, closesAt: Instant): void {
    const at = this.#of({ klass });
    const origin = origins[who % origins.length] as Origin;
    at.tickets += 1;
    const bucket = bucketOf(at.seats.quotas, origin);
    const entry = { ...origin, teacher: who, klass, ticket: at.tickets, closesAt };
    this.entries.push({ ...entry, state, bucket, respondBy: null });
    if (state === 'waitlisted') at.waiting = countWaiter(at.waiting, bucket, 1);
    else at.seats = takePlace(at.seats, origin);
  }

  #enroll({ who, klass, waitlist }: Extract<Step, { kind: 'enroll' }>): void {
    const facts = this.#facts(who, klass);
    const command = { menuItemId: 'mni_1', teacherId: 'tch_1', waitlist };
    const decision = enrollTeacher(command, facts, this.now);
    if (decision.accepted) this.#add(who, klass, decision.outcome.state, facts.window.closesAt);
  }

  #dispatch({ who, klass }: Extract<Step, { kind: 'dispatch' }>): void {
    const always = { opensAt: new Date(0), closesAt: new Date(8.64e15) };
    const facts = { ...this.#facts(who, klass), window: always };
    const quotas = quotaSeats([{ regionCode: '140000', schoolId: null, places: 99 }], 99, []);
    const asked = { ...facts, quotas, nominated: false, replaces: null };
    const confirmed = { ...facts, state: 'nominated', isSubstitute: false } as const;
    if (!nominateForDispatch(asked, this.now).accepted) return;
    if (confirmDispatch(confirmed, this.now).accepted) this.#add(who, klass, 'confirmed', this.now);
  }

  #withdraw({ at, byOwner }: Extract<Step, { kind: 'withdraw' }>): void {
    const entry = this.entries[at % this.entries.length];
    if (entry === undefined) return;
    const { state: classState, freeUntil: freeWithdrawalUntil } = this.#of(entry);
    const facts = { ...entry, classState, freeWithdrawalUntil, byOwner };
    const decision = withdrawEnrollment({ reason: '调整' }, facts, this.now);
    if (decision.accepted) this.#end(entry, 'withdrawn');
  }

  #answer({ at, accept }: Extract<Step, { kind: 'answer' }>): void {
    const offers = this.entries.filter(({ state }) => state === 'offered');
    const entry = offers[at % offers.length];
    const decision = entry && answerOffer({ accept }, entry, this.now);
    if (entry === undefined || !decision?.accepted) return;
    if (decision.outcome.state === 'declined') this.#end(entry, 'declined');
    else Object.assign(entry, { state: 'confirmed', respondBy: null });
  }

  /** The one way by which a place is passed on. */
  #end(entry: Entry, state: EnrollmentState): void {
    const at = this.#of(entry);
    if (holding.includes(entry.state)) at.seats = freePlace(at.seats, entry);
    else at.waiting = countWaiter(at.waiting, entry.bucket, -1);
    entry.state = state;
    if (at.state !== 'open') return;
    const line = this.line(entry.klass);
    const buckets = bucketsWithPlace(at.seats, at.waiting);
    const next = line.find(({ bucket }) => buckets.includes(bucket));
    // The waitlist in one look at its buckets is the waitlist one by one.
    if (next !== line.find((waiter) => hasPlace(at.seats, waiter))) throw new Error('out of turn');
    if (next === undefined) return;
    at.waiting = countWaiter(at.waiting, next.bucket, -1);
    at.seats = takePlace(at.seats, next);
    this.#offer(next);
  }

  #offer(entry: Entry): void {
    Object.assign(entry, { state: 'offered', respondBy: this.#in(48) });
  }

  #lapse(): void {
    for (;;) {
      const due = this.entries.find(
        ({ state, respondBy }) =>
          state === 'offered' && respondBy !== null && respondBy <= this.now,
      );
      if (due === undefined) return;
      this.#end(due, 'lapsed');
    }
  }

  #adjust({ klass, ...command }: Extract<Step, { kind: 'adjust' }>): void {
    const at = this.#of({ klass });
    const standing = this.standing(klass);
    const decision = adjustPlaces(command, {
      trainingClass: { state: at.state, ownerRegionCode: '140000', projectLeaderId: null },
      holders: standing.filter(({ state }) => state !== 'waitlisted'),
      places: { places: command.capacity, mandated: 0 },
      ...{ onMenu: true, limits: national.figures },
    });
    if (!decision.accepted) return;
    const settled = settleWaitlist(decision.outcome, this.line(klass), at.state === 'open');
    at.seats = settled.seats;
    at.waiting = settled.waitingByBucket;
    for (const { waiter, bucket } of settled.left) waiter.bucket = bucket;
    for (const waiter of settled.promoted) this.#offer(waiter);
  }

  #cancel({ klass }: Extract<Step, { kind: 'cancel' }>): void {
    const at = this.#of({ klass });
    if (at.state !== 'open') return;
    for (const entry of this.standing(klass)) entry.state = 'withdrawn';
    const { capacity, quotas } = at.seats;
    at.seats = { capacity, quotas, taken: 0, takenByQuota: quotas.map(() => 0) };
    Object.assign(at, { state: 'cancelled', waiting: [] });
  }
}
