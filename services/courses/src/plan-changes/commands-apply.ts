/** How a change of a plan takes effect, whoever brings it about: the request itself or the clock. [CRS-19] */
import type { Unit } from '@shixun/runtime';
import { tellSchedule } from '../plans/commands-schedule.ts';
import { hoursOf } from '../plans/plan.ts';
import { type PlanRow, plans } from '../plans/store.ts';
import { cancelClass, changeClass, recordClass } from '../projects/commands-record.ts';
import type { TrainingClassRow } from '../projects/store.ts';
import { republishedClasses } from './republish.ts';
import { addedClass, modulesOf, revisedClass } from './revise.ts';
import type { PlanChangeRow } from './store.ts';

type Applied = {
  readonly plan: PlanRow | null;
  readonly rows: readonly (TrainingClassRow | undefined)[];
};

/**
 * Writes the new version as the plan's next round, and its classes and schedules after it; whoever follows them hears
 * of it: forecast, workload. Answers the id of the plan. The old version stays as it was.
 */
export function applyChange(unit: Unit, change: PlanChangeRow, { plan, rows }: Applied): string {
  if (plan === null) throw new Error('no plan is published');
  const { content, requestedBy, requestedAt } = change;
  const planId = unit.newId('plan');
  unit.insert(plans, {
    _id: planId,
    projectId: plan.projectId,
    round: plan.round + 1,
    content,
    submittedBy: requestedBy,
    submittedAt: requestedAt,
    // The review of the plan that it follows: the same policy holds for it.
    review: plan.review,
  });
  const versions = [plan.content, content] as const;
  const newId = (kind: 'class' | 'module' | 'session') => unit.newId(kind);
  const [sister] = rows.filter((row) => row !== undefined);
  if (sister === undefined) throw new Error('the plan has no class');
  const modules = modulesOf(sister, versions, newId);
  const republished = republishedClasses(change.differences);
  for (const [classAt, { name }] of content.classes.entries()) {
    // The new schedule became public with the notice to the trainees.
    const published = republished.has(classAt)
      ? { publishedAt: change.announcedAt ?? unit.now }
      : {};
    const shared = { ...published, hoursCenti: hoursOf(content.modules) };
    const row = rows.find((each) => each?.name === name);
    const revision = { classAt, modules, newId };
    if (row === undefined) {
      const added = { ...addedClass(sister, content, revision), ...shared };
      recordClass(unit, added);
      tellSchedule(unit, added);
    } else {
      const revised = { ...revisedClass(row, versions, revision), ...shared };
      tellSchedule(unit, changeClass(unit, row, revised));
    }
  }
  const stays = new Set(content.classes.map(({ name }) => name));
  for (const row of rows) if (row && !stays.has(row.name)) cancelClass(unit, row);
  return planId;
}
