import { expect, test } from '@jest/globals';
import { recordPairing } from './pairing.ts';

const command = {
  institutionId: 'ins_1',
  schoolId: 'sch_1',
  purpose: '校本研修指导',
  from: '2026-09-01',
  to: '2027-08-31',
};
const paired = (
  change: Partial<typeof command> = {},
  university: string | null = null,
  others: readonly { from: string; to: string }[] = [],
) => {
  const decision = recordPairing({ ...command, ...change }, { university, others });
  return decision.accepted ? [] : decision.faults.map(({ code }) => code.name);
};

test('REG-18: an institution and a school are paired once at a time; the day after it may begin anew', () => {
  const earlier = (to: string) => [{ from: '2025-09-01', to }];
  expect(paired({}, null, earlier('2026-09-01'))).toEqual(['PAIRED_ALREADY']);
  expect(paired({}, null, earlier('2026-08-31'))).toEqual([]);
  expect(paired({ to: '2026-09-01' })).toEqual([]);
  expect(paired({ to: '2026-08-31' })).toEqual(['PAIRING_REVERSED']);
});

test('REG-17: a college is not paired, its university is', () => {
  expect(paired({}, 'ins_university')).toEqual(['PAIRED_PART']);
});
