import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { connectDatabase, type Database } from '../database.ts';
import { outboxRows } from '../outbox/store.ts';
import { runUnit } from '../unit/run.ts';
import { type AuditEntry, auditEntries, auditHash, streamHeads } from '../unit/streams.ts';
import { anchorsIn } from './anchors.ts';
import { signCheckpoints } from './checkpoint.ts';
import { auditSigner, auditVerifiers, checkpointHash } from './signing.ts';
import { auditInOrder, type Checkpoint, checkpointMarks, checkpoints } from './store.ts';
import { verifyAudit } from './verify.ts';

let db: Database;
let now: Date;

function newKey() {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    secret: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
    open: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
  };
}
const key = newKey();
const signer = auditSigner(key.secret);
const keys = auditVerifiers([key.open]);

beforeEach(async () => {
  const database = `audit-${randomBytes(4).toString('hex')}`;
  db = await connectDatabase({ uri: String(process.env.MONGODB_URI), database });
  const all = [auditEntries, auditInOrder, streamHeads, checkpoints, checkpointMarks, outboxRows];
  await db.ensureIndexes(all as never);
  now = new Date('2026-09-01T03:00:00Z');
});
afterEach(async () => {
  await db.connection.dropDatabase();
  await db.close();
});

const run = { service: 'courses' as const, clock: () => now };

async function act(stream: string, times = 1) {
  for (let time = 0; time < times; time += 1) {
    now = new Date(now.getTime() + 1_000);
    const note = { stream, actor: 'usr_1', command: 'act', facts: { time }, policyVersion: null };
    await runUnit(db, async (unit) => unit.audit(note), run);
  }
}

const sign = (entriesMax = 1_000) =>
  signCheckpoints({ db, run } as never, { service: 'courses', signer, entriesMax });
const entries = () => db.connection.collection<AuditEntry>(auditEntries.name);
const signed = () => db.connection.collection<Checkpoint>(checkpoints.name);
const verify = async (stream?: string) => (await verifyAudit(db, { keys, stream })).problem;

describe('GOV-02: checkpoints', () => {
  test('vouch for every stream that changed, once, in bounded steps', async () => {
    await act('cls_a', 3);
    await act('cls_b', 2);
    expect(await sign(2)).toBeGreaterThan(1);
    expect(await sign()).toBe(0);
    await act('cls_b');
    expect(await sign()).toBe(1);
    const rows = await signed().find().sort({ number: 1 }).toArray();
    const leaves = rows.flatMap((row) =>
      row.leaves.map((leaf) => `${leaf.stream}/${leaf.sequence}`),
    );
    expect(leaves).toEqual(['cls_a/3', 'cls_b/2', 'cls_b/3']);
    expect(await verifyAudit(db, { keys })).toEqual({
      entries: 6,
      streams: 2,
      checkpoints: 3,
      anchors: 0,
      strangers: 0,
      problem: null,
    });
  });

  test('miss nothing that was committed late or by a clock that is behind', async () => {
    await act('cls_a');
    await sign();
    now = new Date(now.getTime() - 9 * 60_000);
    await act('cls_late');
    expect(await sign()).toBe(1);
    const [last] = await signed().find().sort({ number: -1 }).limit(1).toArray();
    expect(last?.leaves).toMatchObject([{ stream: 'cls_late', sequence: 1 }]);
  });

  test('the entries are read by an index, a page at a time', async () => {
    await act('cls_a', 5);
    const plan = await entries()
      .find({ at: { $gte: new Date(0) } })
      .sort({ at: 1, _id: 1 })
      .limit(2)
      .explain('executionStats');
    expect(JSON.stringify(plan.queryPlanner.winningPlan)).not.toMatch(/COLLSCAN|"SORT"/);
    expect(plan.executionStats.totalDocsExamined).toBe(2);
  });
});

const checkpointWrong = (number: number, differs: string, anchored = false) => ({
  kind: 'checkpoint',
  number,
  differs,
  anchored,
});

