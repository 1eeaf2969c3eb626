/** What a class becomes when a change of its plan takes effect. [CRS-19] */
import type { PlanContent } from '../plans/plan.ts';
import { type ClassContent, classContent, moduleOf, type NewId } from '../plans/publish.ts';
import type { ClassModule, TrainingClassRow } from '../projects/store.ts';
import { alignSessions, byTime } from './align.ts';

export type Revision = {
  readonly classAt: number;
  /** The modules of the new version, the same for every class. */
  readonly modules: ReadonlyMap<string, ClassModule>;
  readonly newId: NewId;
};

/**
 * The class at that place of the plan in its new version. Modules and meetings that stay keep their ids, so that
 * attendance, homework and workload still name what they named.
 */
export function revisedClass(
  row: TrainingClassRow,
  [before, after]: readonly [PlanContent, PlanContent],
  { classAt, modules, newId }: Revision,
): ClassContent {
  const old = before.classes[classAt];
  const now = after.classes[classAt];
  if (old === undefined || now === undefined) throw new Error(`no class ${classAt} in the plan`);
  const ids = sessionIdsOf(row, before, classAt);
  const { pairs } = alignSessions(old.sessions, now.sessions);
  const kept = new Map(pairs.map((pair) => [pair.after, ids[pair.before]]));
  return classContent(now, after, {
    modules,
    sessionId: (at) => kept.get(at) ?? newId('session'),
  });
}

/** The modules of the new version by their keys; those that stay keep the ids that every class knows them by. */
export function modulesOf(
  row: Pick<TrainingClassRow, 'modules'>,
  [before, after]: readonly [PlanContent, PlanContent],
  newId: NewId,
): ReadonlyMap<string, ClassModule> {
  // A class keeps the modules in the order of its plan.
  const ids = new Map(before.modules.map(({ key }, at) => [key, row.modules[at]?._id]));
  return new Map(
    after.modules.map((module) => [
      module.key,
      moduleOf(module, (kind) => ids.get(module.key) ?? newId(kind)),
    ]),
  );
}

/** Id of each meeting of a class, by its place in the plan: a class keeps its meetings in the order of time. */
export function sessionIdsOf(
  row: Pick<TrainingClassRow, 'sessions'>,
  plan: PlanContent,
  classAt: number,
): readonly string[] {
  const planned = plan.classes[classAt]?.sessions ?? [];
  const ids: string[] = planned.map(() => '');
  const inTime = planned.map((session, at) => ({ session, at })).sort(byTime);
  for (const [place, { at }] of inTime.entries()) ids[at] = row.sessions[place]?._id ?? '';
  return ids;
}

/** The class of each class of the plan: by its name, and by its first meeting where names repeat. */
export function rowsOfPlan(
  plan: PlanContent,
  rows: readonly TrainingClassRow[],
): readonly (TrainingClassRow | undefined)[] {
  const free = [...rows];
  return plan.classes.map(({ name, sessions }) => {
    const [first] = sessions.map((session, at) => ({ session, at })).sort(byTime);
    const named = free.filter((row) => row.name === name);
    const exact = named.find(({ sessions: [met] }) => {
      const { session } = first ?? {};
      return met?.date === session?.date && met?.startMinute === session?.startMinute;
    });
    const found = exact ?? named[0];
    if (found !== undefined) free.splice(free.indexOf(found), 1);
    return found;
  });
}
