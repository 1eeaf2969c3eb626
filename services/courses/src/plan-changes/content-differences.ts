/** What two versions of a plan differ in beside their classes: modules, trainers, texts. [CRS-19] */
import { centiText } from '@shixun/kernel';
import type { PlanContent, PlanModule } from '../plans/plan.ts';
import { hoursOf } from '../plans/plan.ts';
import type { Difference, DifferenceKind } from './difference-kinds.ts';

export function moduleDifferences(before: PlanContent, after: PlanContent): readonly Difference[] {
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
export function trainerDifferences(before: PlanContent, after: PlanContent): readonly Difference[] {
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
export function textDifferences(before: PlanContent, after: PlanContent): readonly Difference[] {
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
