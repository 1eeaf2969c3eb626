import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { courses } from '@shixun/contracts';
import { accept, type Decision, defineRefusals, fault, refuse } from '@shixun/kernel';
import { z } from 'zod';
import { by, defineAccess } from '../access.ts';
import type { Caller } from '../caller.ts';
import { connectDatabase, type Database, defineCollection, type RowBase } from '../database.ts';
import { outboxRows } from '../outbox/store.ts';
import { PolicyBook } from '../policies.ts';
import { Metrics } from '../telemetry/metrics.ts';
import { auditEntries, firstBrokenEntry, streamHeads } from '../unit/streams.ts';
import { type AnsweredRow, type AnswerName, answerRows } from './answers.ts';
import {
  type Command,
  defineCommand,
  defineGroupedCommand,
  type GroupedCommandSpec,
  notFound,
} from './define.ts';
import { type CommandRoom, execute } from './execute.ts';

/** A class with few places: the smallest thing that a unit of work can get wrong. */
type ClassRow = RowBase & {
  readonly places: number;
  readonly taken: number;
  readonly region: string;
};
type SeatRow = RowBase & {
  readonly classId: string;
  readonly teacherId: string;
  readonly names?: readonly AnswerName[];
};

const classes = defineCollection<ClassRow>('classes', { places: Number, taken: Number }, []);
const seats = defineCollection<SeatRow>(
  'seats',
  { classId: String, teacherId: String, names: { type: [Object], default: undefined } },
  [{ keys: { classId: 1, teacherId: 1 }, unique: true }],
);
const codes = defineRefusals({
  CLASS_FULL: {
    rule: 'CRS-42',
    zh: '名额已满：{actual}/{required}',
    en: 'Full: {actual} of {required}',
  },
  SEATED_ALREADY: { rule: 'CRS-42', zh: '已报名', en: 'Enrolled already' },
});

type Input = { classId: string; teacherId: string };
type Facts = { row: ClassRow; seated: boolean };

function seat(input: Input, { row, seated }: Facts): Decision<Input> {
  if (seated) return refuse(fault(codes.SEATED_ALREADY, ['teacherId']));
  return row.taken < row.places
    ? accept(input)
    : refuse(fault(codes.CLASS_FULL, ['classId'], { required: row.places, actual: row.taken }));
}

const input = z.object({ classId: z.string(), teacherId: z.string() });
const event = (enrollmentId: string, { classId, teacherId }: Input) => ({
  ...courses.enrollmentConfirmed.example,
  enrollmentId,
  classId,
  teacherId,
});

const single = defineCommand<Input, Facts, Input, SeatRow>({
  name: 'seatOne',
  input,
  gather: async ({ classId, teacherId }, unit) => {
    const row = await unit.findById(classes, classId);
    const taken = await unit.findOne(seats, { classId, teacherId });
    return row ? { row, seated: taken !== null } : notFound('class', classId, ['classId']);
  },
  scope: ({ row }, { teacherId }) => ({ regionCode: row.region, personId: teacherId }),
  decide: seat,
  record: (outcome, { row }, unit) => {
    const answer = { _id: unit.newId('enrollment'), ...outcome };
    unit.insert(seats, answer);
    unit.update(classes, { _id: row._id, taken: row.taken }, { $inc: { taken: 1 } });
    unit.emit(courses.enrollmentConfirmed, row._id, event(answer._id, outcome));
    return answer;
  },
  stream: ({ row }) => row._id,
});

