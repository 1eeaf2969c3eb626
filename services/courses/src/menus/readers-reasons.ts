/** What a teacher meets at an item of a menu: places, and every reason that keeps it closed. [CRS-40] */
import { civilDateOf, explain, type Refusal } from '@shixun/kernel';
import type { GraphContext } from '@shixun/runtime';
import { eligibilityFactsOf, seatsOf } from '../enrollment/commands-facts.ts';
import { eligibilityFaults } from '../enrollment/eligibility.ts';
import { noPlace } from '../enrollment/enroll.ts';
import { hasPlace } from '../enrollment/seating.ts';
import { type EnrollmentRow, enrollments, seatRows } from '../enrollment/store.ts';
import { type TeacherRow, teachers } from '../projections/teachers.ts';
import { classes, type TrainingClassRow } from '../projects/store.ts';
import type { MenuItemRow } from './store.ts';

/** Places of a class not yet taken. */
export async function placesLeft(classId: string, context: GraphContext): Promise<number> {
  const [trainingClass, counters] = await Promise.all([
    context.loadOne(classes, classId),
    context.loadOne(seatRows, classId),
  ]);
  return Math.max(0, (trainingClass?.capacity ?? 0) - (counters?.taken ?? 0));
}

export async function ownTeacher(context: GraphContext): Promise<TeacherRow | null> {
  const grant = context.caller?.grants.find(({ role }) => role === 'Teacher');
  if (!grant || !context.caller) return null;
  return context.loadOne(teachers, grant.personId ?? context.caller.subject);
}

export async function closedReasons(
  item: MenuItemRow,
  context: GraphContext,
): Promise<readonly Refusal[]> {
  const teacher = await ownTeacher(context);
  return teacher ? closedReasonsFor(item, teacher, context) : [];
}

/** What was worked out in a request, for the other fields of it that ask the same. */
class Answers<Value> {
  readonly #byRequest = new WeakMap<GraphContext, Map<string, Promise<Value>>>();

  of(context: GraphContext, key: string, work: () => Promise<Value>): Promise<Value> {
    const answers = this.#byRequest.get(context) ?? new Map<string, Promise<Value>>();
    this.#byRequest.set(context, answers);
    const answer = answers.get(key) ?? work();
    answers.set(key, answer);
    return answer;
  }
}

/** What stands of a teacher's enrollments, and the meetings of those that still run. */
type Standing = {
  readonly commitments: readonly EnrollmentRow[];
  readonly sessions: ReadonlyMap<string, TrainingClassRow['sessions']>;
};

const standings = new Answers<Standing>();
const reasons = new Answers<readonly Refusal[]>();

/** The very decision that enrollment takes, asked beforehand: the reasons can't differ from the refusals. [CRS-40] */
export function closedReasonsFor(
  item: MenuItemRow,
  teacher: TeacherRow,
  context: GraphContext,
): Promise<readonly Refusal[]> {
  return reasons.of(context, `${teacher._id}/${item._id}`, () => decide(item, teacher, context));
}

async function decide(
  item: MenuItemRow,
  teacher: TeacherRow,
  context: GraphContext,
): Promise<readonly Refusal[]> {
  const [trainingClass, counters, { commitments, sessions }] = await Promise.all([
    context.loadOne(classes, item.classId),
    context.loadOne(seatRows, item.classId),
    standings.of(context, teacher._id, () => standingOf(teacher._id, context)),
  ]);
  if (!trainingClass) return [];
  const sessionsOf = (classId: string) =>
    classId === item.classId ? trainingClass.sessions : (sessions.get(classId) ?? []);
  const rows = { item, trainingClass, teacher, commitments, sessionsOf };
  const facts = eligibilityFactsOf(rows, context.policies, civilDateOf(context.now));
  const seats = seatsOf(trainingClass, counters);
  const faults = eligibilityFaults(facts, context.now);
  // A draw has places for whoever the lot falls on.
  const full =
    item.byDraw || hasPlace(seats, facts.teacher)
      ? []
      : [noPlace({ seats, teacher: facts.teacher })];
  return [...faults, ...full].map((fault) => explain(fault, facts.policyVersion));
}

async function standingOf(teacherId: string, context: GraphContext): Promise<Standing> {
  const ids = context.persons.idsOf(teacherId);
  const own = await Promise.all(ids.map((id) => context.loadMany(enrollments, 'teacherId', id)));
  const commitments = own.flat().filter(({ active }) => active);
  const running = await Promise.all(
    commitments.filter(({ done }) => !done).map(({ classId }) => context.loadOne(classes, classId)),
  );
  const sessions = new Map(
    running.flatMap((row) => (row ? [[row._id, row.sessions] as const] : [])),
  );
  return { commitments, sessions };
}
