import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { courses } from '@shixun/contracts';
import { startOfDay } from '@shixun/kernel';
import { teachers } from '../projections/teachers.ts';
import { exampleDraft } from '../projects/project.example.ts';
import { figureWaivers } from '../waivers/store.ts';
import { judgeVisitYearChore } from './commands-visits.ts';
import { county, Modalities } from './modalities.example.ts';

let modalities: Modalities;
beforeAll(async () => {
  modalities = await Modalities.open(process.env['MONGODB_URI']);
  const known = { status: 'active', stage: 'junior', schoolId: 'sch_2' };
  const rows = [
    { _id: 'tch_100', regionCode: '140105100', rural: true, subjects: ['chinese'] },
    { _id: 'tch_101', regionCode: '140105101', rural: true, subjects: ['chinese'] },
    { _id: 'tch_102', regionCode: '140105102', rural: true, subjects: ['english'] },
    // Neither: in a town, of another county, of another stage, retired.
    { _id: 'tch_001', regionCode: '140105001', rural: false, subjects: ['chinese'] },
    { _id: 'tch_other', regionCode: '140106100', rural: true, subjects: ['chinese'] },
    {
      _id: 'tch_103',
      regionCode: '140105103',
      rural: true,
      subjects: ['chinese'],
      stage: 'primary',
    },
    { _id: 'tch_104', regionCode: '140105104', rural: true, subjects: ['chinese'], status: 'left' },
  ].map((row) => ({ ...known, ...row }));
  await modalities.real.db.model(teachers).collection.insertMany(rows as never[]);
});
afterAll(() => modalities?.close());

const visit = async (classId: string, townshipCode: string, times: number) => {
  for (const month of ['03', '04', '05', '06'].slice(0, times)) {
    const days = { startsOn: `2026-${month}-02`, endsOn: `2026-${month}-03` };
    expect(
      await modalities.refused(county, 'recordVisit', { classId, townshipCode, ...days }),
    ).toEqual([]);
  }
};
const matrix = async () => {
  const source = `{ visitMatrix(countyCode: "140105", year: 2026) {
    township { code } subject visits required tooFew } }`;
  type Cell = {
    township: { code: string };
    subject: string;
    visits: number;
    required: number;
    tooFew: boolean;
  };
  const { visitMatrix } = await modalities.real.ask<{ visitMatrix: Cell[] }>(county, source);
  return visitMatrix.map(
    ({ township, subject, visits, required, tooFew }) =>
      `${township.code} ${subject} ${visits}/${required}${tooFew ? ' too few' : ''}`,
  );
};
const found = async () =>
  (await modalities.real.told(courses.findingRaised))
    .filter(({ rule }) => rule === 'CRS-30')
    .map(({ subject, regionCode, figures }) => `${subject} ${regionCode} ${figures['actual']}`)
    .sort();

test('CRS-30: a township that a visiting project is for is seen when nobody ever came; four visits are enough, three are not', async () => {
  const of = { modality: 'visiting', subject: 'chinese', year: 2026 } as const;
  const { audience } = exampleDraft;
  const { classId } = await modalities.running('vis', 0, of);
  const english = await modalities.running('eng', 0, { ...of, subject: 'english' });
  // One that is not begun asks for nothing.
  const primary = { ...audience, stages: ['primary'] as const };
  await modalities.running('open', 0, { ...of, audience: primary }, { state: 'open' });
  expect(await matrix()).toEqual([
    '140105100 chinese 0/4 too few',
    '140105101 chinese 0/4 too few',
    '140105102 english 0/4 too few',
  ]);
  await visit(classId, '140105100', 4);
  await visit(classId, '140105001', 3);
  expect(await matrix()).toEqual([
    '140105001 chinese 3/4 too few',
    '140105100 chinese 4/4',
    '140105101 chinese 0/4 too few',
    '140105102 english 0/4 too few',
  ]);
  // What the owner waived with a reason is not asked for.
  await modalities.real.db.model(figureWaivers).collection.insertOne({
    _id: 'wvr_1',
    projectId: english.project._id,
    figure: 'visitsPerYearMin',
  } as never);
  expect((await matrix()).at(-1)).toBe('140105102 english 0/0');

  modalities.real.now = startOfDay('2026-12-31');
  await modalities.real.runChore(judgeVisitYearChore);
  expect(await found()).toEqual([]);
  modalities.real.now = startOfDay('2027-01-01');
  await modalities.real.runChore(judgeVisitYearChore);
  const findings = ['140105001/chinese/2026 140105 3', '140105101/chinese/2026 140105 0'];
  expect(await found()).toEqual(findings);
  // Once: neither the next day nor another project raises it again.
  modalities.real.now = startOfDay('2027-01-02');
  await modalities.real.runChore(judgeVisitYearChore);
  expect(await found()).toEqual(findings);
});
