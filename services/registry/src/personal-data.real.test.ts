/** Personal data on a real MongoDB: read with a purpose, copied, corrected. [GOV-03] */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Caller, runUnit } from '@shixun/runtime';
import { findDuplicatesOnce } from './identities/commands-find.ts';
import { codesOf, RealPeople } from './real-people.example.ts';
import { as, city, county, province, type RealRegistry } from './real-registry.example.ts';

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
    const right = people.nextNumber();
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
    const identityNumber = people.nextNumber();
    const asked = [
      await ask(one.owner, { identityNumber }),
      await ask(other.owner, { identityNumber }),
    ];
    const [first, second] = asked.map(({ correction }) => correction.id);
    expect((await decide(county, first, true)).refusals).toEqual([]);
    expect(codesOf(await decide(county, second, true))).toEqual(['IDENTITY_NUMBER_TAKEN']);
  });
});
