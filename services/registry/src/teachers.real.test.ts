/** Teachers on a real MongoDB: what names a person stays sealed, masked and out of everything that is told. [REG-05] */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Caller } from '@shixun/runtime';
import { as, city, county, RealRegistry } from './real-registry.example.ts';
import { checkDigit } from './teachers/identity-number.ts';

let registry: RealRegistry;
let schoolId: string;
let otherSchoolId: string;
let farSchoolId: string;

beforeAll(async () => {
  registry = await RealRegistry.open(process.env.MONGODB_URI);
  schoolId = await school('2114000001', '140105001');
  otherSchoolId = await school('2114000002', '140105201', true);
  farSchoolId = await school('2114000003', '140106001', false, city);
});
afterAll(async () => {
  await registry.close();
});

async function school(code: string, regionCode: string, rural = false, caller = county) {
  const input = { code, name: `学校${code}`, kind: 'PRIMARY', regionCode, rural };
  return (await registry.command(caller, 'registerSchool', input, 'school { id }')).school.id;
}

let people = 0;
/** Planted values: an address of no county, so nobody's number. */
function nextPerson() {
  people += 1;
  const first17 = `14000019900101${String(people).padStart(3, '0')}`;
  return {
    name: `种植${String.fromCodePoint(0x4e00 + people)}`,
    identityNumber: first17 + checkDigit(first17),
    phone: `1400${String(people).padStart(7, '0')}`,
  };
}

async function register(changes: Record<string, unknown> = {}, caller: Caller = county) {
  const person = { ...nextPerson(), ...changes };
  const input = {
    ...person,
    schoolId,
    since: '2020-09-01',
    stage: 'PRIMARY',
    subjects: ['chinese'],
    careerStage: 'BACKBONE',
    ...changes,
  };
  const payload = await registry.command(caller, 'registerTeacher', input, 'teacher { id }');
  return { person, id: payload.teacher?.id as string, refusals: payload.refusals };
}

async function field(caller: Caller | null, id: string, name: string) {
  const source = `query ($id: ID!) { teacher(id: $id) { ${name} } }`;
  const { data, errors } = await registry.ask(caller, source, { id });
  return errors === undefined ? data.teacher[name] : errors[0]?.message;
}

describe('registering', () => {
  test('REG-05: the same number typed in another way is the same person', async () => {
    const { person } = await register();
    const fullWidth = person.identityNumber.replaceAll(/\d/g, (digit: string) =>
      String.fromCodePoint(0xff10 + Number(digit)),
    );
    const again = await register({ identityNumber: fullWidth.toLowerCase() });
    expect(again.refusals).toMatchObject([
      { rule: 'REG-05', code: 'IDENTITY_NUMBER_TAKEN', path: ['identityNumber'], actual: null },
    ]);
  });

  test('REG-05: of two that register one number at once, exactly one does', async () => {
    const { identityNumber } = nextPerson();
    const both = await Promise.all([register({ identityNumber }), register({ identityNumber })]);
    expect(both.filter(({ refusals }) => refusals.length === 0)).toHaveLength(1);
    expect(both.flatMap(({ refusals }) => refusals)).toMatchObject([
      { code: 'IDENTITY_NUMBER_TAKEN' },
    ]);
  });

  test('REG-05: a wrong check digit is named', async () => {
    const { refusals } = await register({ identityNumber: '110105194912310021' });
    expect(refusals).toMatchObject([{ rule: 'REG-05', code: 'IDENTITY_NUMBER_CHECK_DIGIT' }]);
  });

  test('REG-01: a school registers its own teachers, and nobody else’s', async () => {
    const own = as('SchoolAdmin', { schoolId });
    expect((await register({}, own)).refusals).toEqual([]);
    const other = as('SchoolAdmin', { schoolId: otherSchoolId });
    expect((await register({}, other)).refusals).toMatchObject([{ code: 'NOT_FOUND' }]);
  });
});

