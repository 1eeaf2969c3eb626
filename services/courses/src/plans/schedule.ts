import { centiText, type Fault, fault, isWithin } from '@shixun/kernel';
import { covers, periodText } from './dates.ts';
import {
  hoursOf,
  type PlanClass,
  type PlanContent,
  type PlanFacts,
  type PlanModule,
  type PlanSession,
} from './plan.ts';
import { codes } from './refusals.ts';

/** What a plan says must agree with itself: hours, keys, trainers. No rule of the catalogue, but its precondition. */
export function sumFaults({ modules, trainers, classes }: PlanContent, facts: PlanFacts): Fault[] {
  const faults: Fault[] = [];
  const total = hoursOf(modules);
  if (total !== facts.project.hoursCenti) {
    const figures = { required: centiText(facts.project.hoursCenti), actual: centiText(total) };
    faults.push(fault(codes.PLAN_HOURS_DIFFER, ['plan', 'modules'], figures));
  }
  for (const [index, { key }] of modules.entries()) {
    if (modules.findIndex((module) => module.key === key) === index) continue;
    const path = ['plan', 'modules', String(index), 'key'];
    faults.push(fault(codes.MODULE_KEY_TWICE, path, { actual: key }));
  }
  const listed = new Set(trainers.map((trainer) => trainer.trainerId));
  for (const [index, { title, trainerIds }] of modules.entries()) {
    for (const actual of trainerIds.filter((id) => !listed.has(id))) {
      const path = ['plan', 'modules', String(index), 'trainerIds'];
      faults.push(fault(codes.MODULE_TRAINER_UNLISTED, path, { module: title, actual }));
    }
  }
  for (const [index, { trainerId: actual }] of trainers.entries()) {
    const path = ['plan', 'trainers', String(index), 'trainerId'];
    const first = trainers.findIndex((trainer) => trainer.trainerId === actual);
    if (first !== index) faults.push(fault(codes.TRAINER_TWICE, path, { actual }));
    else if (!facts.trainers.has(actual)) {
      faults.push(fault(codes.TRAINER_UNKNOWN, path, { actual }));
    }
  }
  if (classes.length === 0) {
    faults.push(fault(codes.PLAN_CLASSES_MISSING, ['plan', 'classes']));
  }
  for (const [index, { name: actual }] of classes.entries()) {
    if (classes.findIndex(({ name }) => name === actual) === index) continue;
    const path = ['plan', 'classes', String(index), 'name'];
    faults.push(fault(codes.CLASS_NAME_TWICE, path, { actual }));
  }
  return faults;
}

/** The classes' places, dates and sessions agree with the project, the modules and each other. */
export function scheduleFaults(plan: PlanContent, facts: PlanFacts): Fault[] {
  const modules = new Map(plan.modules.map((module) => [module.key, module]));
  const faults = plan.classes.flatMap((planned, index) => [
    ...placeFaults(planned, index, facts),
    ...periodFaults(planned, index, facts),
    ...planned.sessions.flatMap((session, at) =>
      sessionFaults(session, planned, modules.get(session.moduleKey), [
        'plan',
        'classes',
        String(index),
        'sessions',
        String(at),
      ]),
    ),
    ...overlapFaults(planned, index),
    ...minuteFaults(planned, index, plan.modules, facts),
  ]);
  return [...faults, ...doubleBookings(plan.classes)];
}

function placeFaults(
  { name, capacity, quotas }: PlanClass,
  index: number,
  facts: PlanFacts,
): Fault[] {
  const path = ['plan', 'classes', String(index)];
  const faults: Fault[] = [];
  if (capacity < 1) {
    const figures = { class: name, required: 1, actual: capacity };
    faults.push(fault(codes.CLASS_CAPACITY_INVALID, [...path, 'capacity'], figures));
  }
  for (const [at, { regionCode, schoolId, places }] of quotas.entries()) {
    const named = (regionCode === null) !== (schoolId === null);
    const inside = regionCode === null || isWithin(regionCode, facts.project.ownerRegionCode);
    if (named && inside && places >= 1 && places <= capacity) continue;
    const figures = { required: capacity, actual: `${regionCode ?? schoolId ?? '—'}: ${places}` };
    faults.push(fault(codes.QUOTA_INVALID, [...path, 'quotas', String(at)], figures));
  }
  return faults;
}

function periodFaults(
  { name, segments }: PlanClass,
  index: number,
  { project }: PlanFacts,
): Fault[] {
  const path = ['plan', 'classes', String(index), 'segments'];
  const inOrder = segments.every(
    ({ startsOn, endsOn }, at) =>
      startsOn <= endsOn && (at === 0 || (segments[at - 1]?.endsOn ?? '') < startsOn),
  );
  if (segments.length === 0 || !inOrder) {
    const actual = segments.map(periodText).join(', ') || '—';
    return [fault(codes.CLASS_DATES_INVALID, path, { class: name, actual })];
  }
  return segments.flatMap((segment, at) => {
    if (covers(project, segment.startsOn) && covers(project, segment.endsOn)) return [];
    const figures = { class: name, required: periodText(project), actual: periodText(segment) };
    return [fault(codes.CLASS_OUTSIDE_PROJECT, [...path, String(at)], figures)];
  });
}

