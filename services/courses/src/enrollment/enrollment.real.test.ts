/** Enrollment on a real MongoDB, by several replicas of the service at once. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  type Caller,
  type Command,
  type CommandRoom,
  connectDatabase,
  createLogger,
  eventsOf,
  execute,
  GraphContext,
  Metrics,
  outboxRows,
  PolicyBook,
  Replicas,
  runUnit,
  type Unit,
} from '@shixun/runtime';
import Fastify from 'fastify';
import { graphql } from 'graphql';
import { service } from '../app.ts';
import { menuItems } from '../menus/store.ts';
import { teachers } from '../projections/teachers.ts';
import { classes } from '../projects/store.ts';
import { answerOfferCommand, withdrawEnrollmentCommand } from './commands.ts';
import { enrollTeacherCommand } from './commands-enroll.ts';
import { lapseOffersChore } from './commands-lapse.ts';
import { releaseCancelledChore, releaseClass } from './commands-release.ts';
import { exampleFacts } from './enrollment.example.ts';
import {
  classReleases,
  type EnrollmentRow,
  enrollments,
  type SeatsRow,
  seatRows,
} from './store.ts';

const database = `courses_enroll_${randomUUID().slice(0, 8)}`;
const day = 24 * 3_600_000;
let now = new Date('2026-06-03T00:00:00Z');
let replicas: readonly CommandRoom[];

const doors = new AsyncDisposableStack();

/** With a door of its own, as in a process of its own. */
async function replica(): Promise<CommandRoom> {
  const db = await connectDatabase({ uri: process.env.MONGODB_URI ?? '', database });
  const secret = Buffer.alloc(32);
  const log = createLogger('courses', 'error');
  const replicas = new Replicas({ db, secret, gatewayCredential: '', log });
  const room = {
    db,
    access: service.access,
    policies: new PolicyBook(db),
    personalDataKey: secret,
    metrics: new Metrics('courses'),
    run: { service: 'courses' as const, clock: () => now },
    lanes: new Map(),
    replicas,
  };
  const app = Fastify();
  replicas.routes(app, room, [enrollTeacherCommand]);
  await replicas.join(await app.listen({ host: '127.0.0.1', port: 0 }));
  doors.defer(async () => {
    await replicas.leave();
    app.server.closeAllConnections();
    await app.close();
  });
  return room;
}

beforeAll(async () => {
  replicas = await Promise.all([replica(), replica(), replica()]);
  await replicas[0]?.db.ensureIndexes(service.allCollections);
});
beforeEach(() => {
  now = new Date('2026-06-03T00:00:00Z');
});
afterAll(async () => {
  await doors.disposeAsync();
  await replicas[0]?.db.connection.dropDatabase();
  await Promise.all(replicas.map(({ db }) => db.close()));
});

/** Executes everything itself. */
function alone({ replicas: _, ...room }: CommandRoom): CommandRoom {
  return { ...room, lanes: new Map() };
}

const db = () => replicas[0]?.db as CommandRoom['db'];

async function openClass(capacity: number, quotas: readonly object[] = []): Promise<string> {
  const id = randomUUID().slice(0, 8);
  const { trainingClass } = exampleFacts;
  const row = { ...trainingClass, _id: `cls_${id}`, projectId: `prj_${id}`, capacity, quotas };
  const item = { _id: `mni_${id}`, classId: row._id, menuId: 'mnu_1', regionCode: '140105' };
  const window = {
    opensAt: new Date(now.getTime() - day),
    closesAt: new Date(now.getTime() + day),
  };
  await db()
    .model(classes)
    .collection.insertOne({
      ...row,
      contentCode: id,
      institutionId: 'ins_1',
      channel: 'self_selected',
      sessions: [],
    } as never);
  await db()
    .model(menuItems)
    .collection.insertOne({ ...item, ...window } as never);
  return id;
}

