/** Who took part in which project, from the courses' enrollments and completions. Ids only. */
import { courses } from '@shixun/contracts';
import {
  defineCollection,
  type EventHandler,
  on,
  type Persons,
  type ReceivedEvent,
  type RowBase,
  type Unit,
} from '@shixun/runtime';

/** One enrollment, as far as it makes somebody a trainee. */
export type TraineeRow = RowBase & {
  readonly classId: string;
  readonly projectId: string;
  readonly teacherId: string;
  /** Sequence of the newest enrollment event absorbed; 0 as long as only a completion has been heard of. */
  readonly enrollmentSequence: number;
  readonly enrolled: boolean;
  /** Completion was decided, either way: whoever got that far took part, whatever came before or after. */
  readonly decided: boolean;
  /** enrolled or decided: what the queries ask. */
  readonly takesPart: boolean;
};

const text = { type: String, required: true };

export const trainees = defineCollection<TraineeRow>(
  'trainees',
  {
    classId: text,
    projectId: text,
    teacherId: text,
    enrollmentSequence: { type: Number, required: true },
    enrolled: { type: Boolean, required: true },
    decided: { type: Boolean, required: true },
    takesPart: { type: Boolean, required: true },
  },
  [{ keys: { projectId: 1, teacherId: 1 } }, { keys: { teacherId: 1, projectId: 1 } }],
);

/** How many people a project had: who changed the class, or has two records, counts once. [REG-16] */
export async function countTrainees(
  unit: Unit,
  projectId: string,
  persons: Persons,
): Promise<number> {
  const rows = await unit.find(trainees, { projectId, takesPart: true });
  return new Set(rows.map(({ teacherId }) => persons.survivorOf(teacherId))).size;
}

type Parties = {
  readonly enrollmentId: string;
  readonly classId: string;
  readonly projectId: string;
  readonly teacherId: string;
};

export const traineeHandlers: readonly EventHandler[] = [
  on(courses.enrollmentConfirmed, (events, unit) => keepEnrollments(events, unit, true)),
  on(courses.enrollmentPromoted, (events, unit) => keepEnrollments(events, unit, true)),
  on(courses.enrollmentWithdrawn, (events, unit) => keepEnrollments(events, unit, false)),
  on(courses.completionConfirmed, keepDecided),
  on(courses.completionRefused, keepDecided),
];

async function keepEnrollments(
  events: readonly ReceivedEvent<Parties>[],
  unit: Unit,
  enrolled: boolean,
): Promise<void> {
  const known = await knownRows(events, unit);
  for (const { data, envelope } of events) {
    const row = known.get(data.enrollmentId) ?? newRow(data);
    const enrollmentSequence = Number(envelope.sequence);
    if (row.enrollmentSequence >= enrollmentSequence) continue;
    const takesPart = enrolled || row.decided;
    keep({ ...row, enrollmentSequence, enrolled, takesPart }, known, unit);
  }
}

async function keepDecided(events: readonly ReceivedEvent<Parties>[], unit: Unit): Promise<void> {
  const known = await knownRows(events, unit);
  for (const { data } of events) {
    const row = known.get(data.enrollmentId) ?? newRow(data);
    if (!row.decided) keep({ ...row, decided: true, takesPart: true }, known, unit);
  }
}

async function knownRows(
  events: readonly ReceivedEvent<Parties>[],
  unit: Unit,
): Promise<Map<string, TraineeRow>> {
  const ids = events.map(({ data }) => data.enrollmentId);
  const rows = await unit.find(trainees, { _id: { $in: ids } });
  return new Map(rows.map((row) => [row._id, row]));
}

function newRow({ enrollmentId, classId, projectId, teacherId }: Parties): TraineeRow {
  return {
    _id: enrollmentId,
    classId,
    projectId,
    teacherId,
    enrollmentSequence: 0,
    enrolled: false,
    decided: false,
    takesPart: false,
  };
}

function keep(row: TraineeRow, known: Map<string, TraineeRow>, unit: Unit): void {
  known.set(row._id, row);
  const { _id, ...fields } = row;
  unit.upsert(trainees, { _id }, { $set: fields });
}
