import { describe, expect, test } from '@jest/globals';
import { areasByGap, type CountedTeacher, staffCounts, teacherCounts } from './areas.ts';
import { changesOf, sumOfCounts } from './counting.ts';
import { type ClosedSurvey, needsOf } from './needs.ts';

const teacher: CountedTeacher = {
  status: 'active',
  stage: 'primary',
  subjects: ['music'],
  rural: true,
  minorityBilingual: false,
  regionCode: '140105',
  schoolId: 'sch_1',
};

describe('PLN-08: teachers are counted by area in every region above them', () => {
  test('PLN-08: a rural music teacher counts as both, in county, city and province', () => {
    expect(Object.keys(teacherCounts(teacher)).sort()).toEqual([
      '140000/primary/music',
      '140000/primary/rural',
      '140100/primary/music',
      '140100/primary/rural',
      '140105/primary/music',
      '140105/primary/rural',
    ]);
    const inTownship = { ...teacher, regionCode: '140105001' };
    expect(teacherCounts(inTownship)).toEqual(teacherCounts(teacher));
  });

  test('PLN-08, PLN-09: one who left counts nowhere; a change counts only where it changes', () => {
    const left = { ...teacher, status: 'left' };
    expect([teacherCounts(left), staffCounts(left), teacherCounts(null)]).toEqual([{}, {}, {}]);
    const moved = { ...teacher, regionCode: '140106', schoolId: 'sch_2' };
    expect(changesOf(staffCounts(teacher), staffCounts(moved))).toEqual({ sch_1: -1, sch_2: 1 });
    const changes = changesOf(teacherCounts(teacher), teacherCounts(moved));
    expect(Object.keys(changes).filter((key) => !/^14010[56]/.test(key))).toEqual([]);
    expect(
      sumOfCounts([
        { a: 1, b: 1 },
        { a: 1, b: -1 },
      ]),
    ).toEqual({ a: 2 });
  });
});

describe('PLN-08: demand against supply', () => {
  const area = (stage: 'primary' | 'junior', subject: string) => ({ stage, subject });
  const teachers = [
    { ...area('primary', 'music'), teachers: 30 },
    { ...area('primary', 'chinese'), teachers: 200 },
    { ...area('junior', 'pe'), teachers: 10 },
  ];

  test('PLN-08: the widest gap first; what nobody was asked about needs all its teachers', () => {
    const years = [
      { ...area('primary', 'chinese'), places: 150, asked: 120 },
      { ...area('junior', 'pe'), places: 0, asked: 90 },
    ];
    expect(
      areasByGap(teachers, years).map(({ subject, demand, demandFrom, gap, special }) => [
        subject,
        demand,
        demandFrom,
        gap,
        special,
      ]),
    ).toEqual([
      ['music', 30, 'registry', 30, true],
      ['pe', 10, 'survey', 10, true],
      ['chinese', 120, 'survey', -30, false],
    ]);
  });

  test('PLN-08: exactly enough places leave no gap, one fewer leaves one', () => {
    const music = area('primary', 'music');
    const gapOf = (places: number) =>
      areasByGap([{ ...music, teachers: 30 }], [{ ...music, places, asked: 0 }])[0]?.gap;
    expect([gapOf(30), gapOf(29), gapOf(31)]).toEqual([0, 1, -1]);
  });
});

describe('PLN-08: what a needs survey asks for', () => {
  const survey: ClosedSurvey = {
    populationCount: 640,
    answersCount: 100,
    audience: { stages: ['primary', 'junior'] },
    topNeeds: [
      { stage: null, subject: null, answersCount: 100 },
      { stage: 'primary', subject: 'music', answersCount: 10 },
      { stage: 'primary', subject: 'music', answersCount: 8 },
      { stage: null, subject: 'music', answersCount: 30 },
      { stage: null, subject: 'art', answersCount: 10 },
    ],
  };
  test('PLN-08: projected to those it stands for; a subject without its stage by its teachers', () => {
    const teachersOf = (stage: string) => (stage === 'primary' ? 3 : stage === 'junior' ? 1 : 0);
    expect(needsOf(survey, teachersOf)).toEqual([
      { stage: 'primary', subject: 'music', asked: 64 },
      { stage: 'primary', subject: 'art', asked: 48 },
      { stage: 'junior', subject: 'art', asked: 16 },
    ]);
    expect(needsOf(survey, () => 0)).toEqual([{ stage: 'primary', subject: 'music', asked: 64 }]);
    const alone = { ...survey, audience: { stages: ['junior'] as const } };
    expect(needsOf(alone, () => 0)[1]).toEqual({ stage: 'junior', subject: 'art', asked: 64 });
  });
});