async function addTeachers(count: number, change: object = {}): Promise<readonly string[]> {
  const { teacherId: _, ...teacher } = exampleFacts.teacher;
  const rows = Array.from({ length: count }, () => ({
    ...teacher,
    ...change,
    _id: `tch_${randomUUID()}`,
  }));
  await db()
    .model(teachers)
    .collection.insertMany(rows as never[]);
  return rows.map(({ _id }) => _id);
}

let turn = 0;
/** Asks the replicas in turn, as a load balancer would. */
async function ask(command: Command, teacherId: string, input: object, key: string = randomUUID()) {
  turn += 1;
  const room = replicas[turn % replicas.length] as CommandRoom;
  const caller: Caller = { subject: teacherId, grants: [{ role: 'Teacher' }] };
  const result = await execute(room, command, caller, { idempotencyKey: key, ...input });
  return { ...result, answer: result.answer as EnrollmentRow | null };
}
const enroll = (classId: string, teacherId: string, waitlist = false, key?: string) =>
  ask(enrollTeacherCommand, teacherId, { menuItemId: `mni_${classId}`, teacherId, waitlist }, key);
const seatsOf = async (id: string) =>
  (await db().model(seatRows).findById(`cls_${id}`).lean()) as SeatsRow | null;
const standing = (id: string, state: EnrollmentRow['state']) =>
  db()
    .model(enrollments)
    .countDocuments({ classId: `cls_${id}`, state });

describe('CRS-42: places under load', () => {
  test('of 120 teachers at three replicas, each asking twice with one key, exactly 40 get a place', async () => {
    const id = await openClass(40);
    const all = await addTeachers(120);
    const results = await Promise.all(
      all.flatMap((teacherId) => [
        enroll(id, teacherId, false, `key-${teacherId}`),
        enroll(id, teacherId, false, `key-${teacherId}`),
      ]),
    );
    const accepted = new Set(results.flatMap(({ answer }) => (answer ? [answer._id] : [])));
    expect(accepted.size).toBe(40);
    expect(await standing(id, 'confirmed')).toBe(40);
    expect(await seatsOf(id)).toMatchObject({ taken: 40, waiting: 0 });
    for (let at = 0; at < results.length; at += 2) {
      expect(results[at]?.answer?._id).toBe(results[at + 1]?.answer?._id);
    }
  });

  test('replicas that don’t reach each other meet on the rows: still exactly 40 of 120 get a place, each once', async () => {
    const id = await openClass(40);
    const rooms = replicas.map(alone);
    const results = await Promise.all(
      (await addTeachers(120)).map((teacherId, n) => {
        const caller: Caller = { subject: teacherId, grants: [{ role: 'Teacher' }] };
        const input = { menuItemId: `mni_${id}`, teacherId, waitlist: false };
        const room = rooms[n % rooms.length] as CommandRoom;
        return execute(room, enrollTeacherCommand, caller, {
          idempotencyKey: randomUUID(),
          ...input,
        });
      }),
    );
    expect(results.filter(({ answer }) => answer !== null)).toHaveLength(40);
    expect(await standing(id, 'confirmed')).toBe(40);
    expect(await seatsOf(id)).toMatchObject({ taken: 40, waiting: 0, lastTicket: 40 });
  });

  test('a school’s quota holds while other schools go on', async () => {
    const id = await openClass(30, [{ regionCode: null, schoolId: 'sch_1', places: 5 }]);
    const own = await addTeachers(12);
    const others = await addTeachers(12, { schoolId: 'sch_2' });
    const results = await Promise.all([...own, ...others].map((each) => enroll(id, each)));
    expect(results.filter(({ answer }) => answer?.schoolId === 'sch_1')).toHaveLength(5);
    expect(results.filter(({ answer }) => answer?.schoolId === 'sch_2')).toHaveLength(12);
    expect(await seatsOf(id)).toMatchObject({ taken: 17, takenByQuota: [5] });
  });

  test('CRS-41: one teacher at four classes at the same moment gets three of them', async () => {
    const ids = await Promise.all(Array.from({ length: 4 }, () => openClass(10)));
    const [teacherId = ''] = await addTeachers(1);
    const results = await Promise.all(ids.map((id) => enroll(id, teacherId)));
    const refused = results.filter(({ answer }) => answer === null);
    expect(refused).toHaveLength(1);
    expect(refused[0]?.refusals[0]).toMatchObject({
      rule: 'CRS-41',
      code: 'CONCURRENT_CEILING',
      required: '3',
      actual: '3',
      policyVersion: 'national@1',
    });
  });
});

