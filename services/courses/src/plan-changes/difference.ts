/** What two versions of a plan differ in, as those whom it concerns would say it. [CRS-19] */
import { periodText } from '../plans/dates.ts';
import type { KnownTrainer, PlanClass, PlanContent, PlanSession } from '../plans/plan.ts';
import { alignClasses, alignSessions, byTime, type Pair } from './align.ts';
import { moduleDifferences, textDifferences, trainerDifferences } from './content-differences.ts';
import type { Difference, DifferenceKind } from './difference-kinds.ts';

export type Trainers = ReadonlyMap<string, KnownTrainer>;

/** Every difference of two versions. */
export function planDifferences(
  before: PlanContent,
  after: PlanContent,
  trainers: Trainers,
): readonly Difference[] {
  const { pairs, dropped, added } = alignClasses(before.classes, after.classes);
  return [
    ...dropped.flatMap((at) => wholeClass('class_dropped', before.classes, at)),
    ...added.flatMap((at) => wholeClass('class_added', after.classes, at)),
    ...pairs.flatMap((places) => {
      const old = before.classes[places.before];
      const now = after.classes[places.after];
      if (old === undefined || now === undefined) return [];
      return classDifferences(old, now, { places, before, trainers });
    }),
    ...moduleDifferences(before, after),
    ...trainerDifferences(before, after),
    ...textDifferences(before, after),
  ];
}

/** A class that comes or goes; its first meeting stands for all of them. */
function wholeClass(
  kind: 'class_dropped' | 'class_added',
  classes: readonly PlanClass[],
  at: number,
): readonly Difference[] {
  const planned = classes[at];
  if (planned === undefined) return [];
  const [first] = planned.sessions.map((session, place) => ({ session, at: place })).sort(byTime);
  const text = datesOf(planned);
  const meeting = first?.at ?? null;
  return kind === 'class_dropped'
    ? [
        {
          ...{ kind, about: planned.name, before: text, after: null },
          session: { classBefore: at, classAfter: null, before: meeting, after: null },
        },
      ]
    : [
        {
          ...{ kind, about: planned.name, before: null, after: text },
          session: { classBefore: null, classAfter: at, before: null, after: meeting },
        },
      ];
}

type Around = {
  readonly places: Pair;
  readonly before: PlanContent;
  readonly trainers: Trainers;
};

function classDifferences(old: PlanClass, now: PlanClass, around: Around): readonly Difference[] {
  const both = { classBefore: around.places.before, classAfter: around.places.after };
  const { pairs, dropped, added } = alignSessions(old.sessions, now.sessions);
  const title = (key: string) =>
    around.before.modules.find((module) => module.key === key)?.title ?? key;
  const about = (session: PlanSession | undefined) =>
    `${old.name} · ${title(session?.moduleKey ?? '')}`;
  const whole = (kind: DifferenceKind, from: string, to: string) =>
    from === to
      ? []
      : [
          {
            ...{ kind, about: old.name, before: from, after: to },
            session: { ...both, before: null, after: null },
          },
        ];
  return [
    ...whole('class_place_moved', old.place, now.place),
    ...whole('class_dates_changed', datesOf(old), datesOf(now)),
    ...whole('class_head_changed', postOf(old.classHead), postOf(now.classHead)),
    ...pairs.flatMap(({ before, after }) => {
      const one = old.sessions[before];
      const other = now.sessions[after];
      if (one === undefined || other === undefined) return [];
      return meetingDifferences(one, other, around.trainers).map((each) => ({
        ...each,
        about: about(one),
        session: { ...both, before, after },
      }));
    }),
    ...dropped.map((at) => ({
      kind: 'session_dropped' as const,
      about: about(old.sessions[at]),
      before: timeOf(old.sessions[at]),
      after: null,
      session: { ...both, before: at, after: null },
    })),
    ...added.map((at) => ({
      kind: 'session_added' as const,
      about: about(now.sessions[at]),
      before: null,
      after: timeOf(now.sessions[at]),
      session: { ...both, before: null, after: at },
    })),
  ];
}

type MeetingDifference = Pick<Difference, 'kind' | 'before' | 'after'>;

function meetingDifferences(
  one: PlanSession,
  other: PlanSession,
  trainers: Trainers,
): readonly MeetingDifference[] {
  const found: MeetingDifference[] = [];
  const times = { before: timeOf(one), after: timeOf(other) };
  if (one.date !== other.date) found.push({ kind: 'session_moved', ...times });
  else if (one.startMinute !== other.startMinute) found.push({ kind: 'session_shifted', ...times });
  if (one.minutes !== other.minutes) {
    const minutes = { before: String(one.minutes), after: String(other.minutes) };
    found.push({ kind: 'session_length_changed', ...minutes });
  }
  if (one.trainerId !== other.trainerId) {
    const kind = sameKind(one.trainerId, other.trainerId, trainers)
      ? 'session_substituted'
      : 'session_trainer_replaced';
    found.push({ kind, before: one.trainerId, after: other.trainerId });
  }
  if (one.place !== other.place) {
    found.push({ kind: 'session_room_moved', before: one.place, after: other.place });
  }
  return found;
}

/** Whom the registry doesn't know is of no kind, so of none that another is. */
function sameKind(one: string, other: string, trainers: Trainers): boolean {
  const kind = trainers.get(one)?.kind;
  return kind !== undefined && kind === trainers.get(other)?.kind;
}

function datesOf({ segments }: PlanClass): string {
  return segments.map((segment) => `${periodText(segment)} (${segment.part})`).join(', ');
}

function postOf(post: PlanClass['classHead']): string {
  return post === null ? '—' : `${post.personId}${post.fullTime ? '' : ' (part-time)'}`;
}

/** "2026-07-13 08:30–09:15" */
export function timeOf(session: PlanSession | undefined): string {
  if (session === undefined) return '';
  const { date, startMinute, minutes } = session;
  return `${date} ${clock(startMinute)}–${clock(startMinute + minutes)}`;
}

function clock(minute: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}
