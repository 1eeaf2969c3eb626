/** Personal data on a real MongoDB: read with a purpose, corrected, copied and erased. [GOV-03] */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Caller, runUnit } from '@shixun/runtime';
import { findDuplicatesOnce } from './identities/commands-find.ts';
import { rotateKeys } from './personal-data/store-rotate.ts';
import { as, city, county, province, RealRegistry } from './real-registry.example.ts';
import { checkDigit } from './teachers/identity-number.ts';
import { Sealing } from './teachers/sealing.ts';
import { teachers } from './teachers/store.ts';

let registry: RealRegistry;
let schoolId: string;
let school: Caller;

beforeAll(async () => {
  registry = await RealRegistry.open(process.env.MONGODB_URI);
  const input = {
    code: '2114000001',
    name: '坞城小学',
    kind: 'PRIMARY',
    regionCode: '140105001',
    rural: false,
  };
  schoolId = (await registry.command(county, 'registerSchool', input, 'school { id }')).school.id;
  school = as('SchoolAdmin', { schoolId });
});
afterAll(async () => {
  await registry.close();
});

let people = 0;
function nextNumber(): string {
  people += 1;
  const first17 = `14000019900101${String(people).padStart(3, '0')}`;
  return first17 + checkDigit(first17);
}

async function register(changes: Record<string, unknown> = {}) {
  const person = {
    name: `教师${String.fromCodePoint(0x4e00 + people)}`,
    identityNumber: nextNumber(),
    phone: `1400${String(people).padStart(7, '0')}`,
    ...changes,
  };
  const input = {
    ...person,
    schoolId,
    since: '2020-09-01',
    stage: 'PRIMARY',
    subjects: ['chinese'],
    careerStage: 'BACKBONE',
  };
  const payload = await registry.command(county, 'registerTeacher', input, 'teacher { id }');
  const id = payload.teacher?.id as string;
  return { ...person, id, owner: as('Teacher', { personId: id }) };
}

type Read = { readonly id: string; readonly purpose?: string };
function read(
  caller: Caller,
  { id, purpose = '核验职称材料' }: Read,
  command = 'readIdentityNumber',
) {
  const shown = command === 'readPhone' ? 'phone' : 'identityNumber';
  const fields = `value: ${shown} disclosure { id fields purpose reader requestId }`;
  return registry.command(caller, command, { teacherId: id, purpose }, fields);
}

const codesOf = ({ refusals }: { refusals: { code: string }[] }) =>
  refusals.map(({ code }) => code);

async function shown(caller: Caller, id: string, fields: string) {
  const source = `query ($id: ID!) { teacher(id: $id) { ${fields} } }`;
  const { data, errors } = await registry.ask(caller, source, { id });
  return errors === undefined ? data.teacher : errors[0]?.message;
}

describe('reading a number', () => {
  test('GOV-03: owner, school and county read with a purpose, each reading on record for the owner', async () => {
    const { id, identityNumber, phone, owner } = await register();
    for (const caller of [owner, school, county]) {
      expect(await read(caller, { id })).toMatchObject({
        value: identityNumber,
        disclosure: { fields: ['IDENTITY_NUMBER'], reader: caller.subject, requestId: 'req_test' },
        refusals: [],
      });
    }
    expect(await read(county, { id, purpose: '通知参训时间' }, 'readPhone')).toMatchObject({
      value: phone,
    });
    const list = 'disclosures { edges { node { fields purpose reader } } }';
    const { disclosures } = await shown(owner, id, list);
    expect(disclosures.edges.map((edge: { node: unknown }) => edge.node)).toHaveLength(4);
    expect(disclosures.edges).toContainEqual({
      node: { fields: ['PHONE'], purpose: '通知参训时间', reader: county.subject },
    });
    expect(await shown(as('Auditor', { regionCode: '140000' }), id, list)).toEqual({ disclosures });
    expect(await shown(school, id, list)).toBe('Not yours to see.');
    const audited = (await registry.audited()).filter(({ stream }) => stream === id);
    expect(audited.map(({ command }) => command)).toEqual([
      'registerTeacher',
      ...Array.from({ length: 3 }, () => 'readIdentityNumber'),
      'readPhone',
    ]);
    expect(JSON.stringify(audited)).not.toContain(identityNumber);
  });

  test('GOV-03: whoever does not need it reads nothing, and leaves no reading', async () => {
    const { id } = await register();
    const others = [city, province, as('ClassHead'), as('Teacher', { personId: 'tch_other' })];
    for (const caller of others) {
      expect((await read(caller, { id })).value).toBeNull();
    }
    expect(codesOf(await read(as('CountyAdmin', { regionCode: '140106' }), { id }))).toEqual([
      'NOT_FOUND',
    ]);
    const { disclosures } = await shown(province, id, 'disclosures { edges { cursor } }');
    expect(disclosures.edges).toEqual([]);
  });

  test('GOV-03: a purpose is three characters too short or a number in words’ place: refused', async () => {
    const { id, identityNumber } = await register();
    expect(codesOf(await read(county, { id, purpose: '三个字' }))).toEqual(['INPUT_INVALID']);
    expect((await read(county, { id, purpose: '四个字了' })).refusals).toEqual([]);
    expect(codesOf(await read(county, { id, purpose: `核验${identityNumber}` }))).toEqual([
      'PURPOSE_HOLDS_NUMBER',
    ]);
  });

  test('GOV-03: a repeated request is one reading', async () => {
    const { id, identityNumber } = await register();
    const source = `mutation ($input: ReadIdentityNumberInput!) {
      readIdentityNumber(input: $input) { identityNumber disclosure { id } } }`;
    const input = { idempotencyKey: 'the-same-key', teacherId: id, purpose: '核验职称材料' };
    const first = await registry.ask(county, source, { input });
    expect(first.data.readIdentityNumber.identityNumber).toBe(identityNumber);
    expect(await registry.ask(county, source, { input })).toEqual(first);
  });
});

