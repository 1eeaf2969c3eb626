/** What a class becomes when a change of its plan takes effect. [CRS-19] */
import type { PlanContent } from '../plans/plan.ts';
import { type ClassContent, classContent, moduleOf, type NewId } from '../plans/publish.ts';
import type { ClassModule, TrainingClassRow } from '../projects/store.ts';
import { alignSessions, byTime } from './align.ts';

export type Revision = {
  /** Place of the class in the new version. */
  readonly classAt: number;
  /** The modules of the new version, the same for every class. */
  readonly modules: ReadonlyMap<string, ClassModule>;
  readonly newId: NewId;
};

/**
 * A class that stays, in its new version. Modules and meetings that stay keep their ids, so that
 * attendance, homework and workload still name what they named.
 */
export function revisedClass(
  row: TrainingClassRow,
  [before, after]: readonly [PlanContent, PlanContent],
  { classAt, modules, newId }: Revision,
): ClassContent {
  const now = after.classes[classAt];
  const oldAt = before.classes.findIndex(({ name }) => name === row.name);
  const old = before.classes[oldAt];
  if (old === undefined || now === undefined) throw new Error(`no class ${row.name} in the plan`);
  const ids = sessionIdsOf(row, before, oldAt);
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

/** The class of each class of the plan, by its name; one that was dropped may have had the same. */
export function rowsOfPlan(
  plan: PlanContent,
  rows: readonly TrainingClassRow[],
): readonly (TrainingClassRow | undefined)[] {
  return plan.classes.map(({ name }) =>
    rows.find((row) => row.name === name && row.state !== 'cancelled'),
  );
}

/** A class that only the new version has: what all classes of the project share, and what its plan says. */
export function addedClass(
  sister: TrainingClassRow,
  after: PlanContent,
  { classAt, modules, newId }: Revision,
): TrainingClassRow {
  const planned = after.classes[classAt];
  if (planned === undefined) throw new Error(`no class ${classAt} in the plan`);
  const content = classContent(planned, after, { modules, sessionId: () => newId('session') });
  const { name, capacity, quotas } = planned;
  return {
    ...sister,
    ...content,
    ...{ _id: newId('class'), name, capacity, quotas, freeWithdrawalUntil: null },
  };
}