describe('GOV-02: what was tampered with is named', () => {
  const at = (sequence: number) => ({ _id: `cls_a/${sequence}` });
  const wrong = (sequence: number, differs: string, checkpoint: number | null = null) => ({
    kind: 'entry',
    stream: 'cls_a',
    sequence,
    differs,
    checkpoint,
  });

  beforeEach(async () => {
    await act('cls_0', 2);
    await act('cls_a', 5);
    await act('cls_z', 2);
    await sign();
    expect(await verify()).toBeNull();
  });

  test('an altered entry', async () => {
    await entries().updateOne(at(3), { $set: { actor: 'usr_other' } });
    expect(await verify()).toEqual(wrong(3, 'altered'));
    expect(await verify('cls_z')).toBeNull();
    expect(await verify('cls_a')).toEqual(wrong(3, 'altered'));
  });

  test('an altered entry whose hash was made to fit', async () => {
    const row = await entries().findOne(at(3));
    if (row === null) throw new Error('it was written');
    const forged = { ...row, actor: 'usr_other' };
    await entries().updateOne(at(3), { $set: { actor: forged.actor, hash: auditHash(forged) } });
    expect(await verify()).toEqual(wrong(4, 'unchained'));
  });

  test('a removed entry, and the first one', async () => {
    await entries().deleteOne(at(3));
    expect(await verify()).toEqual(wrong(3, 'missing'));
    await entries().deleteOne(at(1));
    expect(await verify()).toEqual(wrong(1, 'missing'));
  });

  test('a tail that was cut off', async () => {
    await entries().deleteMany({ stream: 'cls_a', sequence: { $gte: 4 } });
    expect(await verify()).toEqual(wrong(4, 'missing'));
  });

  test('a tail that was cut off with its head moved back: the checkpoint shows it', async () => {
    await entries().deleteMany({ stream: 'cls_a', sequence: { $gte: 4 } });
    const third = await entries().findOne(at(3));
    const head = { auditSequence: 3, auditHash: third?.hash };
    await db.connection
      .collection(streamHeads.name)
      .updateOne({ _id: 'cls_a' as never }, { $set: head });
    expect(await verify()).toEqual(wrong(4, 'missing', 1));
  });

  test('a whole chain that was rewritten to the last hash: the checkpoint shows it', async () => {
    let previousHash = '0'.repeat(64);
    for (let sequence = 1; sequence <= 5; sequence += 1) {
      const row = await entries().findOne(at(sequence));
      if (row === null) throw new Error('it was written');
      const forged = { ...row, actor: 'usr_other', previousHash };
      const hash = auditHash(forged);
      await entries().updateOne(at(sequence), { $set: { actor: 'usr_other', previousHash, hash } });
      previousHash = hash;
    }
    const head = { $set: { auditHash: previousHash } };
    await db.connection.collection(streamHeads.name).updateOne({ _id: 'cls_a' as never }, head);
    expect(await verify()).toEqual(wrong(5, 'altered', 1));
  });

  test('a stream that was removed with everything of it: the checkpoint shows it', async () => {
    await entries().deleteMany({ stream: 'cls_a' });
    await db.connection.collection(streamHeads.name).deleteOne({ _id: 'cls_a' as never });
    expect(await verify()).toEqual(wrong(1, 'missing', 1));
  });

  test('a checkpoint itself: altered, resigned by a stranger, or removed', async () => {
    await act('cls_a');
    await sign();
    await act('cls_a');
    await sign();
    const second = await signed().findOne({ number: 2 });
    if (second === null) throw new Error('it was signed');
    const put = (fields: object) => signed().updateOne({ number: 2 }, { $set: fields });
    const leaves = [{ stream: 'cls_a', sequence: 6, hash: 'f'.repeat(64) }];
    await put({ leaves });
    expect(await verify()).toEqual(checkpointWrong(2, 'altered'));
    const hash = checkpointHash({ ...second, leaves });
    await put({ leaves, hash });
    expect(await verify()).toEqual(checkpointWrong(2, 'signature'));
    const stranger = auditSigner(newKey().secret);
    const theirs = checkpointHash({ ...second, leaves, keyId: stranger.keyId });
    await put({ leaves, keyId: stranger.keyId, hash: theirs, signature: stranger.sign(theirs) });
    expect(await verify()).toEqual(checkpointWrong(2, 'unknown key'));
    await signed().deleteOne({ number: 2 });
    expect(await verify()).toEqual(checkpointWrong(2, 'missing'));
  });
});