type Batch = {
  rows: Map<string, ClassRow>;
  seated: Set<string>;
  added: Map<string, number>;
  answered: AnsweredRow[];
};
const spec: GroupedCommandSpec<Input, Batch, Facts & { batch: Batch }, Input, SeatRow> = {
  name: 'seatMany',
  input,
  gatherAll: async (inputs, unit) => {
    const ids = [...new Set(inputs.map(({ classId }) => classId))];
    const rows = await unit.find(classes, { _id: { $in: ids } });
    const taken = await unit.find(seats, { classId: { $in: ids } });
    return {
      rows: new Map(rows.map((row) => [row._id, row])),
      seated: new Set(taken.map(({ classId, teacherId }) => `${classId}/${teacherId}`)),
      added: new Map(),
      answered: taken.flatMap(({ _id, names }) => (names ? [{ rowId: _id, names }] : [])),
    };
  },
  facts: ({ classId, teacherId }, batch) => {
    const row = batch.rows.get(classId);
    if (teacherId === 'tch_poison') throw new Error('poison');
    if (!row) return notFound('class', classId, ['classId']);
    return { row, seated: batch.seated.has(`${classId}/${teacherId}`), batch };
  },
  scope: ({ row }, { teacherId }) => ({ regionCode: row.region, personId: teacherId }),
  decide: seat,
  record: (outcome, { row, batch }, unit) => {
    const answer = { _id: unit.newId('enrollment'), ...outcome };
    unit.insert(seats, answer);
    unit.emit(courses.enrollmentConfirmed, row._id, event(answer._id, outcome));
    batch.rows.set(row._id, { ...row, taken: row.taken + 1 });
    batch.added.set(row._id, (batch.added.get(row._id) ?? 0) + 1);
    batch.seated.add(`${outcome.classId}/${outcome.teacherId}`);
    return answer;
  },
  stream: ({ row }) => row._id,
  save: ({ added }, unit) => {
    for (const [_id, count] of added) unit.update(classes, { _id }, { $inc: { taken: count } });
  },
};
const grouped = defineGroupedCommand(spec);
/** The same, but its rows carry what they were asked by. */
const keyed = defineGroupedCommand({
  ...spec,
  name: 'seatKeyed',
  record: (outcome, { row, batch }, unit, { names }) => {
    const answer = { _id: unit.newId('enrollment'), ...outcome, names: names() };
    unit.insert(seats, answer);
    unit.emit(courses.enrollmentConfirmed, row._id, event(answer._id, outcome));
    batch.rows.set(row._id, { ...row, taken: row.taken + 1 });
    batch.added.set(row._id, (batch.added.get(row._id) ?? 0) + 1);
    batch.seated.add(`${outcome.classId}/${outcome.teacherId}`);
    return answer;
  },
  answers: { collection: seats, of: (_input, { answered }) => answered, first: (row) => row },
});

const access = defineAccess({
  types: {},
  Query: {},
  Mutation: {
    seatOne: [by('Teacher', 'own'), by('CountyAdmin', 'region')],
    seatMany: [by('Teacher', 'own'), by('CountyAdmin', 'region')],
    seatKeyed: [by('Teacher', 'own'), by('CountyAdmin', 'region')],
  },
});
const admin: Caller = {
  subject: 'adm_1',
  grants: [{ role: 'CountyAdmin', regionCode: '140105' }],
};

let room: CommandRoom;
let db: Database;
let classNumber = 0;

async function openClass(places: number): Promise<string> {
  classNumber += 1;
  const _id = `cls_${classNumber}`;
  await db.model(classes).create({ _id, places, taken: 0, region: '140105' } as never);
  return _id;
}

const run = (command: Command, raw: object, caller: Caller | null = admin) =>
  execute(room, command, caller, raw);
const codesOf = (result: { refusals: readonly { code: string }[] }) =>
  result.refusals.map(({ code }) => code);

beforeAll(async () => {
  const uri = process.env['MONGODB_URI'] ?? '';
  db = await connectDatabase({ uri, database: `test_runtime_${process.pid}_${Date.now()}` });
  classes.schema.add({ region: String });
  await db.ensureIndexes([
    classes,
    seats,
    answerRows,
    auditEntries,
    streamHeads,
    outboxRows,
  ] as never);
  room = {
    db,
    access,
    policies: new PolicyBook(db),
    personalDataKey: Buffer.alloc(32),
    metrics: new Metrics('courses'),
    run: { service: 'courses' },
    lanes: new Map(),
  };
});

afterAll(async () => {
  await db.connection.dropDatabase();
  await db.close();
});

