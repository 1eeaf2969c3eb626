/** The expert pool through the graph on a real MongoDB: from the nomination to the end of the term. [REG-10] */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { courses } from '@shixun/contracts';
import type { Caller } from '@shixun/runtime';
import { as, city, county, province, RealRegistry } from '../real-registry.example.ts';

let registry: RealRegistry;
beforeAll(async () => {
  registry = await RealRegistry.open(process.env.MONGODB_URI);
});
afterAll(() => registry.close());

async function trainer(change: Record<string, unknown> = {}): Promise<string> {
  const input = {
    name: '王教授',
    kind: 'UNIVERSITY_EXPERT',
    fullTime: false,
    homeProvinceCode: '140000',
    subjects: ['chinese'],
    specialty: '',
    regionCode: '140105',
    ...change,
  };
  const answer = await registry.command(county, 'registerTrainer', input, 'trainer { id inPool }');
  expect(answer).toMatchObject({ trainer: { inPool: false }, refusals: [] });
  return answer.trainer.id;
}

const fields = 'expert { id state admittedOn termEndsOn outOfProvince reason trainer { inPool } }';
const nominate = async (caller: Caller, trainerId: string, regionCode = '140105') =>
  registry.command(
    caller,
    'nominateExpert',
    { trainerId, regionCode, stages: ['PRIMARY'], grounds: '长期从事培训' },
    fields,
  );
const review = async (caller: Caller, membershipId: string, verdict: string, reason?: string) =>
  registry.command(caller, 'reviewNomination', { membershipId, verdict, reason }, fields);
async function admitted(trainerId: string, regionCode = '140105', bureau = county) {
  const { expert } = await nominate(bureau, trainerId, regionCode);
  await review(bureau, expert.id, 'ADMIT');
  return expert.id as string;
}

async function experts(filter: string, caller = as('Teacher', { personId: 'tch_1' })) {
  const source = `{ experts(filter: { ${filter} }, first: 100) {
    edges { node { id outOfProvince region { code } trainer { id } } } } }`;
  const { data, errors } = await registry.ask(caller, source);
  expect(errors).toBeUndefined();
  return data.experts.edges.map(({ node }: { node: { id: string } }) => node.id);
}

async function lines(year: number, caller = county) {
  const source = `{ poolAdjustments(year: ${year}, first: 100) { edges { node {
    id proposal state reason reasons { ground required actual } expert { id state } } } } }`;
  const { data, errors } = await registry.ask(caller, source);
  expect(errors).toBeUndefined();
  return data.poolAdjustments.edges.map(({ node }: { node: object }) => node);
}

async function inPool(trainerId: string) {
  const told = (await registry.told('registry.trainer.recorded.v1')).filter(
    (data) => data.trainerId === trainerId,
  );
  return told.map((data) => data.inPool);
}

test('REG-10: nominated, reviewed by the bureau of the pool, admitted for a term; searchable from anywhere, outsiders marked', async () => {
  const local = await trainer();
  const guest = await trainer({ homeProvinceCode: '330000', subjects: ['mathematics'] });
  const { expert } = await nominate(county, local);
  expect(expert).toMatchObject({ state: 'NOMINATED', admittedOn: null, outOfProvince: false });
  expect((await nominate(county, local)).refusals).toMatchObject([
    { rule: 'REG-10', code: 'EXPERT_ALREADY', actual: 'nominated' },
  ]);
  expect(await experts('subject: "chinese"')).toEqual([]);
  const stranger = as('CountyAdmin', { regionCode: '140106' });
  expect((await review(stranger, expert.id, 'ADMIT')).refusals).toMatchObject([
    { code: 'NOT_FOUND' },
  ]);
  expect((await review(county, expert.id, 'ADMIT')).expert).toEqual({
    id: expert.id,
    state: 'ADMITTED',
    admittedOn: '2026-09-01',
    termEndsOn: '2029-08-31',
    outOfProvince: false,
    reason: null,
    trainer: { inPool: true },
  });
  expect((await review(county, expert.id, 'ADMIT')).refusals).toMatchObject([
    { code: 'NOT_NOMINATED', actual: 'admitted' },
  ]);
  expect(await inPool(local)).toEqual([false, true]);
  const out = await admitted(guest);
  expect(await experts('outOfProvince: true')).toEqual([out]);
  expect(await experts('subject: "chinese", stage: PRIMARY, regionCode: "140100"')).toEqual([
    expert.id,
  ]);
  expect(await experts('stage: JUNIOR')).toEqual([]);
});

test('REG-10: a refusal needs its reason, and leaves the way open for another nomination', async () => {
  const id = await trainer();
  const { expert } = await nominate(county, id);
  expect((await review(county, expert.id, 'REFUSE')).refusals).toMatchObject([
    { code: 'POOL_REASON_MISSING', path: ['reason'] },
  ]);
  expect((await review(county, expert.id, 'REFUSE', '业绩不足')).expert).toMatchObject({
    state: 'REFUSED',
    reason: '业绩不足',
    trainer: { inPool: false },
  });
  expect((await nominate(county, id)).refusals).toEqual([]);
});

test('REG-10: an institution nominates its own people, nobody else’s', async () => {
  const { institution } = await registry.command(
    county,
    'registerInstitution',
    {
      name: '某大学',
      kind: 'UNIVERSITY',
      regionCode: '140105',
      scope: {
        levels: ['COUNTY'],
        stages: ['PRIMARY'],
        subjects: ['chinese'],
        modalities: ['BLENDED'],
        validFrom: '2026-09-01',
        validTo: '2027-08-31',
      },
    },
    'institution { id }',
  );
  const own = await trainer({ institutionId: institution.id });
  const other = await trainer();
  const admin = as('InstitutionAdmin', { institutionId: institution.id });
  expect((await nominate(admin, own, '140100')).refusals).toEqual([]);
  expect((await nominate(admin, other, '140100')).refusals).toMatchObject([
    { code: expect.stringMatching(/NOT_FOUND|FORBIDDEN/) },
  ]);
});

