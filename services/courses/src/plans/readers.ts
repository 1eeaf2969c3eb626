/** What a plan is reviewed against, read alike by commands and by the graph. */
import type { CivilDate } from '@shixun/kernel';
import type { Collection, Filter, RowBase } from '@shixun/runtime';
import { templateRowOf } from '../modalities/readers-template.ts';
import { trainers } from '../projections/trainers.ts';
import { classes, type ProjectRow } from '../projects/store.ts';
import type { Booking, PlanContent, PlanFacts, PlanPolicy } from './plan.ts';

/** How rows are found: in a transaction or outside. */
export type Finder = {
  readonly find: <Row extends RowBase>(
    collection: Collection<Row>,
    filter: Filter,
  ) => Promise<readonly Row[]>;
};

type Reviewed = {
  readonly content: PlanContent;
  readonly project: ProjectRow;
  readonly figures: PlanPolicy;
};

export async function reviewFacts(
  { find }: Finder,
  { content, project, figures }: Reviewed,
): Promise<PlanFacts> {
  const ids = content.trainers.map(({ trainerId }) => trainerId);
  const known = ids.length === 0 ? [] : await find(trainers, { _id: { $in: ids } });
  const template = await templateRowOf({ find }, project);
  return {
    project,
    policy: figures,
    template: template?.content ?? null,
    templateId: template?._id ?? null,
    trainers: new Map(known.map((row) => [row._id, row])),
    bookings: await bookingsOf({ find }, content, project._id),
  };
}

/** States in which a class's meetings are fixed. */
const booked = ['published', 'open', 'running', 'closing'];

/** The meetings that the plan's trainers give elsewhere at the time of the plan. Reads their index by last day. */
export async function bookingsOf(
  { find }: Finder,
  { classes: planned }: PlanContent,
  projectId: string,
): Promise<readonly Booking[]> {
  const sessions = planned.flatMap((each) => each.sessions);
  const trainerIds = [...new Set(sessions.map(({ trainerId }) => trainerId))];
  const dates = sessions.map(({ date }) => date).toSorted();
  const [first] = dates;
  const last = dates.at(-1);
  if (first === undefined || last === undefined) return [];
  const others = await find(classes, {
    trainerIds: { $in: trainerIds },
    closesOn: { $gte: first },
    opensOn: { $lte: last },
    state: { $in: booked },
    projectId: { $ne: projectId },
  });
  return others.flatMap(({ _id: classId, sessions: held }) =>
    held
      .filter(({ trainerId, date }) => trainerIds.includes(trainerId) && within(date, first, last))
      .map(({ trainerId, date, startMinute, minutes }) => ({
        ...{ classId, trainerId, date, startMinute, minutes },
      })),
  );
}

function within(date: CivilDate, first: CivilDate, last: CivilDate): boolean {
  return first <= date && date <= last;
}
