/** A full-time trainer's year through the graph on a real MongoDB, and what its end brings. [REG-11] */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Caller } from '@shixun/runtime';
import { as, city, county, RealRegistry } from '../real-registry.example.ts';

let registry: RealRegistry;
let schoolId: string;
beforeAll(async () => {
  registry = await RealRegistry.open(process.env.MONGODB_URI);
  const { school } = await registry.command(
    county,
    'registerSchool',
    { code: '2114000900', name: '一小', kind: 'PRIMARY', regionCode: '140105001', rural: false },
    'school { id }',
  );
  schoolId = school.id;
});
afterAll(() => registry.close());

async function trainer(fullTime = true): Promise<string> {
  const input = {
    name: '李专职',
    kind: 'TEACHING_RESEARCHER',
    fullTime,
    homeProvinceCode: '140000',
    subjects: ['chinese'],
    specialty: '',
    regionCode: '140105',
  };
  return (await registry.command(county, 'registerTrainer', input, 'trainer { id }')).trainer.id;
}

const fields = `trainerYear { year studyHours schoolDays state reason
  shortfalls { what required actual } entries { kind from to hours school { id } } }`;
const entry = async (trainerId: string, input: Record<string, unknown>) =>
  registry.command(
    county,
    'recordTrainerEntry',
    { trainerId, evidence: '研修证书扫描件', ...input },
    fields,
  );
const study = async (trainerId: string, hours: string, day = '2027-05-01') =>
  entry(trainerId, { kind: 'STUDY', from: day, to: day, hours });
const inSchool = async (trainerId: string, from: string, to: string) =>
  entry(trainerId, { kind: 'SCHOOL_DAYS', from, to, schoolId });
const decideYear = async (
  caller: Caller,
  trainerId: string,
  verdict: string,
  reason?: string,
  year = 2027,
) => registry.command(caller, 'decideTrainerYear', { trainerId, year, verdict, reason }, fields);

async function yearsOf(year: number, state = '', caller = county) {
  const args = [`year: ${year}`, state === '' ? '' : `state: ${state}`, 'first: 100'];
  const { data, errors } = await registry.ask(
    caller,
    `{ trainerYears(${args.filter((arg) => arg !== '').join(', ')}) { edges { node {
       trainer { id fullTime } state studyHours schoolDays shortfalls { what required actual } } } } }`,
  );
  expect(errors).toBeUndefined();
  return data.trainerYears.edges.map(({ node }: { node: object }) => node);
}
const ofTrainer = async (trainerId: string, year = 2027) =>
  (await yearsOf(year)).find(
    ({ trainer: { id } }: { trainer: { id: string } }) => id === trainerId,
  );
async function findingsOf(trainerId: string) {
  const told = await registry.told('registry.finding.raised.v1');
  return told.filter(({ subject }) => subject === trainerId);
}

test('REG-11: at 100 hours and 60 days a year is met; a hundredth or a day less proposes not to reconfirm, with a finding', async () => {
  registry.now = new Date('2026-12-20T02:00:00.000Z');
  const [met, hoursShort, daysShort] = [await trainer(), await trainer(), await trainer()];
  const partTime = await trainer(false);
  registry.now = new Date('2027-12-20T02:00:00.000Z');
  const late = await trainer();
  for (const id of [met, hoursShort, daysShort]) {
    await study(id, id === hoursShort ? '59.99' : '60.00');
    await study(id, '40.00', '2027-10-08');
    // 31 days of March and 29 of April, or one fewer.
    await inSchool(id, '2027-03-01', '2027-03-31');
    const days = await inSchool(id, '2027-04-01', id === daysShort ? '2027-04-28' : '2027-04-29');
    expect(days.refusals).toEqual([]);
  }
  expect(await ofTrainer(met)).toMatchObject({
    state: 'OPEN',
    studyHours: '100.00',
    schoolDays: 60,
  });

  registry.now = new Date('2027-12-31T15:59:59.999Z');
  await registry.runChore('judge-trainer-years');
  expect(await ofTrainer(met)).toMatchObject({ state: 'OPEN' });
  registry.now = new Date('2027-12-31T16:00:00.000Z');
  await registry.runChore('judge-trainer-years');
  await registry.runChore('judge-trainer-years');
  expect(await ofTrainer(met)).toMatchObject({ state: 'MET', shortfalls: [] });
  expect(await ofTrainer(hoursShort)).toMatchObject({
    state: 'PROPOSED',
    shortfalls: [{ what: 'STUDY', required: '100.00', actual: '99.99' }],
  });
  expect(await ofTrainer(daysShort)).toMatchObject({
    state: 'PROPOSED',
    shortfalls: [{ what: 'SCHOOL_DAYS', required: '60', actual: '59' }],
  });
  expect(await findingsOf(met)).toEqual([]);
  expect(await findingsOf(hoursShort)).toEqual([
    expect.objectContaining({
      rule: 'REG-11',
      regionCode: '140105',
      figures: { year: 2027, required: '100.00', actual: '99.99', missing: 'study' },
    }),
  ]);
  expect(await findingsOf(daysShort)).toHaveLength(1);
  // Nobody is judged for a year that he or she was not there for as a whole, or for no full-time post.
  expect(await ofTrainer(late)).toBeUndefined();
  expect(await ofTrainer(partTime)).toBeUndefined();
  expect((await study(hoursShort, '0.01', '2027-12-31')).refusals).toMatchObject([
    { rule: 'REG-11', code: 'YEAR_JUDGED', actual: 'proposed' },
  ]);

  expect((await decideYear(county, hoursShort, 'WAIVED')).refusals).toMatchObject([
    { code: 'WAIVER_REASON', path: ['reason'] },
  ]);
  expect((await decideYear(county, hoursShort, 'WAIVED', '病假')).trainerYear).toMatchObject({
    state: 'WAIVED',
    reason: '病假',
  });
  expect((await decideYear(county, daysShort, 'NOT_RECONFIRMED')).trainerYear.state).toBe(
    'NOT_RECONFIRMED',
  );
  expect((await ofTrainer(hoursShort)).trainer.fullTime).toBe(true);
  expect((await ofTrainer(daysShort)).trainer.fullTime).toBe(false);
  const told = await registry.told('registry.trainer.recorded.v1');
  expect(told.filter((data) => data.trainerId === daysShort).at(-1)).toMatchObject({
    fullTime: false,
  });
  expect((await decideYear(county, met, 'NOT_RECONFIRMED')).refusals).toMatchObject([
    { code: 'YEAR_NOT_DECIDABLE', required: 'proposed', actual: 'met' },
  ]);
});

