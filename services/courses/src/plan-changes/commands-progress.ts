/** What follows a change by the clock: trainees are gone through and told, the window passes, the change takes effect. */
import { centiText, civilDateOf } from '@shixun/kernel';
import { type Chore, type PolicyBook, runUnit, type Unit } from '@shixun/runtime';
import { type EnrollmentRow, enrollments } from '../enrollment/store.ts';
import { hoursOf } from '../plans/plan.ts';
import { type PlanRow, plans } from '../plans/store.ts';
import { changeClass, classesOf, projectOf, replacePlan } from '../projects/commands-record.ts';
import {
  type ClassSession,
  classes,
  type ProjectRow,
  type TrainingClassRow,
} from '../projects/store.ts';
import { clashesOf } from './clash.ts';
import { executorOf, windowEnd } from './commands.ts';
import { applyChange } from './commands-apply.ts';
import { effectFaults } from './decide-change.ts';
import { notices } from './notices.ts';
import { rowsOfPlan } from './revise.ts';
import {
  type ClashRow,
  type Cursor,
  type PlanChangeRow,
  planChangeClashes,
  planChanges,
} from './store.ts';

/** How many trainees are told in one transaction, and how many changes one run looks at. */
const batchSize = 200;
const changesMax = 200;

export const planChangesChore: Chore = {
  name: 'plan-changes',
  everyMs: 5_000,
  run: async ({ db, run, policies }, turn) => {
    const due = await runUnit(
      db,
      (unit) => unit.find(planChanges, { working: true }, { sort: { _id: 1 }, limit: changesMax }),
      run,
    );
    for (const { _id } of due) {
      let more = true;
      while (more && turn?.signal.aborted !== true) {
        more = await runUnit(
          db,
          async (unit) => {
            await turn?.fence(unit);
            return progressChange(unit, _id, policies);
          },
          run,
        );
      }
    }
  },
};

/** Takes a change one step on; answers whether there may be another right away. */
export async function progressChange(
  unit: Unit,
  changeId: string,
  policies: Pick<PolicyBook, 'effective'>,
): Promise<boolean> {
  const change = await unit.findOne(planChanges, { _id: changeId, working: true });
  const project = change && (await projectOf(unit, change.projectId));
  if (change === null || project === null) return false;
  const all = await classesOf(unit, project._id);
  const rows = all.filter(({ state }) => state !== 'cancelled');
  if (await passTrainees(unit, change, { rows, policies })) return true;
  switch (change.state) {
    case 'consented':
      return announce(unit, change, { rows, policies });
    case 'announced':
      return takeEffect(unit, change, { project, rows, policies });
    default:
      save(unit, change, { working: false });
      return false;
  }
}

function save(unit: Unit, change: PlanChangeRow, $set: Partial<PlanChangeRow>): void {
  unit.update(planChanges, { _id: change._id, state: change.state, working: true }, { $set });
}

type Around = {
  readonly rows: readonly TrainingClassRow[];
  readonly policies: Pick<PolicyBook, 'effective'>;
};

/** Goes on through the trainees of the classes, in the order of their tickets; false when nobody is left. */
async function passTrainees(unit: Unit, change: PlanChangeRow, around: Around): Promise<boolean> {
  for (const cursor of change.cursors) {
    const { classId, ticket } = cursor;
    const found = await unit.find(
      enrollments,
      { classId, ticket: { $gt: ticket } },
      { sort: { ticket: 1 }, limit: batchSize },
    );
    const last = found.at(-1);
    if (last === undefined) continue;
    const batch = found.filter(({ active }) => active);
    await passBatch(unit, change, { ...around, classId, batch });
    const cursors = change.cursors.map(
      (each): Cursor => (each === cursor ? { classId, ticket: last.ticket } : each),
    );
    save(unit, change, { cursors });
    return true;
  }
  return false;
}

type Batch = Around & { readonly classId: string; readonly batch: readonly EnrollmentRow[] };

async function passBatch(
  unit: Unit,
  change: PlanChangeRow,
  { batch, rows, policies, classId }: Batch,
): Promise<void> {
  const clashes = await clashesOfBatch(unit, change, { batch, rows, classId });
  for (const clash of clashes) {
    const { _id, ...fields } = clash;
    unit.upsert(planChangeClashes, { _id }, { $set: fields });
  }
  const days = policies.effective(change.ownerRegionCode, civilDateOf(unit.now)).figures
    .changeWithdrawalWindowMinDays;
  const until = windowEnd(unit.now, days);
  const told = notice(change, until);
  for (const { _id, teacherId, closesAt } of batch) {
    if (told !== null) unit.notify({ ...told, to: { teacherId } });
    const clash = clashes.find(({ enrollmentId }) => enrollmentId === _id);
    if (clash === undefined || change.state !== 'applied') continue;
    // A minor change opens no window, but whom it puts into two places at once may leave either freely.
    unit.notify({
      notice: notices.PLAN_CHANGE_CLASHES,
      to: { teacherId },
      subject: change._id,
      figures: {
        project: change.projectTitle,
        date: clash.date,
        otherClassId: clash.otherClassId,
        until: until.toISOString(),
      },
    });
    if (closesAt < until) unit.update(enrollments, { _id }, { $set: { closesAt: until } });
  }
}

/** What this change tells a trainee at its present station; null when nothing yet. */
function notice(change: PlanChangeRow, until: Date) {
  const figures = {
    project: change.projectTitle,
    count: change.differences.length,
    explanation: change.explanation,
  };
  const subject = change._id;
  if (change.state === 'applied') return { notice: notices.PLAN_CHANGED, subject, figures };
  if (change.state === 'requested') return null;
  const end = (change.freeWithdrawalUntil ?? until).toISOString();
  const withEnd = { ...figures, until: end };
  return { notice: notices.PLAN_CHANGE_ANNOUNCED, subject, figures: withEnd };
}

