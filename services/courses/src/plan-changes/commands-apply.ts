/** How a change of a plan takes effect, whoever brings it about: the request itself or the clock. [CRS-19] */
import type { Unit } from '@shixun/runtime';
import { tellSchedule } from '../plans/commands-schedule.ts';
import { hoursOf } from '../plans/plan.ts';
import { type PlanRow, plans } from '../plans/store.ts';
import { changeClass } from '../projects/commands-record.ts';
import type { TrainingClassRow } from '../projects/store.ts';
import { modulesOf, revisedClass } from './revise.ts';
import type { PlanChangeRow } from './store.ts';

type Applied = {
  readonly plan: PlanRow | null;
  readonly rows: readonly (TrainingClassRow | undefined)[];
};

/**
 * Writes the new version as the plan's next round, and its classes and schedules after it; whoever follows them hears
 * of it: forecast, workload. Answers the id of the plan. The old version stays as it was.
 */
export function applyChange(
  unit: Unit,
  { content, requestedBy, requestedAt }: PlanChangeRow,
  { plan, rows }: Applied,
): string {
  if (plan === null) throw new Error('no plan is published');
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
  const known = rows.find((row) => row !== undefined);
  const modules = modulesOf(known ?? { modules: [] }, versions, newId);
  for (const [classAt, row] of rows.entries()) {
    if (row === undefined) continue;
    const revised = revisedClass(row, versions, { classAt, modules, newId });
    const hoursCenti = hoursOf(content.modules);
    tellSchedule(unit, changeClass(unit, row, { ...revised, hoursCenti }));
  }
  return planId;
}
