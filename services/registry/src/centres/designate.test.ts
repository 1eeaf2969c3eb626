import { expect, test } from '@jest/globals';
import type { Decision } from '@shixun/kernel';
import { type DesignateCentre, designateCentre } from './designate.ts';

const command: DesignateCentre = {
  countyCode: '140105',
  institutionId: 'ins_1',
  from: '2026-09-01',
  formerBodies: [{ name: '小店区教师进修学校', institutionId: null, mergedOn: '2026-09-01' }],
};
const institution = { kind: 'development_centre', regionCode: '140105' };
const facts = { institution, standing: null };

test('REG-15: a county names a development centre of its own, and keeps the bodies that went into it', () => {
  expect(designateCentre(command, facts)).toMatchObject({
    accepted: true,
    outcome: { formerBodies: [{ name: '小店区教师进修学校' }] },
  });
});

test.each([
  ['the neighbouring county’s', { ...institution, regionCode: '140106' }, ['CENTRE_ELSEWHERE']],
  ['the city’s', { ...institution, regionCode: '140100' }, ['CENTRE_ELSEWHERE']],
  ['a university', { ...institution, kind: 'normal_university' }, ['CENTRE_KIND']],
])('REG-15: %s is refused', (_what, other, refusals) => {
  expect(codesOf(designateCentre(command, { ...facts, institution: other }))).toEqual(refusals);
});

test('REG-15: a city names none', () => {
  expect(codesOf(designateCentre({ ...command, countyCode: '140100' }, facts))).toEqual([
    'CENTRE_NOT_OF_COUNTY',
  ]);
});

test.each([
  ['2026-08-31', []],
  ['2026-09-01', ['CENTRE_BEFORE_STANDING']],
])('REG-15: there is one at a time: after one from %s on: %j', (from, refusals) => {
  const standing = { institutionId: 'ins_0', from };
  expect(codesOf(designateCentre(command, { ...facts, standing }))).toEqual(refusals);
});

test('REG-15: the same institution is not named again', () => {
  const standing = { institutionId: 'ins_1', from: '2020-01-01' };
  expect(codesOf(designateCentre(command, { ...facts, standing }))).toEqual(['CENTRE_SAME']);
});

test.each([
  ['2026-09-01', null, []],
  ['2026-09-02', null, ['FORMER_BODY_LATER']],
  ['2026-09-01', 'ins_1', ['FORMER_BODY_IS_CENTRE']],
])('REG-15: a body merged on %s (%s): %j', (mergedOn, institutionId, refusals) => {
  const formerBodies = [{ name: '教研室', institutionId, mergedOn }];
  expect(codesOf(designateCentre({ ...command, formerBodies }, facts))).toEqual(refusals);
});

function codesOf(decision: Decision<unknown>): readonly string[] {
  return decision.accepted ? [] : decision.faults.map((each) => each.code.name);
}