describe('the owner’s copy', () => {
  test('GOV-03: holds the record with its numbers and who read them; it is a reading itself', async () => {
    const { id, identityNumber, phone, owner } = await register();
    await read(school, { id });
    const copy = await registry.command(
      owner,
      'exportMyPersonalData',
      {},
      'registry teacher { id }',
    );
    expect(copy).toMatchObject({ teacher: { id }, refusals: [] });
    const held = JSON.parse(copy.registry);
    expect(held.teacher).toMatchObject({ id, identityNumber, phone, subjects: ['chinese'] });
    expect(held.disclosures).toHaveLength(2);
    expect(copy.registry).not.toMatch(/Sealed|identityIndex/);
    const foreign = await registry.command(county, 'exportMyPersonalData', {}, 'registry');
    expect(foreign.registry).toBeNull();
  });
});

describe('correction', () => {
  const fields = `correction {
    id state name identityNumberMasked phoneMasked nameBefore identityNumberMaskedBefore
  }`;
  const ask = (caller: Caller, input: object) =>
    registry.command(caller, 'requestCorrection', { reason: '户口本与档案不符', ...input }, fields);
  const decide = (caller: Caller, correctionId: string, accept: boolean) =>
    registry.command(
      caller,
      'decideCorrection',
      { correctionId, accept, note: '已核对原件' },
      fields,
    );

  test('GOV-03: asked for by the owner, applied by the school, with what stood there before', async () => {
    const { id, identityNumber, name, owner } = await register();
    const right = nextNumber();
    const { correction } = await ask(owner, { name: '正名', identityNumber: right });
    expect(correction).toMatchObject({ state: 'REQUESTED', name: '正名', phoneMasked: null });
    expect(codesOf(await ask(owner, { name: '再正' }))).toEqual(['CORRECTION_OPEN']);
    expect(
      codesOf(await decide(as('SchoolAdmin', { schoolId: 'sch_x' }), correction.id, true)),
    ).toEqual(['NOT_FOUND']);
    expect((await decide(school, correction.id, true)).correction).toMatchObject({
      state: 'APPLIED',
      nameBefore: name,
      identityNumberMaskedBefore: `140${'*'.repeat(11)}${identityNumber.slice(14)}`,
    });
    expect((await read(county, { id })).value).toBe(right);
    expect(await shown(owner, id, 'name')).toEqual({ name: '正名' });
    // The wrong number is free again, the right one is taken.
    expect((await register({ identityNumber })).id).toBeDefined();
    expect((await register({ identityNumber: right })).id).toBeUndefined();
    expect(codesOf(await decide(school, correction.id, true))).toEqual(['CORRECTION_DECIDED']);
  });

  test('REG-16: a record is compared with the others anew by what was corrected, and by nothing else', async () => {
    const [one, other] = [await register(), await register()];
    const pairOf = async () => {
      while (await runUnit(registry.db, findDuplicatesOnce, registry.room.run));
      const list =
        '{ probableDuplicates(first: 100) { edges { node { teacher { id } other { id } likeness } } } }';
      const { data } = await registry.ask(county, list);
      type Node = { teacher: { id: string }; other: { id: string }; likeness: string[] };
      const nodes = data.probableDuplicates.edges.map(({ node }: { node: Node }) => node);
      return nodes.find((node: Node) =>
        [one.id, other.id].every((id) => [node.teacher.id, node.other.id].includes(id)),
      )?.likeness;
    };
    expect(await pairOf()).toBeUndefined();
    // Another phone makes nobody alike; the name does, with the birth date that both have.
    const phone = await ask(other.owner, { phone: one.phone });
    await decide(school, phone.correction.id, true);
    expect(await pairOf()).toBeUndefined();
    const name = await ask(other.owner, { name: one.name });
    await decide(school, name.correction.id, true);
    expect(await pairOf()).toEqual(['BIRTH_DATE', 'PHONE']);
  });

  test('GOV-03: declined, nothing changes; the queue of the scope shows it until then', async () => {
    const { id, name, phone, owner } = await register();
    const { correction } = await ask(owner, { phone: '13912340000' });
    const queue = `{ corrections(state: REQUESTED, first: 100) { edges { node { id } } } }`;
    const waiting = async (caller: Caller) =>
      (await registry.ask(caller, queue)).data.corrections.edges;
    expect(await waiting(county)).toContainEqual({ node: { id: correction.id } });
    expect(await waiting(as('CountyAdmin', { regionCode: '140106' }))).toEqual([]);
    expect((await decide(county, correction.id, false)).correction.state).toBe('DECLINED');
    expect(await waiting(county)).not.toContainEqual({ node: { id: correction.id } });
    expect(await shown(owner, id, 'name')).toEqual({ name });
    expect((await read(owner, { id }, 'readPhone')).value).toBe(phone);
  });

  test('GOV-03: two owners who ask for one number: the second to be decided is refused', async () => {
    const [one, other] = [await register(), await register()];
    const identityNumber = nextNumber();
    const asked = [
      await ask(one.owner, { identityNumber }),
      await ask(other.owner, { identityNumber }),
    ];
    const [first, second] = asked.map(({ correction }) => correction.id);
    expect((await decide(county, first, true)).refusals).toEqual([]);
    expect(codesOf(await decide(county, second, true))).toEqual(['IDENTITY_NUMBER_TAKEN']);
  });
});

