/** Reads what bureaus, schools and experts have to decide on, each source on an index. [CRS-59] */
import { civilDateOf } from '@shixun/kernel';
import type { GraphContext } from '@shixun/runtime';
import { participations } from '../delivery/store.ts';
import { dispatches } from '../dispatch/store.ts';
import { enrollments } from '../enrollment/store.ts';
import { planChanges } from '../plan-changes/store.ts';
import { classes, projects } from '../projects/store.ts';
import { bids, sheets, tenders } from '../tenders/store.ts';
import type { Duty } from './duties.ts';
import {
  appealDuties,
  type DutyDispatch,
  dispatchDuties,
  planChangeDuties,
  scoringDuties,
} from './duties-others.ts';
import { read } from './readers-rows.ts';

export async function decisionsOfBureau(
  role: string,
  regionCode: string,
  context: GraphContext,
): Promise<readonly Duty[]> {
  const own = { regionPath: regionCode, ownerRegionCode: regionCode };
  const lists = await Promise.all([
    appeals(role, regionCode, context),
    read(context, planChanges, { ...own, state: 'requested' }).then((rows) =>
      planChangeDuties(role, rows),
    ),
    dispatched(role, regionCode, context),
  ]);
  return lists.flat();
}

async function appeals(role: string, openFor: string, context: GraphContext) {
  const open = await read(context, participations, { 'violation.appeal.openFor': openFor });
  const titled = open.map(async ({ _id: enrollmentId, classId }) => {
    const title = (await context.loadOne(classes, classId))?.projectTitle ?? '';
    return { enrollmentId, title };
  });
  return appealDuties(role, await Promise.all(titled));
}

async function dispatched(role: string, ownerRegionCode: string, context: GraphContext) {
  const waiting = { $in: ['nominated', 'objected'] };
  const rows = await read(context, dispatches, { ownerRegionCode, state: waiting, active: true });
  const dated = rows.map(async (row): Promise<DutyDispatch> => {
    const trainingClass = await context.loadOne(classes, row.classId);
    const title = trainingClass?.projectTitle ?? '';
    return { ...row, title, opensOn: trainingClass?.opensOn ?? null };
  });
  return dispatchDuties(role, await Promise.all(dated));
}

/** What waits for the school's word, each with its own time. [CRS-17, PLN-09] */
export async function questionsOfSchool(
  schoolId: string,
  context: GraphContext,
): Promise<readonly Duty[]> {
  const filter = { schoolId, state: 'pending_school' };
  const asked = await read(context, enrollments, filter, { respondBy: 1 });
  const duties = asked.map(async ({ _id: subject, classId, respondBy }): Promise<Duty> => {
    const title = (await context.loadOne(classes, classId))?.projectTitle ?? '';
    const dueOn = respondBy && civilDateOf(respondBy);
    return { kind: 'answer_for_school', role: 'SchoolAdmin', subject, detail: '', title, dueOn };
  });
  return Promise.all(duties);
}

export async function scoringOf(
  reviewerId: string,
  context: GraphContext,
): Promise<readonly Duty[]> {
  const rows = await read(context, tenders, { reviewerIds: reviewerId, state: 'opened' });
  const lists = rows.map(async ({ _id, projectId, state }) => {
    const title = (await context.loadOne(projects, projectId))?.title ?? '';
    const own = await context.loadMany(bids, 'tenderId', _id);
    const filled = await context.loadMany(sheets, 'tenderId', _id);
    const mine = filled.filter((sheet) => sheet.reviewerId === reviewerId);
    const open = own.filter((bid) => bid.state === 'open');
    return scoringDuties({ _id, title, state, bids: open }, new Set(mine.map((s) => s.bidId)));
  });
  return (await Promise.all(lists)).flat();
}
