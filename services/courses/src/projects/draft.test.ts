import { describe, expect, test } from '@jest/globals';
import type { KnownRegion } from '../menus/region-faults.ts';
import { type DraftFacts, type DraftProject, draftProject } from './draft.ts';
import type { Actor } from './owner.ts';
import { countyAdmin, exampleDraft, provinceAdmin, schoolAdmin } from './project.example.ts';
import type { Level, Sector, Stage } from './project.ts';

const now = new Date('2026-03-01T00:00:00Z');
const standing = { abolishedOn: null, successorCodes: [] };
const known = new Map<string, KnownRegion>([
  ...['140000', '140100', '140105', '140105001'].map((code) => [code, standing] as const),
  ['140105002', { abolishedOn: '2026-07-02', successorCodes: ['140105001'] }],
]);
const draft = (
  change: Partial<DraftProject> = {},
  actor: Actor = countyAdmin,
  facts: Partial<DraftFacts> = {},
) =>
  draftProject({ ...exampleDraft, ...change }, { school: null, known, ...facts }, { actor, now });
const codesOf = (...given: Parameters<typeof draft>) => {
  const decision = draft(...given);
  return decision.accepted ? [] : decision.faults.map(({ code }) => code.name);
};

describe('REG-02: each sector has its own chain', () => {
  const stages: Record<Sector, Stage> = {
    basic: 'junior',
    vocational: 'vocational',
    higher: 'higher',
  };
  const regions: Record<Level, string> = {
    national: '140000',
    provincial: '140000',
    city: '140100',
    county: '140105',
    school: '140105',
  };
  const everywhere: Actor = {
    subject: 'person',
    grants: [
      { role: 'ProvinceAdmin', regionCode: '140000' },
      { role: 'CityAdmin', regionCode: '140100' },
      { role: 'CountyAdmin', regionCode: '140105' },
      { role: 'SchoolAdmin', schoolId: 'sch_1' },
    ],
  };

  test.each([
    ['basic', 'national', true],
    ['basic', 'provincial', true],
    ['basic', 'city', true],
    ['basic', 'county', true],
    ['basic', 'school', true],
    ['vocational', 'national', true],
    ['vocational', 'provincial', true],
    ['vocational', 'city', true],
    ['vocational', 'county', false],
    ['vocational', 'school', true],
    ['higher', 'national', false],
    ['higher', 'provincial', true],
    ['higher', 'city', false],
    ['higher', 'county', false],
    ['higher', 'school', true],
  ] as const)('REG-02: %s education has a %s level: %s', (sector, level, has) => {
    const ofSchool = level === 'school';
    const change = {
      sector,
      level,
      stage: stages[sector],
      ownerRegionCode: regions[level],
      schoolId: ofSchool ? 'sch_1' : null,
    };
    const facts = { school: ofSchool ? { regionCode: '140105' } : null };
    const refused = has ? [] : ['PROJECT_LEVEL_NOT_IN_SECTOR'];
    expect(codesOf(change, everywhere, facts)).toEqual(refused);
  });

  test('REG-02: a stage belongs to its sector', () => {
    expect(codesOf({ stage: 'higher' })).toEqual(['PROJECT_STAGE_NOT_IN_SECTOR']);
  });

  test('REG-02: a county project belongs to a county, not to its city or to a township', () => {
    expect(codesOf({ ownerRegionCode: '140100' }, everywhere)).toContain(
      'PROJECT_OWNER_NOT_OF_LEVEL',
    );
    expect(codesOf({ ownerRegionCode: '140105001' }, everywhere)).toContain(
      'PROJECT_OWNER_NOT_OF_LEVEL',
    );
  });
});

