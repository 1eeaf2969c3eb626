/** The subgraph as a client meets it, on a real MongoDB: who sees what, what commands do, that no query scans. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { courses, registry } from '@shixun/contracts';
import {
  type Caller,
  type CommandRoom,
  GraphContext,
  Metrics,
  type Role,
  unguardedFields,
} from '@shixun/runtime';
import { graphql } from 'graphql';
import { access } from './access.ts';
import { service } from './app.ts';
import { checkLedger } from './ledger/readers-check.ts';
import { confirmed, RealLedger } from './ledger/real-ledger.example.ts';

let ledger: RealLedger;
let room: CommandRoom;
let now = new Date('2026-07-10T02:00:00Z');

beforeAll(async () => {
  ledger = await RealLedger.open(process.env.MONGODB_URI);
  await ledger.db.ensureIndexes(service.allCollections);
  room = {
    db: ledger.db,
    access: service.access,
    policies: ledger.policies,
    personalDataKey: Buffer.alloc(0),
    metrics: new Metrics('credits'),
    run: { service: 'credits', clock: () => now },
    lanes: new Map(),
  };
  await ledger.recordTeachers([
    teacher('tch_li', { schoolId: 'sch_a', regionCode: '140105' }),
    teacher('tch_wu', { schoolId: 'sch_b', regionCode: '140202', sector: 'vocational' }),
  ]);
});
afterAll(async () => {
  await ledger.close();
});
beforeEach(() => {
  now = new Date('2026-07-10T02:00:00Z');
});

function teacher(
  teacherId: string,
  changes: Partial<typeof registry.teacherRecorded.example>,
): typeof registry.teacherRecorded.example {
  return { ...registry.teacherRecorded.example, teacherId, ...changes };
}

function as(role: Role, scope: Record<string, string> = {}): Caller {
  return { subject: scope.personId ?? 'someone', grants: [{ role, ...scope }] };
}

const li = as('Teacher', { personId: 'tch_li' });
const county = as('CountyAdmin', { regionCode: '140105' });

async function ask(caller: Caller | null, source: string, variableValues = {}) {
  const contextValue = new GraphContext(room, caller, now, 'req_test');
  const answer = await graphql({ schema: service.schema, source, variableValues, contextValue });
  // biome-ignore lint/suspicious/noExplicitAny: a test reads the answer as the client would
  return JSON.parse(JSON.stringify(answer)) as { data: any; errors?: { message: string }[] };
}

/** A teacher as the gateway asks for it. */
async function teacherPage(caller: Caller | null, id: string, fields: string) {
  const representations = [{ __typename: 'Teacher', id }];
  const source = `query ($representations: [_Any!]!) {
    _entities(representations: $representations) { ... on Teacher { id ${fields} } }
  }`;
  const { data, errors } = await ask(caller, source, { representations });
  return { teacher: data?._entities?.[0], errors };
}

let posted = 0;
/** Credits a fresh completion and answers its entry's id. */
async function award(teacherId = 'tch_li', changes = {}): Promise<string> {
  posted += 1;
  const completionId = `cmp_s${posted}`;
  await ledger.confirm([confirmed({ completionId, teacherId, ...changes })], { clock: () => now });
  return `ent_${completionId}_1`;
}

let keys = 0;
async function command(caller: Caller, name: string, input: Record<string, unknown>) {
  keys += 1;
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  const source = `mutation ($input: ${type}!) { answer: ${name}(input: $input) {
    entry { id kind hours credits reason reverses { id } reversedBy { id } }
    refusals { rule code messageZh messageEn path required actual }
  } }`;
  const idempotencyKey = `key-${keys}-of-a-test`;
  const { data, errors } = await ask(caller, source, { input: { idempotencyKey, ...input } });
  expect(errors).toBeUndefined();
  return data.answer;
}

const reason = '考勤更正 attendance corrected';

