/** What two versions of a plan differ in, as those whom it concerns would say it. [CRS-19] */
import { centiText } from '@shixun/kernel';
import { periodText } from '../plans/dates.ts';
import type {
  KnownTrainer,
  PlanClass,
  PlanContent,
  PlanModule,
  PlanSession,
} from '../plans/plan.ts';
import { hoursOf } from '../plans/plan.ts';
import { alignSessions } from './align.ts';

/** `…_moved` and `…_shifted` keep a meeting; `…_dropped` and `…_added` do not. */
export const differenceKinds = [
  'session_room_moved',
  'session_shifted',
  'session_substituted',
  'session_trainer_replaced',
  'session_moved',
  'session_length_changed',
  'session_dropped',
  'session_added',
  'module_dropped',
  'module_added',
  'module_hours_changed',
  'module_changed',
  'hours_changed',
  'class_place_moved',
  'class_dates_changed',
  'class_head_changed',
  'trainer_dropped',
  'trainer_added',
  'text_changed',
] as const;
export type DifferenceKind = (typeof differenceKinds)[number];

export type Difference = {
  readonly kind: DifferenceKind;
  /** What it is about: a class, a module, a part of the plan; for a meeting its class and module. */
  readonly about: string;
  readonly before: string | null;
  readonly after: string | null;
  /** Which meeting, where it is about one. */
  readonly session: SessionPlace | null;
};

/** A meeting by its places in the two versions; null where a version does not have it. */
export type SessionPlace = {
  readonly classAt: number;
  readonly before: number | null;
  readonly after: number | null;
};

export type Trainers = ReadonlyMap<string, KnownTrainer>;

/** Every difference of two versions, whose classes are the same ones in the same order. */
export function planDifferences(
  before: PlanContent,
  after: PlanContent,
  trainers: Trainers,
): readonly Difference[] {
  return [
    ...before.classes.flatMap((old, classAt) => {
      const now = after.classes[classAt];
      return now === undefined ? [] : classDifferences(old, now, { classAt, before, trainers });
    }),
    ...moduleDifferences(before, after),
    ...trainerDifferences(before, after),
    ...textDifferences(before, after),
  ];
}

type Around = {
  readonly classAt: number;
  readonly before: PlanContent;
  readonly trainers: Trainers;
};

function classDifferences(old: PlanClass, now: PlanClass, around: Around): readonly Difference[] {
  const { classAt } = around;
  const { pairs, dropped, added } = alignSessions(old.sessions, now.sessions);
  const title = (key: string) =>
    around.before.modules.find((module) => module.key === key)?.title ?? key;
  const about = (session: PlanSession | undefined) =>
    `${old.name} · ${title(session?.moduleKey ?? '')}`;
  const whole = (kind: DifferenceKind, from: string, to: string) =>
    from === to ? [] : [{ kind, about: old.name, before: from, after: to, session: null }];
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
        session: { classAt, before, after },
      }));
    }),
    ...dropped.map((at) => ({
      kind: 'session_dropped' as const,
      about: about(old.sessions[at]),
      before: timeOf(old.sessions[at]),
      after: null,
      session: { classAt, before: at, after: null },
    })),
    ...added.map((at) => ({
      kind: 'session_added' as const,
      about: about(now.sessions[at]),
      before: null,
      after: timeOf(now.sessions[at]),
      session: { classAt, before: null, after: at },
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

function moduleDifferences(before: PlanContent, after: PlanContent): readonly Difference[] {
  const had = new Map(before.modules.map((module) => [module.key, module]));
  const has = new Map(after.modules.map((module) => [module.key, module]));
  const hours = ({ hoursCenti }: PlanModule) => centiText(hoursCenti);
  const from = hoursOf(before.modules);
  const to = hoursOf(after.modules);
  return [
    ...before.modules.flatMap((module): Difference[] => {
      const now = has.get(module.key);
      if (now !== undefined) return changedModule(module, now);
      return [line('module_dropped', module.title, hours(module), null)];
    }),
    ...after.modules
      .filter(({ key }) => !had.has(key))
      .map((module) => line('module_added', module.title, null, hours(module))),
    ...(from === to ? [] : [line('hours_changed', 'hours', centiText(from), centiText(to))]),
  ];
}

function changedModule(old: PlanModule, now: PlanModule): Difference[] {
  const hours =
    old.hoursCenti === now.hoursCenti
      ? []
      : [
          line(
            'module_hours_changed',
            old.title,
            centiText(old.hoursCenti),
            centiText(now.hoursCenti),
          ),
        ];
  // Who teaches a module shows in its meetings.
  const words = (module: PlanModule) => {
    const { hoursCenti: _hours, trainerIds: _trainers, ...rest } = module;
    return rest;
  };
  return [
    ...hours,
    ...changedFields(words(old), words(now)).map(([field, before, after]) =>
      line('module_changed', `${old.title} · ${field}`, before, after),
    ),
  ];
}

/** Trainers who come or go without giving or having given a meeting; of the others their meetings tell. */
function trainerDifferences(before: PlanContent, after: PlanContent): readonly Difference[] {
  const taught = teachers(before);
  const teach = teachers(after);
  const had = new Set(before.trainers.map(({ trainerId }) => trainerId));
  const has = new Set(after.trainers.map(({ trainerId }) => trainerId));
  return [
    ...[...had]
      .filter((id) => !has.has(id) && !taught.has(id))
      .map((id) => line('trainer_dropped', id, id, null)),
    ...[...has]
      .filter((id) => !had.has(id) && !teach.has(id))
      .map((id) => line('trainer_added', id, null, id)),
  ];
}

function teachers({ classes }: PlanContent): ReadonlySet<string> {
  return new Set(classes.flatMap(({ sessions }) => sessions.map(({ trainerId }) => trainerId)));
}

/** What else a plan says, field by field; the specialty of a trainer who stays as well. */
function textDifferences(before: PlanContent, after: PlanContent): readonly Difference[] {
  const words = (plan: PlanContent) => {
    const { modules: _modules, trainers: _trainers, classes: _classes, ...rest } = plan;
    return rest;
  };
  const stays = after.trainers.flatMap((now) => {
    const old = before.trainers.find(({ trainerId }) => trainerId === now.trainerId);
    if (old === undefined || old.specialty === now.specialty) return [];
    return [line('text_changed', now.trainerId, old.specialty, now.specialty)];
  });
  return [
    ...changedFields(words(before), words(after)).map(([field, from, to]) =>
      line('text_changed', field, from, to),
    ),
    ...stays,
  ];
}

function changedFields(
  before: object,
  after: object,
): readonly (readonly [field: string, before: string | null, after: string | null])[] {
  const old = new Map(Object.entries(before));
  const now = new Map(Object.entries(after));
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((field) => {
    const from = written(old.get(field));
    const to = written(now.get(field));
    return from === to ? [] : [[field, from, to] as const];
  });
}

/** A field left out, null and an empty list say the same: nothing. */
function written(value: unknown): string | null {
  if (value === undefined || value === null || value === '') return null;
  if (Array.isArray(value) && value.length === 0) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function line(
  kind: DifferenceKind,
  about: string,
  before: string | null,
  after: string | null,
): Difference {
  return { kind, about, before, after, session: null };
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