describe('CRS-42, CRS-44: the waitlist', () => {
  async function fullWithTwoWaiting() {
    const id = await openClass(1);
    const [inside = '', first = '', second = ''] = await addTeachers(3);
    const holder = await enroll(id, inside);
    const waiting = [await enroll(id, first, true), await enroll(id, second, true)] as const;
    return { id, inside, holder, waiting, people: [first, second] as const };
  }
  const stateOf = async (enrollmentId: string | undefined) =>
    (await db().model(enrollments).findById(enrollmentId).lean())?.state;

  test('a withdrawn place is offered to the first in line, taken, and counted once', async () => {
    const { id, inside, holder, waiting, people } = await fullWithTwoWaiting();
    const enrollmentId = holder.answer?._id;
    const key = randomUUID();
    await Promise.all([
      ask(withdrawEnrollmentCommand, inside, { enrollmentId }, key),
      ask(withdrawEnrollmentCommand, inside, { enrollmentId }, key),
    ]);
    expect(await stateOf(waiting[0].answer?._id)).toBe('offered');
    expect(await seatsOf(id)).toMatchObject({ taken: 1, waiting: 1 });
    const taken = await ask(answerOfferCommand, people[0], {
      enrollmentId: waiting[0].answer?._id,
      accept: true,
    });
    expect(taken.answer?.state).toBe('confirmed');
    expect(await seatsOf(id)).toMatchObject({ taken: 1, waiting: 1 });
  });

  test('an offer that nobody answers within 48 h lapses once, at several replicas, and goes on to the next', async () => {
    const { id, inside, holder, waiting, people } = await fullWithTwoWaiting();
    await ask(withdrawEnrollmentCommand, inside, { enrollmentId: holder.answer?._id });
    const rooms = replicas as unknown as Parameters<typeof lapseOffersChore.run>[0][];
    now = new Date(now.getTime() + 48 * 3_600_000 - 1);
    await Promise.all(rooms.map((room) => lapseOffersChore.run(room)));
    expect(await stateOf(waiting[0].answer?._id)).toBe('offered');
    now = new Date(now.getTime() + 1);
    await Promise.all(rooms.map((room) => lapseOffersChore.run(room)));
    expect(await stateOf(waiting[0].answer?._id)).toBe('lapsed');
    expect(await stateOf(waiting[1].answer?._id)).toBe('offered');
    expect(await seatsOf(id)).toMatchObject({ taken: 1, waiting: 0 });
    const late = await ask(answerOfferCommand, people[0], {
      enrollmentId: waiting[0].answer?._id,
      accept: true,
    });
    expect(late.refusals[0]?.code).toBe('NO_OFFER');
  });

  test('the same key gives the first answer though the turn has come since, and no other choice; a refusal is asked again', async () => {
    const { id, inside, holder, waiting, people } = await fullWithTwoWaiting();
    const key = randomUUID();
    const [late = ''] = await addTeachers(1);
    const full = await enroll(id, late, false, key);
    expect(full.refusals.map(({ code }) => code)).toEqual(['CLASS_FULL']);
    const waits = await enroll(id, late, true, key);
    expect(waits.answer?.state).toBe('waitlisted');
    for (const [at, teacherId] of people.entries()) {
      const enrollmentId = waiting[at]?.answer?._id;
      await ask(withdrawEnrollmentCommand, teacherId, { enrollmentId });
    }
    await ask(withdrawEnrollmentCommand, inside, { enrollmentId: holder.answer?._id });
    expect(await stateOf(waits.answer?._id)).toBe('offered');
    expect((await enroll(id, late, true, key)).answer).toMatchObject({
      _id: waits.answer?._id,
      state: 'waitlisted',
      respondBy: null,
    });
    const other = await enroll(id, late, false, key);
    expect(other.refusals.map(({ code }) => code)).toEqual(['IDEMPOTENCY_KEY_REUSED']);
  });

  test('a waiting teacher who leaves ends only the turn', async () => {
    const { id, waiting, people } = await fullWithTwoWaiting();
    await ask(withdrawEnrollmentCommand, people[0], { enrollmentId: waiting[0].answer?._id });
    expect(await seatsOf(id)).toMatchObject({ taken: 1, waiting: 1 });
  });
});