describe('GOV-02: what is kept outside the database', () => {
  /** The outbox as its topic has it, which nobody takes anything back from. */
  let lines: string[];
  const keep = async () => {
    const rows = await db.model(outboxRows).find({}).sort({ position: 1 }).lean();
    lines = rows.map(({ envelope }) => String(envelope));
  };
  const compare = () => verifyAudit(db, { keys, anchors: anchorsIn(lines, 'courses') });

  /** As somebody would who rules the database: nothing is left that speaks of what came last. */
  async function takeBack(number: number, left: number) {
    await entries().deleteMany({ stream: 'cls_a', sequence: { $gt: left } });
    const last = await entries().findOne({ _id: `cls_a/${left}` });
    const head = { auditSequence: left, auditHash: last?.hash };
    const at = { _id: 'cls_a' as never };
    await db.connection.collection(streamHeads.name).updateOne(at, { $set: head });
    const mark = { sequence: left };
    await db.connection.collection(checkpointMarks.name).updateOne(at, { $set: mark });
    await signed().deleteMany({ number: { $gte: number } });
  }

  beforeEach(async () => {
    await act('cls_a', 2);
    await sign();
    await act('cls_a', 3);
    await sign();
    await keep();
  });

  test('every checkpoint is told once, and all agree', async () => {
    expect(anchorsIn(lines, 'courses')).toMatchObject([{ number: 1 }, { number: 2, streams: 1 }]);
    expect(await compare()).toMatchObject({ anchors: 2, strangers: 0, problem: null });
    expect(anchorsIn(['no JSON', 'null', '{"type":"other"}', ...lines], 'registry')).toEqual([]);
  });

  test('the newest entries were taken back with their checkpoint: its number is named', async () => {
    await takeBack(2, 2);
    expect(await verify()).toBeNull();
    expect((await compare()).problem).toEqual(checkpointWrong(2, 'missing', true));
  });

  test('every checkpoint was taken back: the first is named', async () => {
    await takeBack(1, 2);
    expect((await compare()).problem).toEqual(checkpointWrong(1, 'missing', true));
  });

  test('and something else has been done and signed since: the replaced one is named', async () => {
    await takeBack(2, 2);
    await act('cls_a', 3);
    await sign();
    await keep();
    expect(await verify()).toBeNull();
    expect(anchorsIn(lines, 'courses').map(({ number }) => number)).toEqual([1, 2, 2]);
    expect((await compare()).problem).toEqual(checkpointWrong(2, 'replaced', true));
  });

  test('what no key given has signed is counted and believed in nothing', async () => {
    const [anchor] = anchorsIn(lines, 'courses');
    if (anchor === undefined) throw new Error('it was told');
    const stranger = auditSigner(newKey().secret);
    const forged = [
      { ...anchor, number: 9, hash: 'f'.repeat(64) },
      { ...anchor, number: 9, keyId: stranger.keyId, signature: stranger.sign(anchor.hash) },
    ];
    expect(await verifyAudit(db, { keys, anchors: [anchor, ...forged] })).toMatchObject({
      anchors: 1,
      strangers: 2,
      problem: null,
    });
  });
});

test.each(['', 'abc', 'A'.repeat(64)])('"%s" is no signing key', (text) => {
  expect(() => auditSigner(text)).toThrow('Ed25519');
});
