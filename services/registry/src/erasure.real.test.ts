/** Personal data's end and its keys on a real MongoDB: erased for good, and rotated without a loss. [GOV-03] */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Caller, runUnit } from '@shixun/runtime';
import { findDuplicatesOnce } from './identities/commands-find.ts';
import { keysByMaster, rotateKeys } from './personal-data/store-rotate.ts';
import { codesOf, RealPeople } from './real-people.example.ts';
import { county, province, type RealRegistry } from './real-registry.example.ts';
import { Sealing } from './teachers/sealing.ts';
import { teachers } from './teachers/store.ts';

let people: RealPeople;
let registry: RealRegistry;
let school: Caller;
beforeAll(async () => {
  people = await RealPeople.open();
  ({ registry, school } = people);
});
afterAll(() => registry.close());

const register: RealPeople['register'] = (changes) => people.register(changes);
const read: RealPeople['read'] = (...asked) => people.read(...asked);
const shown: RealPeople['shown'] = (...asked) => people.shown(...asked);

const erase = (caller: Caller, teacherId: string) =>
  registry.command(
    caller,
    'erasePersonalData',
    { teacherId, reason: '本人依法申请删除' },
    'teacher { id personalDataErasedAt }',
  );

/** Those of the words that stand anywhere in the database. */
async function foundAnywhere(words: readonly string[]): Promise<readonly string[]> {
  const { db } = registry.db.connection;
  const collections = (await db?.listCollections().toArray()) ?? [];
  const rows = collections.map(({ name }) => db?.collection(name).find().toArray());
  const text = JSON.stringify(await Promise.all(rows));
  return words.filter((word) => text.includes(word));
}

describe('erasure', () => {
  test('GOV-03: by the province alone; name, numbers and index are gone, record, history and audit stay', async () => {
    const { id, identityNumber, phone, owner } = await register({ name: '删除甲' });
    await read(county, { id });
    const before = await registry.db.model(teachers).findById(id).lean();
    expect(codesOf(await erase(county, id))).toEqual(['FORBIDDEN']);
    expect((await erase(province, id)).teacher).toEqual({
      id,
      personalDataErasedAt: registry.now.toISOString(),
    });
    expect(codesOf(await read(owner, { id }))).toEqual(['PERSONAL_DATA_ERASED']);
    expect(codesOf(await erase(province, id))).toEqual(['PERSONAL_DATA_ERASED']);
    const fields =
      'name identityNumberMasked phoneMasked postings { from } disclosures { edges { cursor } }';
    expect(await shown(province, id, fields)).toMatchObject({
      name: null,
      identityNumberMasked: null,
      phoneMasked: null,
      postings: [{ from: '2020-09-01' }],
      disclosures: { edges: [{}] },
    });
    // Not even a kept copy of the row says the numbers, since its key is gone.
    const keys = registry.db.connection.collection('personal_keys');
    expect(await keys.findOne({ _id: id as never })).toMatchObject({ wrapped: null });
    expect(before?.identitySealed).not.toContain(identityNumber);
    const rows = JSON.stringify(await registry.db.model(teachers).findById(id).lean());
    expect(rows).not.toContain(before?.identityIndex);
    expect(rows).not.toContain(identityNumber.slice(14));
    expect(rows).not.toContain(phone.slice(7));
    const commands = (await registry.audited())
      .filter(({ stream }) => stream === id)
      .map(({ command }) => command);
    expect(commands).toEqual(['registerTeacher', 'readIdentityNumber', 'erasePersonalData']);
    // The number is nobody's now: the person may be registered anew.
    expect((await register({ identityNumber })).id).not.toBe(id);
  });

  test('GOV-03: what corrections said of the person goes too; that there were some stays', async () => {
    const { id, owner } = await register({ name: '删除乙' });
    const ask = { name: '更正为丙', reason: '删除乙应为更正为丙' };
    const asked = await registry.command(owner, 'requestCorrection', ask, 'correction { id }');
    const correctionId = asked.correction.id;
    const decision = { correctionId, accept: true, note: '已核对更正为丙' };
    await registry.command(school, 'decideCorrection', decision, 'correction { id }');
    const words = ['删除乙', '更正为丙'];
    expect(await foundAnywhere(words)).toEqual(words);
    await erase(province, id);
    const fields =
      'corrections { edges { node { state name nameBefore reason note phoneMaskedBefore } } }';
    const none = { name: null, nameBefore: null, reason: null, note: null };
    expect(await shown(province, id, fields)).toEqual({
      corrections: {
        edges: [{ node: { state: 'APPLIED', ...none, phoneMaskedBefore: null } }],
      },
    });
    expect(await foundAnywhere(words)).toEqual([]);
  });

  test('GOV-03, REG-16: a person is erased in every record that was merged', async () => {
    const gone = await register({ name: '并入者' });
    const stays = await register({ name: '留存者' });
    const merge = { teacherId: gone.id, survivorId: stays.id, reason: '同一人的两份档案' };
    await registry.command(county, 'mergeTeachers', merge, 'survivor { id }');
    const copy = await registry.command(stays.owner, 'exportMyPersonalData', {}, 'registry');
    const held = JSON.parse(copy.registry);
    expect(held).toMatchObject({
      teacher: { id: stays.id, phone: stays.phone },
      merged: [{ id: gone.id, phone: gone.phone, identityNumber: gone.identityNumber }],
    });
    expect(held.disclosures).toHaveLength(2);
    const readings = 'disclosures { edges { node { purpose } } }';
    expect((await shown(stays.owner, stays.id, readings)).disclosures.edges).toHaveLength(2);
    expect((await erase(province, gone.id)).teacher.id).toBe(stays.id);
    expect(await foundAnywhere(['并入者', '留存者', gone.phone, stays.phone])).toEqual([]);
    const unmerge = { teacherId: gone.id, reason: '两份档案并非一人' };
    await registry.command(county, 'unmergeTeacher', unmerge, 'teacher { id }');
    expect(codesOf(await read(county, gone))).toEqual(['PERSONAL_DATA_ERASED']);
    expect((await register({ identityNumber: gone.identityNumber })).id).toBeDefined();
  });
});

