import { expect, test } from '@jest/globals';
import { type RegisterTrainer, registerTrainer } from './register.ts';

const command: RegisterTrainer = {
  name: '李老师',
  kind: 'frontline_teacher',
  fullTime: false,
  homeProvinceCode: '140000',
  subjects: ['chinese'],
  specialty: '阅读教学',
  schoolId: 'sch_1',
  institutionId: null,
  regionCode: '140105',
};
const known = { regionKnown: true, schoolKnown: true, institutionKnown: true };
const refused = (change: Partial<RegisterTrainer>, facts = known) => {
  const decision = registerTrainer({ ...command, ...change }, facts);
  return decision.accepted ? [] : decision.faults.map(({ code, path }) => [code.name, path[0]]);
};

test('REG-12: a front-line teacher of the province is registered with the school whose workload it is', () => {
  expect(refused({})).toEqual([]);
  expect(refused({ schoolId: null })).toEqual([['FRONTLINE_SCHOOL_MISSING', 'schoolId']]);
  expect(refused({ schoolId: null, homeProvinceCode: '110000' })).toEqual([]);
  expect(refused({ schoolId: null, kind: 'university_expert' })).toEqual([]);
});

test('REG-01: places that the registry does not know are named, all of them', () => {
  const nothing = { regionKnown: false, schoolKnown: false, institutionKnown: false };
  expect(refused({ institutionId: 'ins_9' }, nothing)).toEqual([
    ['TRAINER_PLACE_UNKNOWN', 'regionCode'],
    ['TRAINER_PLACE_UNKNOWN', 'schoolId'],
    ['TRAINER_PLACE_UNKNOWN', 'institutionId'],
  ]);
});
