import { expect, test } from '@jest/globals';
import type { Decision } from '@shixun/kernel';
import { openWorkshop, setArea } from './organize.ts';

const school = { id: 'sch_1', regionCode: '140105201' };
const area = { countyCode: '140105', name: '北片区', schoolIds: ['sch_1'] };
const facts = { countyLevel: 'county', schools: [school], elsewhere: [] } as const;

test.each([
  ['a school of the county', facts, []],
  ['a city', { ...facts, countyLevel: 'city' as const }, ['AREA_NOT_OF_COUNTY']],
  ['no such school', { ...facts, schools: [] }, ['AREA_SCHOOL_UNKNOWN']],
  [
    'a closed school',
    { ...facts, schools: [{ ...school, state: 'closed' }] },
    ['AREA_SCHOOL_UNKNOWN'],
  ],
  [
    'a school of another county',
    { ...facts, schools: [{ ...school, regionCode: '140106001' }] },
    ['AREA_SCHOOL_ELSEWHERE'],
  ],
  ['a school of another area', { ...facts, elsewhere: ['sch_1'] }, ['AREA_SCHOOL_TAKEN']],
])('REG-14: an area with %s: %j', (_what, given, refusals) => {
  expect(codesOf(setArea(area, given))).toEqual(refusals);
});

const workshop = {
  name: '语文工作坊',
  hostTeacherId: 'tch_1',
  subject: 'chinese',
  stage: 'primary',
  regionCode: '140105',
  schoolId: null,
};
const host = { status: 'active', regionCode: '140105201', schoolId: 'sch_1' };

test.each([
  ['of the county', {}, host, []],
  ['of the school', { schoolId: 'sch_1' }, host, []],
  ['of another school', { schoolId: 'sch_2' }, host, ['HOST_ELSEWHERE']],
  ['of another county', {}, { ...host, regionCode: '140106001' }, ['HOST_ELSEWHERE']],
  ['who has retired', {}, { ...host, status: 'retired' }, ['HOST_NOT_ACTIVE']],
])('REG-14: a workshop with a host %s: %j', (_who, change, of, refusals) => {
  expect(codesOf(openWorkshop({ ...workshop, ...change }, { host: of }))).toEqual(refusals);
});

function codesOf(decision: Decision<unknown>): readonly string[] {
  return decision.accepted ? [] : decision.faults.map((each) => each.code.name);
}