describe('CRS-01: a project is drafted by the level that owns it', () => {
  test('CRS-01: the first step says who, when and in which role', () => {
    const decision = draft();
    expect(decision.accepted && decision.outcome.step).toEqual({
      command: 'draftProject',
      from: null,
      to: 'draft',
      role: 'CountyAdmin',
      by: 'person_county',
      at: now,
      reason: null,
    });
    expect(decision.accepted && decision.outcome.regionPath).toEqual([
      '140000',
      '140100',
      '140105',
    ]);
  });

  test('CRS-01: not by the county next door, nor by the province above', () => {
    const neighbour = { subject: 'n', grants: [{ role: 'CountyAdmin', regionCode: '140106' }] };
    expect(codesOf({}, neighbour)).toEqual(['PROJECT_STEP_OF_OTHERS']);
    expect(codesOf({}, provinceAdmin)).toEqual(['PROJECT_STEP_OF_OTHERS']);
  });

  test('CRS-01: a school-based project names its school, and no other does', () => {
    const facts = { school: { regionCode: '140105' } };
    expect(codesOf({ level: 'school', schoolId: 'sch_1' }, schoolAdmin, facts)).toEqual([]);
    expect(codesOf({ level: 'school' }, schoolAdmin)).toContain('PROJECT_SCHOOL_MISSING');
    expect(codesOf({ schoolId: 'sch_1' }, countyAdmin, facts)).toEqual(['PROJECT_SCHOOL_MISSING']);
    // A school that nobody knows is as good as none.
    expect(codesOf({ level: 'school', schoolId: 'sch_1' }, schoolAdmin)).toEqual([
      'PROJECT_SCHOOL_MISSING',
    ]);
  });

  test('REG-01: school and audience lie inside the owner’s region', () => {
    const facts = { school: { regionCode: '140106' } };
    expect(codesOf({ level: 'school', schoolId: 'sch_1' }, schoolAdmin, facts)).toEqual([
      'PROJECT_SCHOOL_ELSEWHERE',
    ]);
    const audience = { ...exampleDraft.audience, regionCodes: ['140105001', '140106', '140100'] };
    const decision = draft({ audience });
    expect(!decision.accepted && decision.faults.map(({ path }) => path.join('.'))).toEqual([
      'audience.regionCodes.1',
      'audience.regionCodes.2',
    ]);
  });

  test('REG-01: the audience’s regions stand in the official table and are in force when the project begins', () => {
    const to = (code: string, startsOn = '2026-07-01') => {
      const audience = { ...exampleDraft.audience, regionCodes: ['140105001', code] };
      const decision = draft({ audience, startsOn, endsOn: '2026-07-31' });
      return decision.accepted ? [] : decision.faults;
    };
    expect(to('140105')).toEqual([]);
    const path = ['audience', 'regionCodes', '1'];
    expect(to('140105009')).toMatchObject([
      {
        ...{ code: { name: 'REGION_NOT_IN_TABLE', rule: 'REG-01' }, path },
        figures: { part: '140105009', digits: '7–9' },
      },
    ]);
    // Its last day in force is the first of July.
    expect(to('140105002')).toEqual([]);
    expect(to('140105002', '2026-07-02')).toMatchObject([
      {
        ...{ code: { name: 'REGION_NO_LONGER_IN_FORCE' }, path },
        figures: { until: '2026-07-02', required: '140105001' },
      },
    ]);
  });

  test('dates in order: one day is enough, a day less is not; the year is that of the first day', () => {
    expect(codesOf({ endsOn: '2026-07-01' })).toEqual([]);
    expect(codesOf({ endsOn: '2026-06-30' })).toEqual(['PROJECT_DATES_INVALID']);
    expect(codesOf({ year: 2027 })).toEqual(['PROJECT_YEAR_DIFFERS']);
  });
});

test('PLN-07: all planned places can be dispatched, not one more', () => {
  expect(codesOf({ plannedPlaces: 40, dispatchPlaces: 40 })).toEqual([]);
  expect(codesOf({ plannedPlaces: 40, dispatchPlaces: 41 })).toEqual([
    'PROJECT_DISPATCH_OVER_PLACES',
  ]);
  expect(codesOf({ dispatchPlaces: 1 })).toEqual(['PROJECT_DISPATCH_OVER_PLACES']);
});