describe('whose it is', () => {
  const teacherOf = (teacherId: string): Caller => ({
    subject: 'oidc-subject-of-somebody',
    grants: [{ role: 'Teacher', personId: teacherId }],
  });
  const graph = async (caller: Caller, source: string) => {
    const room = replicas[0] as CommandRoom;
    const contextValue = new GraphContext(room, caller, now, 'req_test');
    return graphql({ schema: service.schema, source, contextValue });
  };

  test('CRS-44: a teacher whose token’s subject is another id is still the teacher, not the owner', async () => {
    const id = await openClass(3);
    const [teacherId = ''] = await addTeachers(1);
    const enrolled = await enroll(id, teacherId);
    now = new Date(now.getTime() + day);
    const input = {
      idempotencyKey: randomUUID(),
      enrollmentId: enrolled.answer?._id,
      reason: '病假',
    };
    const room = replicas[0] as CommandRoom;
    const late = await execute(room, withdrawEnrollmentCommand, teacherOf(teacherId), input);
    expect(late.refusals[0]).toMatchObject({ rule: 'CRS-44', code: 'WITHDRAWAL_NEEDS_CONSENT' });
  });

  test('GOV-03: another’s enrollment is answered like one that does not exist', async () => {
    const id = await openClass(3);
    const [teacherId = '', stranger = ''] = await addTeachers(2);
    const enrollmentId = (await enroll(id, teacherId)).answer?._id;
    const query = (of: string | undefined) => `{ enrollment(id: "${of}") { id } }`;
    const own = await graph(teacherOf(teacherId), query(enrollmentId));
    expect(own.data?.['enrollment']).toEqual({ id: enrollmentId });
    const foreign = await graph(teacherOf(stranger), query(enrollmentId));
    expect(foreign).toEqual(await graph(teacherOf(stranger), query('enr_none')));
    expect(foreign.errors).toBeUndefined();
  });

  test('CRS-40: an item is open to a fitting teacher, and to nobody who is no teacher', async () => {
    const id = await openClass(3);
    const [teacherId = ''] = await addTeachers(1);
    const query = `{ menuItem(id: "mni_${id}") { openToMe } }`;
    const bureau: Caller = {
      subject: 'adm',
      grants: [{ role: 'CountyAdmin', regionCode: '140105' }],
    };
    expect((await graph(teacherOf(teacherId), query)).data?.['menuItem']).toEqual({
      openToMe: true,
    });
    expect((await graph(bureau, query)).data?.['menuItem']).toEqual({ openToMe: false });
  });
});