test('REG-01: every field and command of the subgraph has an access row', () => {
  expect(unguardedFields(service.schema, service.access)).toEqual([]);
});

describe('standing', () => {
  test('CRD-04: a teacher sees hours, floor and what is missing; stored and on a date', async () => {
    await ledger.recordTeachers([teacher('tch_he', { regionCode: '140105', schoolId: 'sch_a' })]);
    const he = as('Teacher', { personId: 'tch_he' });
    now = new Date('2026-03-01T15:59:00Z');
    await award('tch_he');
    now = new Date('2026-03-01T16:00:00Z');
    await award('tch_he');
    now = new Date('2026-07-10T02:00:00Z');
    const fields = `creditsByYear { year hours credits }
      now: creditStanding { year on hours credits hoursRequired hoursMissing yearSatisfied satisfied policyVersion
        cycle { from to hours hoursRequired hoursMissing missingCategories satisfied }
        byCategory { category hours } byChannel { channel hours } byLevel { level hours } }
      before: creditStanding(on: "2026-03-01") { year on hours hoursMissing yearSatisfied }
      next: creditStanding(on: "2026-03-02") { hours yearSatisfied }
      earlier: creditStanding(on: "2026-02-28") { hours }
      last: creditStanding(year: 2025) { hours hoursMissing }`;
    const { teacher: page, errors } = await teacherPage(he, 'tch_he', fields);
    expect(errors).toBeUndefined();
    expect(page.now).toMatchObject({
      year: 2026,
      on: '2026-07-10',
      hours: '72.00',
      credits: '7.20',
      hoursRequired: '72.00',
      hoursMissing: '0.00',
      yearSatisfied: true,
      satisfied: false,
      policyVersion: 'national@1',
      cycle: {
        from: 2026,
        to: 2030,
        hours: '72.00',
        hoursRequired: '360.00',
        hoursMissing: '288.00',
        missingCategories: ['PROFESSIONAL_STANDARDS', 'IT'],
        satisfied: false,
      },
    });
    expect(page.now.byCategory).toContainEqual({ category: 'ETHICS', hours: '24.00' });
    expect(page.now.byChannel).toContainEqual({ channel: 'SELF_SELECTED', hours: '72.00' });
    expect(page.now.byLevel).toContainEqual({ level: 'COUNTY', hours: '72.00' });
    expect(page.before).toEqual({
      year: 2026,
      on: '2026-03-01',
      hours: '36.00',
      hoursMissing: '36.00',
      yearSatisfied: false,
    });
    expect(page.next).toEqual({ hours: '72.00', yearSatisfied: true });
    expect(page.earlier.hours).toBe('0.00');
    expect(page.last).toEqual({ hours: '0.00', hoursMissing: '72.00' });
    expect(page.creditsByYear).toEqual([{ year: 2026, hours: '72.00', credits: '7.20' }]);
  });

  test('CRD-04: a vocational teacher is held to 90 hours', async () => {
    const wu = as('Teacher', { personId: 'tch_wu' });
    const { teacher: page } = await teacherPage(wu, 'tch_wu', 'creditStanding { hoursRequired }');
    expect(page.creditStanding.hoursRequired).toBe('90.00');
  });

  test('REG-16: a merged record’s hours stand with the person', async () => {
    await ledger.recordTeachers([
      teacher('tch_new', { regionCode: '140105' }),
      teacher('tch_old', { regionCode: '140105', status: 'merged', mergedInto: 'tch_new' }),
    ]);
    await award('tch_old');
    await award('tch_new');
    const fields = 'creditStanding { hours } ledgerEntries { edges { node { teacher { id } } } }';
    const { teacher: page } = await teacherPage(county, 'tch_new', fields);
    expect(page.creditStanding.hours).toBe('72.00');
    expect(page.ledgerEntries.edges).toHaveLength(2);
  });

  test('CRD-04: a teacher of whom the registry has not told yet has no standing', async () => {
    const nobody = as('Teacher', { personId: 'tch_nobody' });
    const { teacher: page } = await teacherPage(nobody, 'tch_nobody', 'creditStanding { hours }');
    expect(page).toEqual({ id: 'tch_nobody', creditStanding: null });
  });
});