/** Trainees of a batch whose other classes meet when this one's meetings would, in their new time. */
async function clashesOfBatch(
  unit: Unit,
  change: PlanChangeRow,
  { batch, rows, classId }: Pick<Batch, 'batch' | 'rows' | 'classId'>,
): Promise<readonly ClashRow[]> {
  const at = rowsOfPlan(change.content, rows).findIndex((row) => row?._id === classId);
  const planned = change.content.classes[at]?.sessions ?? [];
  const moved = change.differences.flatMap(({ kind, session }) => {
    if (session === null || session.classAfter !== at || session.after === null) return [];
    const retimed = retimingKinds.includes(kind) ? planned[session.after] : undefined;
    return retimed === undefined ? [] : [retimed];
  });
  if (moved.length === 0 || batch.length === 0) return [];
  const teacherIds = batch.map(({ teacherId }) => teacherId);
  const others = (await unit.find(enrollments, { teacherId: { $in: teacherIds } })).filter(
    (row) => row.active && !row.done && row.classId !== classId,
  );
  const ids = [...new Set(others.map((row) => row.classId))];
  const met = await unit.findFields(classes, { _id: { $in: ids } }, ['sessions']);
  const sessions = new Map(
    met.map((row): [string, readonly ClassSession[]] => [row._id, row.sessions]),
  );
  return batch.flatMap(({ _id: enrollmentId, teacherId }) => {
    const own = others
      .filter((row) => row.teacherId === teacherId)
      .map((row) => ({
        classId: row.classId,
        enrollmentId: row._id,
        sessions: sessions.get(row.classId) ?? [],
      }));
    return clashesOf(moved, own).map((clash) => ({
      ...clash,
      _id: `${change._id}/${enrollmentId}/${clash.otherClassId}`,
      ...{ changeId: change._id, classId, enrollmentId, teacherId },
    }));
  });
}

/** The differences after which a meeting is at another time than before. */
const retimingKinds: readonly string[] = [
  'session_shifted',
  'session_moved',
  'session_length_changed',
  'session_added',
];

/** Every trainee has been told: from now on the window runs. */
function announce(unit: Unit, change: PlanChangeRow, { rows, policies }: Around): boolean {
  const { figures } = policies.effective(change.ownerRegionCode, civilDateOf(unit.now));
  const freeWithdrawalUntil = windowEnd(unit.now, figures.changeWithdrawalWindowMinDays);
  for (const row of rows) changeClass(unit, row, { freeWithdrawalUntil });
  save(unit, change, { state: 'announced', announcedAt: unit.now, freeWithdrawalUntil });
  audit(unit, change, 'announcePlanChange', { until: freeWithdrawalUntil.toISOString() });
  return false;
}

function audit(
  unit: Unit,
  { projectId, _id, policyVersion }: PlanChangeRow,
  command: string,
  facts: Record<string, string>,
): void {
  const told = { changeId: _id, ...facts };
  unit.audit({ stream: projectId, actor: 'clock', command, facts: told, policyVersion });
}

type Concerned = Around & { readonly project: ProjectRow };

/** At the end of the window, that instant included, the new version is the plan, unless something has overtaken it. */
async function takeEffect(
  unit: Unit,
  change: PlanChangeRow,
  { project, rows, policies }: Concerned,
): Promise<boolean> {
  if (change.freeWithdrawalUntil === null || unit.now < change.freeWithdrawalUntil) return false;
  const plan = await unit.findById(plans, change.fromPlanId);
  const { figures } = policies.effective(change.ownerRegionCode, civilDateOf(unit.now));
  const fullDays = figures.schedulePublishedBeforeMinDays;
  const why = overtaken(unit, change, { project, plan, fullDays });
  if (plan === null || why !== null) {
    save(unit, change, { state: 'lapsed', lapsedBecause: why, working: false });
    for (const to of [executorOf(change), { regionCode: change.ownerRegionCode }]) {
      unit.notify({
        notice: notices.PLAN_CHANGE_LAPSED,
        to,
        subject: change._id,
        figures: { project: project.title, why: why ?? '' },
      });
    }
    audit(unit, change, 'lapsePlanChange', { why: why ?? '' });
    return false;
  }
  const of = rowsOfPlan(plan.content, rows);
  const planId = applyChange(unit, change, { plan, rows: of });
  const hoursCenti = hoursOf(change.content.modules);
  replacePlan(unit, project, { planId, hoursCenti });
  save(unit, change, { state: 'applied', planId, appliedAt: unit.now, working: false });
  audit(unit, change, 'applyPlanChange', { planId, hours: centiText(hoursCenti) });
  return false;
}

/** Why a change that has consent can't take effect any more; null when it can. */
function overtaken(
  unit: Unit,
  change: PlanChangeRow,
  { project, plan, fullDays }: { project: ProjectRow; plan: PlanRow | null; fullDays: number },
): string | null {
  if (!['published', 'open', 'running'].includes(project.state)) return project.state;
  if (plan === null || project.planId !== change.fromPlanId) return 'plan';
  const publishing = { publishedAt: change.announcedAt ?? unit.now, now: unit.now, fullDays };
  const versions = [plan.content, change.content] as const;
  const [held] = effectFaults(change.differences, versions, publishing);
  return held === undefined ? null : String(held.figures['actual'] ?? held.code.name);
}