describe.each([
  ['alone', single],
  ['grouped', grouped],
  ['grouped, with its answers in its rows', keyed],
])('a command executed %s', (_how, command) => {
  test('CRS-42: of many at once exactly as many as there are places are accepted, each refusal says the figures', async () => {
    const classId = await openClass(5);
    const results = await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        run(command, {
          classId,
          teacherId: `tch_${n}`,
          idempotencyKey: `key-rush-${classId}-${n}`,
        }),
      ),
    );
    const refused = results.filter(({ answer }) => answer === null);
    expect(refused).toHaveLength(7);
    expect(refused[0]?.refusals[0]).toMatchObject({
      rule: 'CRS-42',
      required: '5',
      actual: '5',
      messageEn: 'Full: 5 of 5',
    });
    expect(await db.model(seats).countDocuments({ classId })).toBe(5);
    expect((await db.model(classes).findById(classId).lean())?.taken).toBe(5);
  });

  test('the same key gives the first answer, and is refused with other content', async () => {
    const classId = await openClass(5);
    const raw = { classId, teacherId: 'tch_a', idempotencyKey: `key-twice-${classId}` };
    const [first, second] = await Promise.all([run(command, raw), run(command, raw)]);
    const third = await run(command, raw);
    expect(second).toEqual(first);
    expect(third).toEqual(first);
    expect(codesOf(await run(command, { ...raw, teacherId: 'tch_b' }))).toEqual([
      'IDEMPOTENCY_KEY_REUSED',
    ]);
    expect(await db.model(seats).countDocuments({ classId })).toBe(1);
  });

  test('GOV-03: across a rotation of the master key a retry still gets the first answer, whichever key is the current one', async () => {
    const [former, next] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
    const both = Buffer.concat([next, former]);
    const classId = await openClass(5);
    const under = (personalDataKey: Buffer, of: string, teacherId = 'tch_a') =>
      execute({ ...room, personalDataKey }, command, admin, {
        classId,
        teacherId,
        idempotencyKey: `key-rotated-${of}-${classId}`,
      });
    const before = await under(former, 'early');
    expect(await under(both, 'early')).toEqual(before);
    expect(codesOf(await under(both, 'early', 'tch_b'))).toEqual(['IDEMPOTENCY_KEY_REUSED']);
    // What is first answered during the rotation is known to replicas that have only one of the keys.
    const during = await under(both, 'during', 'tch_b');
    expect(await under(former, 'during', 'tch_b')).toEqual(during);
    expect(await under(next, 'during', 'tch_b')).toEqual(during);
    expect(await db.model(seats).countDocuments({ classId })).toBe(2);
  });

  test('REG-01: outside the region and absent are refused in the same words; without the role nothing is read', async () => {
    const classId = await openClass(1);
    const neighbour: Caller = {
      subject: 'adm_2',
      grants: [{ role: 'CountyAdmin', regionCode: '140106' }],
    };
    const raw = (id: string) => ({
      classId: id,
      teacherId: 'tch_a',
      idempotencyKey: `key-${id}-x`,
    });
    const outside = await run(command, raw(classId), neighbour);
    const absent = await run(command, raw('cls_none'), neighbour);
    expect(outside.refusals[0]?.messageZh).toBe(absent.refusals[0]?.messageZh);
    expect([codesOf(outside), codesOf(absent)]).toEqual([['NOT_FOUND'], ['NOT_FOUND']]);
    const auditor: Caller = { subject: 'aud', grants: [{ role: 'Auditor' }] };
    expect(codesOf(await run(command, raw(classId), auditor))).toEqual(['FORBIDDEN']);
    expect(codesOf(await run(command, raw(classId), null))).toEqual(['FORBIDDEN']);
  });

  test('GOV-02: every accepted command is one link of a chain without gaps; an edited entry is named', async () => {
    const classId = await openClass(3);
    await Promise.all(
      ['a', 'b', 'c'].map((n) =>
        run(command, {
          classId,
          teacherId: `tch_${n}`,
          idempotencyKey: `key-audit-${classId}-${n}`,
        }),
      ),
    );
    const entries = await db
      .model(auditEntries)
      .find({ stream: classId })
      .sort({ sequence: 1 })
      .lean();
    const head = await db.model(streamHeads).findById(classId).lean();
    expect(entries).toHaveLength(3);
    expect(firstBrokenEntry(entries, head)).toBeNull();
    const edited = entries.map((entry) =>
      entry.sequence === 2 ? { ...entry, actor: 'x' } : entry,
    );
    expect(firstBrokenEntry(edited, head)).toBe(2);
    expect(firstBrokenEntry(entries.slice(0, 2), head)).toBe(3);
    expect(firstBrokenEntry([...entries].reverse(), head)).toBe(1);
  });

  test('events of one aggregate have sequences without gaps, and positions that grow with them', async () => {
    const classId = await openClass(4);
    await Promise.all(
      ['a', 'b', 'c', 'd'].map((n) =>
        run(command, {
          classId,
          teacherId: `tch_${n}`,
          idempotencyKey: `key-order-${classId}-${n}`,
        }),
      ),
    );
    const rows = await db.model(outboxRows).find({ key: classId }).sort({ position: 1 }).lean();
    const sequences = rows.map((row) => JSON.parse(row.envelope).sequence);
    expect(sequences).toEqual(['1', '2', '3', '4']);
    expect(new Set(rows.map((row) => row.position)).size).toBe(4);
  });

  test('input that is wrong is refused field by field and nothing is stored', async () => {
    const result = await run(command, { classId: 7, idempotencyKey: 'key-wrong-input' });
    expect(result.refusals.map(({ path }) => path.join('.'))).toEqual(['classId', 'teacherId']);
    const short = await run(command, {
      classId: 'cls_1',
      teacherId: 'tch',
      idempotencyKey: 'short',
    });
    expect(short.refusals[0]).toMatchObject({ code: 'INPUT_INVALID', path: ['idempotencyKey'] });
    expect(result.refusals[0]?.messageZh).toMatch(/^输入有误：无效输入/);
    expect(result.refusals[0]?.messageEn).toMatch(/^The input is not valid: Invalid input/);
  });
});