describe('who sees what', () => {
  const fields =
    'creditStanding { hours } creditsByYear { year } ledgerEntries { edges { cursor } }';

  test.each([
    ['the teacher', li, true],
    ['another teacher', as('Teacher', { personId: 'tch_wu' }), false],
    ['the school', as('SchoolAdmin', { schoolId: 'sch_a' }), true],
    ['another school', as('SchoolAdmin', { schoolId: 'sch_b' }), false],
    ['the county', county, true],
    ['the city', as('CityAdmin', { regionCode: '140100' }), true],
    ['the province', as('ProvinceAdmin', { regionCode: '140000' }), true],
    ['another county of the city', as('CountyAdmin', { regionCode: '140106' }), false],
    ['an auditor of the province', as('Auditor', { regionCode: '140000' }), true],
    ['an institution', as('InstitutionAdmin', { institutionId: 'ins_1' }), false],
    ['nobody', null, false],
  ])('REG-01: %s', async (_name, caller, sees) => {
    const id = await award();
    const { teacher: page } = await teacherPage(caller, 'tch_li', fields);
    expect(page?.creditStanding ?? null).toEqual(sees ? { hours: expect.any(String) } : null);
    const source =
      'query ($id: ID!) { ledgerEntry(id: $id) { id teacher { id } completion { id } } }';
    const { data } = await ask(caller, source, { id });
    expect(data?.ledgerEntry?.id ?? null).toBe(sees ? id : null);
    const unknown = await ask(caller, source, { id: 'ent_nothing_1' });
    expect(unknown.data?.ledgerEntry ?? null).toBeNull();
    // Out of scope and not there are told in the same words.
    if (!sees) expect(unknown).toEqual(await ask(caller, source, { id }));
  });
});

describe('entries', () => {
  test('GOV-06: pages from the newest by keyset, each entry once', async () => {
    await ledger.recordTeachers([teacher('tch_many', { regionCode: '140105' })]);
    for (let day = 1; day <= 5; day += 1) {
      now = new Date(`2026-05-0${day}T00:00:00Z`);
      await award('tch_many', { completedOn: day < 3 ? '2025-12-31' : '2026-05-01' });
    }
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const args: string = after === null ? 'first: 2' : `first: 2, after: "${after}"`;
      const page: string = `ledgerEntries(${args}) { edges { node { postedOn } } pageInfo { hasNextPage endCursor } }`;
      const { teacher: read } = await teacherPage(county, 'tch_many', page);
      seen.push(
        ...read.ledgerEntries.edges.map(
          (edge: { node: { postedOn: string } }) => edge.node.postedOn,
        ),
      );
      after = read.ledgerEntries.pageInfo.hasNextPage
        ? read.ledgerEntries.pageInfo.endCursor
        : null;
    } while (after !== null);
    expect(seen).toEqual(['2026-05-05', '2026-05-04', '2026-05-03', '2026-05-02', '2026-05-01']);
    const { teacher: read } = await teacherPage(
      county,
      'tch_many',
      'ledgerEntries(year: 2025) { edges { node { year completedOn } } }',
    );
    expect(read.ledgerEntries.edges).toEqual(
      Array(2).fill({ node: { year: 2025, completedOn: '2025-12-31' } }),
    );
  });

  test('CRD-01: an entry shows both sides, its rate and its policy', async () => {
    const id = await award();
    const source = `{ ledgerEntry(id: "${id}") { kind number year hours credits hoursPlanned creditRate policyVersion
      byCategory { category hours credits } postings { account hours credits } reversedBy { id } } }`;
    const { data } = await ask(li, source);
    expect(data.ledgerEntry).toEqual({
      kind: 'AWARD',
      number: 1,
      year: 2026,
      hours: '36.00',
      credits: '3.60',
      hoursPlanned: '40.00',
      creditRate: '1/10',
      policyVersion: 'national@1',
      byCategory: [
        { category: 'SUBJECT', hours: '24.00', credits: '2.40' },
        { category: 'ETHICS', hours: '12.00', credits: '1.20' },
      ],
      postings: [
        { account: 'held:subject:self_selected:county', hours: '24.00', credits: '2.40' },
        { account: 'held:ethics:self_selected:county', hours: '12.00', credits: '1.20' },
        { account: 'issued:completion', hours: '-36.00', credits: '-3.60' },
      ],
      reversedBy: null,
    });
  });

  test('CRD-01: an auditor has a teacher’s books recomputed; outside the own region nothing is told', async () => {
    await award();
    const source = '{ ledgerCheck(teacherId: "tch_li") { agrees booksCount difference { at } } }';
    const { data } = await ask(as('Auditor', { regionCode: '140100' }), source);
    expect(data.ledgerCheck).toEqual({ agrees: true, booksCount: 1, difference: null });
    expect(
      (await ask(as('Auditor', { regionCode: '140200' }), source)).data.ledgerCheck,
    ).toBeNull();
    expect((await ask(li, source)).errors).toHaveLength(1);
  });
});