test('REG-10: a year is proposed once it is over: rating, workload and discipline each with figures; the bureau confirms or not', async () => {
  registry.now = new Date('2026-09-01T02:00:00.000Z');
  const names = ['good', 'atFigure', 'belowRating', 'idle', 'undisciplined'] as const;
  const trainers = new Map<string, string>();
  const memberships = new Map<string, string>();
  for (const name of names) {
    const id = await trainer();
    trainers.set(name, id);
    memberships.set(name, await admitted(id));
  }
  const sessions = names
    .filter((name) => name !== 'idle')
    .map((name) => ({
      sessionId: `ses_${name}`,
      trainerId: trainers.get(name) ?? '',
      date: '2027-06-01',
      minutes: 45,
    }));
  await registry.hear(courses.classScheduled, [
    { classId: 'cls_1', projectId: 'prj_1', level: 'county', sessions },
  ]);
  const year = async (name: (typeof names)[number], rating: string | null, breaches: number) => {
    const membershipId = memberships.get(name);
    const input = { membershipId, year: 2027, rating, breaches };
    expect((await registry.command(county, 'recordExpertYear', input, fields)).refusals).toEqual(
      [],
    );
  };
  await year('good', null, 0);
  await year('atFigure', '60.00', 0);
  await year('belowRating', '59.99', 0);
  await year('undisciplined', '95', 1);

  // The year of admission is not a whole one: nothing is proposed for it.
  registry.now = new Date('2027-12-31T15:59:59.000Z');
  await registry.runChore('propose-pool-adjustments');
  expect(await lines(2026)).toEqual([]);
  expect(await lines(2027)).toEqual([]);
  registry.now = new Date('2027-12-31T16:00:00.000Z');
  await registry.runChore('propose-pool-adjustments');
  await registry.runChore('propose-pool-adjustments');
  const proposed = await lines(2027);
  const of = (name: (typeof names)[number]) => {
    const own = proposed.filter(
      ({ expert }: { expert: { id: string } }) => expert.id === memberships.get(name),
    );
    expect(own).toHaveLength(1);
    return own[0];
  };
  expect(of('good')).toMatchObject({ proposal: 'KEEP', reasons: [], state: 'PROPOSED' });
  expect(of('atFigure').proposal).toBe('KEEP');
  expect(of('belowRating')).toMatchObject({
    proposal: 'REMOVE',
    reasons: [{ ground: 'RATING', required: '60.00', actual: '59.99' }],
  });
  expect(of('idle').reasons).toEqual([{ ground: 'WORKLOAD', required: '1', actual: '0' }]);
  expect(of('undisciplined').reasons).toEqual([
    { ground: 'DISCIPLINE', required: '0', actual: '1' },
  ]);

  const decide = async (id: string, verdict: string, reason?: string) =>
    registry.command(county, 'decidePoolAdjustment', { adjustmentId: id, verdict, reason }, fields);
  expect((await decide(of('idle').id, 'REJECTED')).refusals).toMatchObject([
    { code: 'POOL_REASON_MISSING' },
  ]);
  expect((await decide(of('idle').id, 'REJECTED', '产假')).expert.state).toBe('ADMITTED');
  expect((await decide(of('belowRating').id, 'CONFIRMED')).expert).toMatchObject({
    state: 'ENDED',
    trainer: { inPool: false },
  });
  expect((await decide(of('belowRating').id, 'CONFIRMED')).refusals).toMatchObject([
    { code: 'ADJUSTMENT_DECIDED', actual: 'confirmed' },
  ]);
  expect((await decide(of('good').id, 'CONFIRMED')).expert.state).toBe('ADMITTED');
  expect(await inPool(trainers.get('belowRating') ?? '')).toEqual([false, true, false]);
  expect(await experts('subject: "chinese"')).not.toContain(memberships.get('belowRating'));
  expect(await lines(2027, city)).toHaveLength(proposed.length);
  expect(await lines(2027, as('CountyAdmin', { regionCode: '140106' }))).toEqual([]);
});

test('REG-10: the last day of a term still counts; after it the expert leaves, unless another pool has him or her', async () => {
  registry.now = new Date('2026-09-01T02:00:00.000Z');
  const [once, twice] = [await trainer(), await trainer()];
  const [membership, first] = [await admitted(once), await admitted(twice)];
  registry.now = new Date('2027-03-01T02:00:00.000Z');
  const second = await admitted(twice, '140000', province);
  const isIn = async () => experts('subject: "chinese"');

  registry.now = new Date('2029-08-31T15:59:59.999Z');
  await registry.runChore('end-pool-terms');
  expect(await isIn()).toEqual(expect.arrayContaining([membership, first, second]));
  registry.now = new Date('2029-08-31T16:00:00.000Z');
  await registry.runChore('end-pool-terms');
  await registry.runChore('end-pool-terms');
  const left = await isIn();
  expect(left).toContain(second);
  expect(left).not.toContain(membership);
  expect(left).not.toContain(first);
  expect(await inPool(once)).toEqual([false, true, false]);
  expect(await inPool(twice)).toEqual([false, true]);
  registry.now = new Date('2030-02-28T16:00:00.000Z');
  await registry.runChore('end-pool-terms');
  expect(await inPool(twice)).toEqual([false, true, false]);
});