function sessionFaults(
  session: PlanSession,
  { name, segments }: PlanClass,
  module: PlanModule | undefined,
  path: readonly string[],
): Fault[] {
  const { moduleKey, date, startMinute, minutes, trainerId } = session;
  const faults: Fault[] = [];
  if (module === undefined) {
    faults.push(fault(codes.SESSION_MODULE_UNKNOWN, [...path, 'moduleKey'], { actual: moduleKey }));
  } else if (!module.trainerIds.includes(trainerId)) {
    const figures = { module: module.title, actual: trainerId };
    faults.push(fault(codes.SESSION_TRAINER_OF_OTHERS, [...path, 'trainerId'], figures));
  }
  if (!segments.some((segment) => covers(segment, date))) {
    faults.push(
      fault(codes.SESSION_OUTSIDE_DATES, [...path, 'date'], { class: name, actual: date }),
    );
  }
  if (startMinute < 0 || minutes < 1 || startMinute + minutes > 24 * 60) {
    faults.push(
      fault(codes.SESSION_TIME_INVALID, [...path, 'minutes'], { start: startMinute, minutes }),
    );
  }
  return faults;
}

function overlapFaults({ name, sessions }: PlanClass, index: number): Fault[] {
  const sorted = sessions.map((session, at) => ({ session, at })).sort(byTime);
  return sorted.flatMap(({ session, at }, position) => {
    const before = sorted[position - 1];
    if (before === undefined || !overlap(before.session, session)) return [];
    const path = ['plan', 'classes', String(index), 'sessions', String(at)];
    return [fault(codes.SESSIONS_OVERLAP, path, { class: name, actual: session.date })];
  });
}

function minuteFaults(
  { name, sessions }: PlanClass,
  index: number,
  modules: readonly PlanModule[],
  { policy }: PlanFacts,
): Fault[] {
  return modules.flatMap((module) => {
    const minutes = sessions
      .filter((session) => session.moduleKey === module.key)
      .reduce((sum, session) => sum + session.minutes, 0);
    if (minutes * 100 === module.hoursCenti * policy.minutesPerHour) return [];
    const figures = {
      class: name,
      module: module.title,
      required: centiText(module.hoursCenti * policy.minutesPerHour),
      actual: minutes,
    };
    const path = ['plan', 'classes', String(index), 'sessions'];
    return [fault(codes.SESSION_MINUTES_DIFFER, path, figures)];
  });
}

function doubleBookings(classes: readonly PlanClass[]): Fault[] {
  const sorted = classes
    .flatMap(({ sessions }, index) => sessions.map((session, at) => ({ session, index, at })))
    .sort((a, b) => compare(a.session.trainerId, b.session.trainerId) || byTime(a, b));
  return sorted.flatMap(({ session, index, at }, position) => {
    const before = sorted[position - 1];
    if (before === undefined || before.index === index) return [];
    if (before.session.trainerId !== session.trainerId) return [];
    if (!overlap(before.session, session)) return [];
    const path = ['plan', 'classes', String(index), 'sessions', String(at), 'trainerId'];
    const figures = { trainer: session.trainerId, actual: session.date };
    return [fault(codes.TRAINER_DOUBLE_BOOKED, path, figures)];
  });
}

/**
 * Sessions whose trainer teaches in another project at the same time. No rule of the catalogue forbids it, so it is a
 * warning to whoever reviews the plan: a trainer on a screen can be in two rooms.
 */
export function bookingFaults(
  { classes }: PlanContent,
  { bookings = [] }: Pick<PlanFacts, 'bookings'>,
) {
  const byDay = Map.groupBy(bookings, ({ trainerId, date }) => `${trainerId} ${date}`);
  return classes.flatMap(({ sessions }, index) =>
    sessions.flatMap((session, at) => {
      const { trainerId: trainer, date: actual } = session;
      const booked = byDay.get(`${trainer} ${actual}`)?.find((other) => meet(session, other));
      if (booked === undefined) return [];
      const path = ['plan', 'classes', String(index), 'sessions', String(at), 'trainerId'];
      const figures = { trainer, actual, class: booked.classId };
      return [fault(codes.TRAINER_BOOKED_ELSEWHERE, path, figures)];
    }),
  );
}

type Span = Pick<PlanSession, 'startMinute' | 'minutes'>;

/** Of two meetings on one day: true when they share a minute; one may begin when the other ends. */
function meet(one: Span, other: Span): boolean {
  return (
    one.startMinute < other.startMinute + other.minutes &&
    other.startMinute < one.startMinute + one.minutes
  );
}

type Placed = { readonly session: PlanSession };

function byTime(a: Placed, b: Placed): number {
  return compare(a.session.date, b.session.date) || a.session.startMinute - b.session.startMinute;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** True when the later of two sessions (in order of their start) begins before the earlier one ends. */
function overlap(earlier: PlanSession, later: PlanSession): boolean {
  return earlier.date === later.date && later.startMinute < earlier.startMinute + earlier.minutes;
}