describe('reversal and correction', () => {
  test('CRD-01: the county reverses with a reason, once; a retry gets the first answer', async () => {
    const entryId = await award();
    const input = { entryId, reason, idempotencyKey: 'the-same-key' };
    const first = await command(county, 'reverseEntry', input);
    expect(first).toMatchObject({
      refusals: [],
      entry: {
        kind: 'REVERSAL',
        hours: '-36.00',
        credits: '-3.60',
        reason,
        reverses: { id: entryId },
      },
    });
    expect(await command(county, 'reverseEntry', input)).toEqual(first);
    const again = await command(county, 'reverseEntry', { entryId, reason });
    expect(again).toMatchObject({
      entry: null,
      refusals: [{ rule: 'CRD-01', code: 'LEDGER_REVERSED_ALREADY', actual: first.entry.id }],
    });
    expect((await checkLedger(ledger.db)).difference).toBeNull();
  });

  test('CRD-01: a correction leaves the award, its mirror and the corrected award; a later withdrawal takes back the last', async () => {
    const entryId = await award();
    const hoursByCategory = [{ category: 'IT', hours: '30.5' }];
    const { entry, refusals } = await command(county, 'correctEntry', {
      entryId,
      reason,
      hoursByCategory,
    });
    expect(refusals).toEqual([]);
    expect(entry).toMatchObject({
      kind: 'AWARD',
      hours: '30.50',
      credits: '3.05',
      reversedBy: null,
    });
    const completionId = entryId.slice('ent_'.length, -'_1'.length);
    await ledger.withdraw([{ completionId, teacherId: 'tch_li', reason }]);
    const chain = await ledger.entries({ causeId: completionId });
    expect(chain.map((each) => [each.kind, each.hoursCenti])).toEqual([
      ['award', 3600],
      ['reversal', -3600],
      ['award', 3050],
      ['reversal', -3050],
    ]);
    expect(chain[1]?.postedBy).toBe('someone');
    expect((await checkLedger(ledger.db)).difference).toBeNull();
  });

  test('CRD-01: two bureaus at the same instant reverse once between them', async () => {
    const entryId = await award();
    const answers = await Promise.all(
      [
        county,
        as('CityAdmin', { regionCode: '140100' }),
        as('ProvinceAdmin', { regionCode: '140000' }),
      ].map((caller) => command(caller, 'reverseEntry', { entryId, reason })),
    );
    expect(answers.filter((answer) => answer.entry !== null)).toHaveLength(1);
    expect(
      answers.filter((answer) => answer.refusals[0]?.code === 'LEDGER_REVERSED_ALREADY'),
    ).toHaveLength(2);
  });

  test('REG-01: a bureau elsewhere is told the same as for an entry that does not exist', async () => {
    const entryId = await award();
    const elsewhere = as('CountyAdmin', { regionCode: '140106' });
    const foreign = await command(elsewhere, 'reverseEntry', { entryId, reason });
    const absent = await command(elsewhere, 'reverseEntry', { entryId: 'ent_cmp_0_1', reason });
    expect(foreign.refusals[0].code).toBe('NOT_FOUND');
    expect(foreign).toEqual(absent);
  });

  test('REG-01: a teacher may not touch the ledger', async () => {
    const entryId = await award();
    const { entry, refusals } = await command(li, 'reverseEntry', { entryId, reason });
    expect([entry, refusals[0].code]).toEqual([null, 'FORBIDDEN']);
    expect(await ledger.entries({ reverses: entryId })).toEqual([]);
  });

  test('CRD-01: every refusal is told in Chinese and English with its figures', async () => {
    const entryId = await award();
    const hoursByCategory = [{ category: 'IT', hours: '40.01' }];
    const { refusals } = await command(county, 'correctEntry', {
      entryId,
      reason: '',
      hoursByCategory,
    });
    expect(refusals).toMatchObject([
      { rule: 'CRD-01', code: 'LEDGER_REASON_REQUIRED', path: ['reason'] },
      {
        rule: 'CRD-03',
        code: 'LEDGER_HOURS_ABOVE_PLANNED',
        required: '40.00 h',
        actual: '40.01 h',
      },
    ]);
    expect(refusals[1].messageZh).toBe('更正后的学时 40.01 h 超过计划学时 40.00 h。');
    expect(refusals[1].messageEn).toBe(
      'The corrected hours are 40.01 h; the plan has no more than 40.00 h.',
    );
  });
});