test('REG-11: who is waived before the end of the year is neither proposed nor found', async () => {
  registry.now = new Date('2027-12-20T02:00:00.000Z');
  const id = await trainer();
  registry.now = new Date('2028-06-01T02:00:00.000Z');
  expect((await decideYear(county, id, 'WAIVED', '援疆', 2028)).trainerYear.state).toBe('WAIVED');
  registry.now = new Date('2028-12-31T16:00:00.000Z');
  await registry.runChore('judge-trainer-years');
  expect(await ofTrainer(id, 2028)).toMatchObject({ state: 'WAIVED' });
  expect(await findingsOf(id)).toEqual([]);
});

test('REG-11: an entry names its hours or its school; a day counts once; nothing is recorded ahead of time', async () => {
  registry.now = new Date('2029-06-10T02:00:00.000Z');
  const id = await trainer();
  const codes = (answer: { refusals: { code: string }[] }) =>
    answer.refusals.map(({ code }) => code);
  expect(codes(await study(id, '8', '2029-06-11'))).toEqual(['ENTRY_DAYS_INVALID']);
  expect(codes(await study(id, '8', '2029-06-10'))).toEqual([]);
  expect(codes(await inSchool(id, '2028-12-31', '2029-01-02'))).toEqual(['ENTRY_DAYS_INVALID']);
  const nothing = { kind: 'STUDY', from: '2029-06-01', to: '2029-06-01' };
  expect(codes(await entry(id, nothing))).toEqual(['ENTRY_HOURS_MISSING']);
  const nowhere = { kind: 'SCHOOL_DAYS', from: '2029-06-01', to: '2029-06-02' };
  expect(codes(await entry(id, nowhere))).toEqual(['ENTRY_SCHOOL_MISSING']);
  expect(codes(await inSchool(id, '2029-06-01', '2029-06-05'))).toEqual([]);
  const twice = await inSchool(id, '2029-06-05', '2029-06-06');
  expect(twice.refusals).toMatchObject([
    { rule: 'REG-11', code: 'ENTRY_DAYS_TWICE', actual: '2029-06-01 – 2029-06-05' },
  ]);
  const { trainerYear } = await inSchool(id, '2029-06-06', '2029-06-06');
  expect(trainerYear).toMatchObject({ schoolDays: 6, studyHours: '8.00' });
  expect(trainerYear.entries).toHaveLength(3);
  expect(codes(await study(await trainer(false), '8', '2029-06-10'))).toEqual(['NOT_FULL_TIME']);
});

test('REG-11: two entries of one trainer at once are both counted', async () => {
  registry.now = new Date('2029-06-10T02:00:00.000Z');
  const id = await trainer();
  const answers = await Promise.all(
    ['1.25', '2.50', '4.00'].map((hours) => study(id, hours, '2029-06-01')),
  );
  expect(answers.flatMap(({ refusals }) => refusals)).toEqual([]);
  expect((await ofTrainer(id, 2029)).studyHours).toBe('7.75');
});

test('REG-11: the bureau of the trainer and those above it see and decide, another county’s does not', async () => {
  const stranger = as('CountyAdmin', { regionCode: '140106' });
  expect(await yearsOf(2027, '', city)).not.toEqual([]);
  expect(await yearsOf(2027, 'MET')).toHaveLength(1);
  expect(await yearsOf(2027, '', stranger)).toEqual([]);
  registry.now = new Date('2029-06-10T02:00:00.000Z');
  const refused = await decideYear(stranger, await trainer(), 'WAIVED', 'x', 2029);
  expect(refused.refusals).toMatchObject([{ code: 'NOT_FOUND' }]);
});
