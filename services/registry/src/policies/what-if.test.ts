import { describe, expect, test } from '@jest/globals';
import {
  effectivePolicy,
  figureOrigins,
  national,
  type PolicyVersion,
  shanxi2023,
} from '@shixun/kernel';
import { policyWhatIf } from './what-if.ts';

const version = (
  id: string,
  regionCode: string,
  effectiveFrom: string,
  figures: PolicyVersion['figures'],
): PolicyVersion => ({
  id: `${id}@1`,
  profile: id,
  regionCode,
  effectiveFrom,
  base: 'shanxi-2023@1',
  figures,
});
const county = version('xiaodian', '140105', '2026-09-01', {
  schedulePublishedBeforeMinDays: 7,
  segmentsMax: 1,
});
const other = version('yingze', '140106', '2026-09-01', { schedulePublishedBeforeMinDays: 9 });
const later = version('jinyuan', '140110', '2027-01-01', { schedulePublishedBeforeMinDays: 7 });
const elsewhere = version('pingcheng', '140213', '2026-09-01', {
  schedulePublishedBeforeMinDays: 6,
});
const versions = [national, shanxi2023, county, other, later, elsewhere];
const whatIf = (days: number) =>
  policyWhatIf(
    version('taiyuan', '140100', '2026-10-01', { schedulePublishedBeforeMinDays: days }),
    versions,
  );

describe('what a draft would change', () => {
  test('nothing when it says what holds already', () => {
    expect(whatIf(5)).toEqual({ changes: [], below: [] });
  });

  test.each([
    [6, []],
    [7, [['140105', 'identical', 0]]],
    [8, [['140105', 'overruled', 1]]],
    [
      9,
      [
        ['140105', 'overruled', 1],
        ['140106', 'identical', 0],
      ],
    ],
  ] as const)('a city asks %i days, its counties 7 and 9: %j', (days, expected) => {
    const { changes, below } = whatIf(days);
    expect(changes).toEqual([
      { figure: 'schedulePublishedBeforeMinDays', before: 5, after: days, standing: 'tighter' },
    ]);
    expect(
      below.map(({ regionCode, lost, changes: own }) => [regionCode, lost[0]?.becomes, own.length]),
    ).toEqual(expected);
  });

  test('each figure in force names the version that it comes from', () => {
    const all = [
      ...versions,
      version('taiyuan', '140100', '2026-10-01', { schedulePublishedBeforeMinDays: 8 }),
    ];
    const origins = (date: string) => figureOrigins(all, '140105', date);
    expect(origins('2026-09-30').schedulePublishedBeforeMinDays).toBe('xiaodian@1');
    expect(origins('2026-10-01')).toMatchObject({
      schedulePublishedBeforeMinDays: 'taiyuan@1',
      segmentsMax: 'xiaodian@1',
      rectificationMaxDays: 'national@1',
    });
    expect(
      effectivePolicy(all, '140105', '2026-10-01').figures.schedulePublishedBeforeMinDays,
    ).toBe(8);
  });
});