test('GOV-06: nothing a client, an event or a check asks of the database scans a collection', async () => {
  const { db } = ledger.db.connection;
  if (!db) throw new Error('not connected');
  const entryId = await award();
  await db.command({ profile: 2 });
  const all = `creditStanding { hours } past: creditStanding(on: "2026-07-01") { hours } creditsByYear { year }
    ledgerEntries(first: 2) { edges { cursor node { id reversedBy { id } } } pageInfo { endCursor } }`;
  const { teacher: page } = await teacherPage(county, 'tch_li', all);
  const after = page.ledgerEntries.pageInfo.endCursor;
  await teacherPage(
    county,
    'tch_li',
    `ledgerEntries(first: 2, after: "${after}", year: 2026) { edges { cursor } }`,
  );
  await ask(county, '{ ledgerCheck(teacherId: "tch_li") { agrees } }');
  await command(county, 'reverseEntry', { entryId, reason });
  await award();
  await ledger.withdraw([
    { ...courses.completionWithdrawn.example, completionId: 'cmp_s1', teacherId: 'tch_li' },
  ]);
  await ledger.recordTeachers([teacher('tch_li', { schoolId: 'sch_a', regionCode: '140105' })]);
  await checkLedger(ledger.db);
  await db.command({ profile: 0 });
  const profile = db.collection('system.profile');
  const asked = { ns: { $not: /system\./ }, op: { $in: ['query', 'update', 'remove', 'getmore'] } };
  expect(await profile.countDocuments(asked)).toBeGreaterThan(15);
  const scans = await profile.find({ ...asked, planSummary: /COLLSCAN/ }).toArray();
  expect(scans.map(({ ns, command: scanned }) => [ns, scanned])).toEqual([]);
});

test('REG-01: the access table names nothing that the schema lacks', () => {
  const types = service.schema.getTypeMap();
  expect(Object.keys(access.types).filter((name) => types[name] === undefined)).toEqual([]);
});