describe('erasure', () => {
  test('GOV-03: by the province alone; numbers and index are gone, record, history and audit stay', async () => {
    const { id, identityNumber, phone, name, owner } = await register();
    await read(county, { id });
    const erase = (caller: Caller) =>
      registry.command(
        caller,
        'erasePersonalData',
        { teacherId: id, reason: '本人依法申请删除' },
        'teacher { id personalDataErasedAt }',
      );
    const before = await registry.db.model(teachers).findById(id).lean();
    expect(codesOf(await erase(county))).toEqual(['FORBIDDEN']);
    expect((await erase(province)).teacher).toEqual({
      id,
      personalDataErasedAt: registry.now.toISOString(),
    });
    expect(codesOf(await read(owner, { id }))).toEqual(['PERSONAL_DATA_ERASED']);
    const fields =
      'name identityNumberMasked phoneMasked postings { from } disclosures { edges { cursor } }';
    expect(await shown(province, id, fields)).toMatchObject({
      name,
      identityNumberMasked: null,
      phoneMasked: null,
      postings: [{ from: '2020-09-01' }],
      disclosures: { edges: [{}] },
    });
    // Not even a kept copy of the row says anything, since its key is gone.
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
});

describe('rotation of the master key', () => {
  test('GOV-03: everything opens with the new key alone; both are understood meanwhile; a kill costs nothing', async () => {
    const before = await register();
    const next = Buffer.alloc(32, 9);
    const { room } = registry as unknown as { room: { personalDataKey: Buffer } };
    const former = room.personalDataKey;
    room.personalDataKey = Buffer.concat([next, former]);
    expect((await read(county, before)).value).toBe(before.identityNumber);
    // Its index is still the former key's: the same number is known all the same.
    expect((await register({ identityNumber: before.identityNumber })).id).toBeUndefined();
    const during = await register();
    const told: number[] = [];
    const stopped = rotateKeys(registry.room, {
      batch: 3,
      told: ({ done }) => {
        told.push(done);
        if (done >= 6) throw new Error('killed');
      },
    });
    await expect(stopped).rejects.toThrow('killed');
    const rest = await rotateKeys(registry.room, { batch: 3, told: () => undefined });
    const keys = registry.db.connection.collection('personal_keys');
    const held = await keys.countDocuments({ wrapped: { $ne: null } });
    expect(told).toEqual([3, 6]);
    // `during` was wrapped by the new key from the start.
    expect(rest.done).toBe(held - 6 - 1);
    expect(await keys.countDocuments({ masterId: new Sealing(former).masterId })).toBe(0);
    room.personalDataKey = next;
    for (const each of [before, during]) {
      expect((await read(county, each)).value).toBe(each.identityNumber);
      expect((await register({ identityNumber: each.identityNumber })).id).toBeUndefined();
    }
    expect(await rotateKeys(registry.room, { batch: 3, told: () => undefined })).toEqual({
      done: 0,
    });
  });
});