test.each([
  [
    'a stored refusal is given again, though there would be a place by now',
    { command: grouped, again: ['CLASS_FULL'], fresh: [] },
  ],
  [
    'a refusal that changed nothing is not kept where rows keep the answers: the same key asks again',
    { command: keyed, again: [], fresh: ['SEATED_ALREADY'] },
  ],
])('%s', async (_title, { command, again, fresh }) => {
  const classId = await openClass(0);
  const raw = { classId, teacherId: 'tch_a', idempotencyKey: `key-refused-${classId}` };
  expect(codesOf(await run(command, raw))).toEqual(['CLASS_FULL']);
  await db.model(classes).updateOne({ _id: classId }, { $set: { places: 1 } });
  expect(codesOf(await run(command, raw))).toEqual(again);
  const other = { ...raw, idempotencyKey: `key-fresh-${classId}` };
  expect(codesOf(await run(command, other))).toEqual(fresh);
});

test('one member that breaks its group fails alone', async () => {
  const classId = await openClass(3);
  const results = await Promise.allSettled(
    ['tch_1', 'tch_poison', 'tch_2'].map((teacherId) =>
      run(grouped, { classId, teacherId, idempotencyKey: `key-${classId}-${teacherId}` }),
    ),
  );
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(await db.model(seats).countDocuments({ classId })).toBe(2);
});

test('what fails before its commit leaves nothing: no state, no event, no audit entry, no answer', async () => {
  const classId = await openClass(1);
  const dying = {
    ...room,
    run: {
      ...room.run,
      faultPoint: (name: string) => {
        if (name === 'before-commit') throw new Error('killed');
      },
    },
  };
  const raw = { classId, teacherId: 'tch_a', idempotencyKey: `key-dying-${classId}` };
  await expect(execute(dying, single, admin, raw)).rejects.toThrow('killed');
  expect(await db.model(seats).countDocuments({ classId })).toBe(0);
  expect(await db.model(outboxRows).countDocuments({ key: classId })).toBe(0);
  expect(await db.model(auditEntries).countDocuments({ stream: classId })).toBe(0);
  expect((await execute(room, single, admin, raw)).answer).not.toBeNull();
});