test('CRS-01: a cancelled class ends its enrollments in batches, frees its teachers and tells them', async () => {
  const id = await openClass(250, [{ regionCode: '140105', schoolId: null, places: 240 }]);
  const ids = await addTeachers(260);
  await Promise.all(ids.map((teacherId) => enroll(id, teacherId, true)));
  expect([await standing(id, 'confirmed'), await standing(id, 'waitlisted')]).toEqual([240, 20]);
  const { run } = replicas[0] as CommandRoom;
  const cancel = async (unit: Unit) => {
    unit.update(classes, { _id: `cls_${id}` }, { $set: { state: 'cancelled' } });
    releaseClass(unit, `cls_${id}`);
  };
  await runUnit(db(), cancel, run);
  const room = replicas[1] as CommandRoom;
  await releaseCancelledChore.run(room as never);
  await releaseCancelledChore.run(room as never);
  expect(
    await db()
      .model(enrollments)
      .countDocuments({ classId: `cls_${id}`, active: true }),
  ).toBe(0);
  expect(await standing(id, 'withdrawn')).toBe(260);
  expect(await seatsOf(id)).toMatchObject({
    taken: 0,
    takenByQuota: [0],
    waiting: 0,
    waitingByBucket: [],
  });
  expect(
    await db()
      .model(classReleases)
      .countDocuments({ _id: `cls_${id}` }),
  ).toBe(0);
  const told = await db()
    .model(outboxRows)
    .find({ key: `cls_${id}` })
    .sort({ position: 1 })
    .lean();
  const types = told.flatMap(eventsOf).map(({ type }) => type);
  for (const type of ['courses.enrollment.withdrawn.v1', 'courses.notice.requested.v1']) {
    expect(types.filter((each) => each === type)).toHaveLength(260);
  }
  const other = await openClass(1);
  await db()
    .model(classes)
    .updateOne({ _id: `cls_${other}` }, { contentCode: id });
  const again = await enroll(other, ids[0] ?? '');
  expect(again.answer?.state).toBe('confirmed');
});

test('CRS-42: thousands whose quota is used up do not hold up who comes after them', async () => {
  const id = await openClass(4, [{ regionCode: '140106', schoolId: null, places: 1 }]);
  const blocked = await addTeachers(80, { regionCode: '140106001' });
  const free = await addTeachers(5);
  await db()
    .model(classes)
    .updateOne({ _id: `cls_${id}` }, { 'audience.regionCodes': ['140000'] });
  for (const teacherId of [...free.slice(0, 3), ...blocked]) await enroll(id, teacherId, true);
  const late = await enroll(id, free[3] ?? '', true);
  expect(late.answer?.state).toBe('waitlisted');
  const first = free[0] ?? '';
  const own = await db()
    .model(enrollments)
    .findOne({ classId: `cls_${id}`, teacherId: first })
    .lean();
  await ask(withdrawEnrollmentCommand, first, { enrollmentId: own?._id });
  const offered = await db()
    .model(enrollments)
    .find({ classId: `cls_${id}`, state: 'offered' })
    .lean();
  expect(offered.map(({ teacherId }) => teacherId)).toEqual([free[3]]);
  expect(await seatsOf(id)).toMatchObject({ taken: 4, takenByQuota: [1], waiting: 79 });
});

test('GOV-06: no query that enrollment sends scans a collection', async () => {
  const id = await openClass(5);
  const connection = db().connection;
  const [teacherId = ''] = await addTeachers(1);
  const asked: readonly (readonly [string, object, Record<string, 1 | -1>])[] = [
    ['enrollments', { classId: `cls_${id}`, state: 'waitlisted' }, { ticket: 1 }],
    [
      'enrollments',
      { classId: `cls_${id}`, state: 'waitlisted', bucket: { $in: ['', '0', '0.2'] } },
      { ticket: 1 },
    ],
    ['enrollments', { classId: `cls_${id}` }, { ticket: 1 }],
    ['enrollments', { teacherId }, { turn: -1 }],
    ['enrollments', { state: 'offered', respondBy: { $lte: now } }, { respondBy: 1 }],
    [
      'menuItems',
      { regionCode: { $in: ['140000', '140105'] }, closesAt: { $gt: now } },
      { closesAt: 1, _id: 1 },
    ],
    ['menuItems', { menuId: 'mnu_1' }, { classId: 1 }],
    ['completions', { classId: `cls_${id}` }, { _id: 1 }],
    ['participations', { classId: `cls_${id}` }, { _id: 1 }],
  ];
  for (const [collection, filter, sort] of asked) {
    const plan = await connection
      .collection(collection)
      .find(filter)
      .sort(sort)
      .explain('queryPlanner');
    const winning = JSON.stringify(plan['queryPlanner'].winningPlan);
    expect({ collection, filter, scans: /COLLSCAN|"SORT"/.test(winning) }).toEqual({
      collection,
      filter,
      scans: false,
    });
  }
});