describe('who sees what', () => {
  const hidden = 'Not yours to see.';

  test('REG-05: number and phone masked for whoever keeps the record, the owner included', async () => {
    const { id } = await register();
    for (const caller of [as('Teacher', { personId: id }), as('SchoolAdmin', { schoolId }), city]) {
      expect(await field(caller, id, 'identityNumberMasked')).toMatch(/^140\*{11}.{4}$/);
      expect(await field(caller, id, 'phoneMasked')).toMatch(/^140\*{4}\d{4}$/);
    }
  });

  test('REG-05: others get neither form of the number', async () => {
    const { id } = await register();
    const others = [
      as('Teacher', { personId: 'tch_other' }),
      as('SchoolAdmin', { schoolId: otherSchoolId }),
      as('CountyAdmin', { regionCode: '140106' }),
      as('ClassHead', { institutionId: 'ins_1' }),
      as('ExpertReviewer', { regionCode: '140000' }),
    ];
    for (const caller of others) {
      expect(await field(caller, id, 'identityNumberMasked')).toBe(hidden);
      expect(await field(caller, id, 'phoneMasked')).toBe(hidden);
    }
    expect(await field(null, id, 'name')).toBe('Sign in first.');
  });

  test('REG-05: the name for those who work with the person, not for any other teacher', async () => {
    const { id, person } = await register();
    expect(await field(as('ClassHead'), id, 'name')).toBe(person.name);
    expect(await field(as('Teacher', { personId: 'tch_other' }), id, 'name')).toBe(hidden);
  });

  test('REG-05: the gateway’s way in decides alike', async () => {
    const { id } = await register();
    const source = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Teacher { id identityNumberMasked } } }`;
    const of = [{ __typename: 'Teacher', id }];
    const owner = await registry.ask(as('Teacher', { personId: id }), source, { of });
    expect(owner.data._entities).toMatchObject([
      { id, identityNumberMasked: expect.stringMatching(/^140\*{11}/) },
    ]);
    const stranger = await registry.ask(as('ClassHead'), source, { of });
    expect(stranger.data._entities).toEqual([{ id, identityNumberMasked: null }]);
    expect(stranger.errors).toMatchObject([{ message: hidden }]);
  });

  test('a teacher finds the own record; a list holds what is in scope', async () => {
    const { id } = await register();
    const me = await registry.ask(as('Teacher', { personId: id }), '{ me { id school { id } } }');
    expect(me.data.me).toEqual({ id, school: { id: schoolId } });
    const list = '{ teachers(first: 100) { edges { node { id } } } }';
    const ids = async (caller: Caller) => {
      const { data } = await registry.ask(caller, list);
      return data.teachers.edges.map((edge: { node: { id: string } }) => edge.node.id);
    };
    expect(await ids(county)).toContain(id);
    expect(await ids(as('SchoolAdmin', { schoolId }))).toContain(id);
    expect(await ids(as('SchoolAdmin', { schoolId: otherSchoolId }))).toEqual([]);
    expect(await ids(as('CountyAdmin', { regionCode: '140106' }))).toEqual([]);
    const { errors } = await registry.ask(as('Teacher', { personId: id }), list);
    expect(errors).toMatchObject([{ message: hidden }]);
  });
});

describe('transfer', () => {
  test('REG-05: history is kept, the event tells the new school, the old school sees no more', async () => {
    const { id } = await register();
    const input = { teacherId: id, toSchoolId: otherSchoolId, effectiveOn: '2026-09-01' };
    const fields = 'teacher { school { id } rural postings { from to school { id } } }';
    expect(await registry.command(county, 'transferTeacher', input, fields)).toEqual({
      teacher: {
        school: { id: otherSchoolId },
        rural: true,
        postings: [
          { from: '2020-09-01', to: '2026-09-01', school: { id: schoolId } },
          { from: '2026-09-01', to: null, school: { id: otherSchoolId } },
        ],
      },
      refusals: [],
    });
    const told = await registry.told('registry.teacher.recorded.v1');
    expect(told.filter(({ teacherId }) => teacherId === id).map((data) => data.schoolId)).toEqual([
      schoolId,
      otherSchoolId,
    ]);
    expect(await field(as('SchoolAdmin', { schoolId }), id, 'name')).toBe('Not yours to see.');
  });

  test('REG-01: into another county only by the superior of both', async () => {
    const { id } = await register();
    const input = { teacherId: id, toSchoolId: farSchoolId, effectiveOn: '2026-09-01' };
    const transfer = (caller: Caller) =>
      registry.command(caller, 'transferTeacher', input, 'teacher { id }');
    expect((await transfer(county)).refusals).toMatchObject([
      { rule: 'REG-01', code: 'TRANSFER_OUT_OF_AREA' },
    ]);
    expect((await transfer(city)).teacher).toEqual({ id });
  });
});

test('REG-05: planted names, numbers and phones are nowhere outside the sealed record', async () => {
  const planted = [];
  for (let n = 0; n < 20; n += 1) planted.push(await register());
  const input = { toSchoolId: otherSchoolId, effectiveOn: '2026-09-01' };
  for (const { id } of planted) {
    await registry.command(
      county,
      'transferTeacher',
      { ...input, teacherId: id },
      'teacher { id }',
    );
  }
  const { db } = registry;
  const everything = new Map<string, string>();
  for (const { name } of await db.connection.listCollections()) {
    const rows = await db.connection.collection(name).find({}).toArray();
    everything.set(name, JSON.stringify(rows));
  }
  for (const { person } of planted) {
    for (const [collection, text] of everything) {
      expect([collection, text.includes(person.identityNumber)]).toEqual([collection, false]);
      expect([collection, text.includes(person.phone)]).toEqual([collection, false]);
      // The name is the record's own; nothing that is told, audited or stored as an answer has it.
      expect([collection, text.includes(person.name)]).toEqual([
        collection,
        collection === 'teachers',
      ]);
    }
  }
  expect(everything.get('outbox')).toContain('registry.teacher.recorded.v1');
  expect(everything.get('audit')).toContain('registerTeacher');
});