describe('rotation of the master key', () => {
  const next = Buffer.alloc(32, 9);
  let former: Buffer;
  const configure = (...keys: readonly Buffer[]) => {
    const { room } = registry as unknown as { room: { personalDataKey: Buffer } };
    room.personalDataKey = Buffer.concat(keys);
  };
  const compared = async () => {
    while (await runUnit(registry.db, findDuplicatesOnce, registry.room.run));
    const list =
      '{ probableDuplicates(first: 100) { edges { node { teacher { id } other { id } } } } }';
    const { data } = await registry.ask(county, list);
    type Edge = { readonly node: { readonly teacher: Id; readonly other: Id } };
    type Id = { readonly id: string };
    return data.probableDuplicates.edges.map(({ node }: Edge) =>
      [node.teacher.id, node.other.id].sort(),
    );
  };
  const lying = async () =>
    (await keysByMaster(registry.room)).map(({ keys, place }) => [place, keys]);

  test('GOV-03, REG-16: everything opens with the new key alone, and duplicates are found across it; a kill costs nothing', async () => {
    former = registry.room.personalDataKey;
    const name = '轮换前后';
    const before = await register({ name });
    for (let n = 0; n < 7; n += 1) await register();
    expect(await compared()).toEqual([]);
    configure(next, former);
    expect((await read(county, before)).value).toBe(before.identityNumber);
    // Its index is still the former key's: the same number is known all the same.
    expect((await register({ identityNumber: before.identityNumber })).id).toBeUndefined();
    const during = await register({ name });
    const [[, sealedAnew], [, asBefore = 0], [, destroyed]] = (await lying()) as [
      [number, number],
      [number, number],
      [null, number],
    ];
    expect([sealedAnew, destroyed]).toEqual([1, 4]);
    const told: number[] = [];
    const stopped = rotateKeys(registry.room, {
      batch: 3,
      told: ({ done }) => {
        told.push(done);
        if (done >= 6) throw new Error('killed');
      },
    });
    await expect(stopped).rejects.toThrow('killed');
    expect(await lying()).toEqual([
      [1, 7],
      [2, asBefore - 6],
      [null, 4],
    ]);
    const rest = await rotateKeys(registry.room, { batch: 3, told: () => undefined });
    expect(told).toEqual([3, 6]);
    // `during` was wrapped by the new key from the start.
    expect(rest.done).toBe(asBefore - 6);
    configure(next);
    expect(await lying()).toEqual([
      [1, asBefore + 1],
      [null, 4],
    ]);
    const after = await register({ name });
    for (const each of [before, during, after]) {
      expect((await read(county, each)).value).toBe(each.identityNumber);
      expect((await register({ identityNumber: each.identityNumber })).id).toBeUndefined();
    }
    const pairs = [
      [before, during],
      [before, after],
      [during, after],
    ].map((pair) => pair.map(({ id }) => id).sort());
    expect((await compared()).sort()).toEqual(pairs.sort());
    expect(await rotateKeys(registry.room, { batch: 3, told: () => undefined })).toEqual({
      done: 0,
    });
  });

  test('GOV-03: a master key that was taken out too early is shown with whom it keeps closed', async () => {
    const open = await lying();
    configure(former);
    expect(await keysByMaster(registry.room)).toEqual([
      { masterId: new Sealing(former).masterId, place: 1, keys: 0 },
      { masterId: new Sealing(next).masterId, place: null, keys: open[0]?.[1] },
      { masterId: null, place: null, keys: 4 },
    ]);
    configure(next);
  });
});