test('what dies before its commit leaves no trace of an enrollment', async () => {
  const id = await openClass(5);
  const [teacherId = ''] = await addTeachers(1);
  const room = replicas[0] as CommandRoom;
  const faultPoint = (name: string) => {
    if (name === 'before-commit') throw new Error('killed');
  };
  const dying = { ...alone(room), run: { ...room.run, faultPoint } };
  const input = {
    idempotencyKey: randomUUID(),
    menuItemId: `mni_${id}`,
    teacherId,
    waitlist: false,
  };
  const caller: Caller = { subject: teacherId, grants: [{ role: 'Teacher' }] };
  await expect(execute(dying, enrollTeacherCommand, caller, input)).rejects.toThrow('killed');
  expect(await seatsOf(id)).toBeNull();
  expect((await execute(room, enrollTeacherCommand, caller, input)).refusals).toEqual([]);
  expect(await seatsOf(id)).toMatchObject({ taken: 1 });
});

test('CRS-46: more than can be carried are told their places in a queue; with the same key they keep them and get in', async () => {
  const id = await openClass(5);
  const [first = '', second = ''] = await addTeachers(2);
  const others = replicas[0] as CommandRoom;
  const room = alone(others);
  const enrolling = async (teacherId: string) => {
    const caller: Caller = { subject: teacherId, grants: [{ role: 'Teacher' }] };
    const { data } = await graphql({
      schema: service.schema,
      source: `mutation($input: EnrollTeacherInput!) { enrollTeacher(input: $input) {
        enrollment { state } refusals { code rule required actual } queue { position retryAfterMs } } }`,
      variableValues: {
        input: {
          ...{ idempotencyKey: `key-${teacherId}`, menuItemId: `mni_${id}` },
          ...{ teacherId, waitlist: false },
        },
      },
      contextValue: new GraphContext(room, caller, now, 'req_test'),
    });
    return JSON.parse(JSON.stringify(data))['enrollTeacher'];
  };
  // The lane is made by whoever comes first; here by somebody who is no teacher of this class.
  await enrolling('tch_nobody');
  const lane = room.lanes.get('enrollTeacher');
  if (!lane) throw new Error('nobody has made the lane');
  const held = (queued: number) =>
    room.lanes.set('enrollTeacher', { ...lane, load: () => ({ queued, perSecond: 1_000 }) });
  held(5_000);
  expect(await enrolling(first)).toEqual({
    enrollment: null,
    refusals: [{ code: 'QUEUED', rule: 'CRS-46', required: '5001', actual: '1' }],
    queue: { position: 1, retryAfterMs: 5_001 },
  });
  expect((await enrolling(second)).queue.position).toBe(2);
  expect((await enrolling(first)).queue.position).toBe(1);
  // One can be carried: the one whose turn it is, not the one who asks first.
  held(4_999);
  expect((await enrolling(second)).queue.position).toBe(2);
  expect(await enrolling(first)).toMatchObject({ enrollment: { state: 'CONFIRMED' }, queue: null });
  expect((await enrolling(second)).enrollment).toEqual({ state: 'CONFIRMED' });
  expect(await seatsOf(id)).toMatchObject({ taken: 2 });
});
