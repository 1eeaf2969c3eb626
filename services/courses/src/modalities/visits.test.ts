import { describe, expect, test } from '@jest/globals';
import { type Decision, national } from '@shixun/kernel';
import { cellFlags, cellsOf, recordVisit } from './visits.ts';

const namesOf = (decision: Decision<unknown>) =>
  decision.accepted ? [] : decision.faults.map(({ code }) => code.name);

describe('visits', () => {
  const trainingClass = {
    modality: 'visiting',
    opensOn: '2026-03-01',
    closesOn: '2026-06-30',
    ownerRegionCode: '140105',
  };
  const visit = (startsOn: string, endsOn: string, visitMinDays = 2) =>
    namesOf(
      recordVisit(
        { townshipCode: '140105001', startsOn, endsOn },
        {
          trainingClass,
          others: [{ startsOn: '2026-04-01', endsOn: '2026-04-02' }],
          policy: { visitMinDays },
        },
      ),
    );

  test('CRS-30: two days stand, one day is refused unless waived, and two visits never share a day', () => {
    expect(visit('2026-03-02', '2026-03-03')).toEqual([]);
    expect(visit('2026-03-02', '2026-03-02')).toEqual(['VISIT_TOO_SHORT']);
    expect(visit('2026-03-02', '2026-03-02', 0)).toEqual([]);
    expect(visit('2026-04-02', '2026-04-03')).toEqual(['VISIT_DATES_WRONG']);
    expect(visit('2026-04-03', '2026-04-04')).toEqual([]);
    expect(visit('2026-06-30', '2026-07-01')).toEqual(['VISIT_DATES_WRONG']);
  });

  test('CRS-30: three visits a year are flagged, four are not, three waived are not', () => {
    const cell = (visits: number, required: number) =>
      cellFlags(
        { townshipCode: '140105001', subject: 'chinese', visits, days: 9, required },
        2026,
      ).map(({ figures }) => figures['actual']);
    const required = national.figures.visitsPerYearMin;
    expect(cell(3, required)).toEqual([3]);
    expect(cell(4, required)).toEqual([]);
    expect(cell(3, 0)).toEqual([]);
  });
});

describe('the matrix of a year', () => {
  const at = (townshipCode: string, subject: string, projectId = 'prj_1') => ({
    ...{ townshipCode, subject, projectId },
  });
  const visit = (townshipCode: string, subject: string, projectId?: string) => ({
    ...at(townshipCode, subject, projectId),
    days: 2,
  });

  test('CRS-30: counted by township and subject; what was planned and never visited is a cell too, once', () => {
    const made = [visit('140105100', 'chinese'), visit('140105100', 'chinese', 'prj_2')];
    const planned = [
      at('140105101', 'chinese'),
      at('140105100', 'english'),
      at('140105100', 'chinese'),
      at('140105101', 'chinese', 'prj_2'),
    ];
    expect(cellsOf({ made, planned, waived: new Set() }, 4)).toEqual([
      { ...{ townshipCode: '140105100', subject: 'chinese' }, visits: 2, days: 4, required: 4 },
      { ...{ townshipCode: '140105100', subject: 'english' }, visits: 0, days: 0, required: 4 },
      { ...{ townshipCode: '140105101', subject: 'chinese' }, visits: 0, days: 0, required: 4 },
    ]);
  });

  test('CRS-30: a project whose figure is waived asks nothing of its townships, visited or not', () => {
    const made = [visit('140105100', 'chinese')];
    const planned = [at('140105101', 'chinese'), at('140105102', 'chinese', 'prj_2')];
    const cells = cellsOf({ made, planned, waived: new Set(['prj_1']) }, 4);
    expect(cells.map(({ required }) => required)).toEqual([0, 0, 4]);
  });
});
