import { expect, test } from '@jest/globals';
import type { Decision } from '@shixun/kernel';
import { type DesignateFacts, designateMonitor } from './designate.ts';

const command = {
  regionCode: '140105',
  monitorName: '质量监控中心',
  institutionId: null,
  from: '2026-09-01',
  to: null,
};
const facts: DesignateFacts = { ownBureau: true, standingFrom: null };

test('REG-03: a bureau names its own body; the one above does not do it for it', () => {
  expect(designateMonitor(command, facts)).toMatchObject({ accepted: true, outcome: command });
  expect(codesOf(designateMonitor(command, { ...facts, ownBureau: false }))).toEqual([
    'MONITOR_OF_OTHER_BUREAU',
  ]);
});

test.each([
  ['2026-08-31', []],
  ['2026-09-01', ['MONITOR_BEFORE_STANDING']],
  ['2026-09-02', ['MONITOR_BEFORE_STANDING']],
])('REG-03: after a designation from %s on: %j', (standingFrom, refusals) => {
  expect(codesOf(designateMonitor(command, { ...facts, standingFrom }))).toEqual(refusals);
});

test.each([
  ['2026-09-01', ['MONITOR_PERIOD_EMPTY']],
  ['2026-09-02', []],
])('REG-03: a designation up to %s: %j', (to, refusals) => {
  expect(codesOf(designateMonitor({ ...command, to }, facts))).toEqual(refusals);
});

function codesOf(decision: Decision<unknown>): readonly string[] {
  return decision.accepted ? [] : decision.faults.map((each) => each.code.name);
}
