import { describe, expect, test } from '@jest/globals';
import { type Decision, national, type PolicyVersion, shanxi2023 } from '@shixun/kernel';
import { type PublishPolicy, publishPolicy } from './publish.ts';

const today = '2026-09-01';
const tomorrow = '2026-09-02';
const versions: readonly PolicyVersion[] = [national, shanxi2023];
const command: PublishPolicy = {
  profile: 'taiyuan-2026',
  regionCode: '140100',
  effectiveFrom: tomorrow,
  figures: { schedulePublishedBeforeMinDays: 7 },
};
const publish = (change: Partial<PublishPolicy>, facts = { regionKnown: true, versions }) =>
  publishPolicy({ ...command, ...change }, facts, today);

describe('publishPolicy', () => {
  test('a city tightens its province: numbered, and based on what it inherits', () => {
    expect(publish({})).toEqual({
      accepted: true,
      outcome: {
        id: 'taiyuan-2026@1',
        profile: 'taiyuan-2026',
        regionCode: '140100',
        effectiveFrom: tomorrow,
        base: 'shanxi-2023@1',
        figures: { schedulePublishedBeforeMinDays: 7 },
      },
      flags: [],
    });
  });

  test.each([
    [4, ['FIGURE_LOOSENED']],
    [5, []],
    [6, []],
  ])('CRS-18: %i days of notice where the province asks 5: %j', (days, refusals) => {
    expect(codesOf(publish({ figures: { schedulePublishedBeforeMinDays: days } }))).toEqual(
      refusals,
    );
  });

  test.each([
    [{ numerator: 49, denominator: 100 }, ['FIGURE_LOOSENED']],
    [{ numerator: 4999, denominator: 10_000 }, ['FIGURE_LOOSENED']],
    [{ numerator: 1, denominator: 2 }, []],
    [{ numerator: 51, denominator: 100 }, []],
  ])('CRS-11: a share of practice of %j where the province asks 50 %%: %j', (share, refusals) => {
    expect(codesOf(publish({ figures: { practiceShareMin: share } }))).toEqual(refusals);
  });

  test('every loosened, unknown and malformed figure is named at once', () => {
    const figures = {
      schedulePublishedBeforeMinDays: 4,
      practiceShareMin: { numerator: 49, denominator: 100 },
      absenceLimit: { numerator: 1, denominator: 4 },
      lunchBreakMinutes: 60,
      spotCheckShareMin: 0.2,
    };
    expect(codesOf(publish({ figures }))).toEqual([
      'FIGURE_UNKNOWN',
      'FIGURE_MALFORMED',
      'FIGURE_LOOSENED',
      'FIGURE_LOOSENED',
      'FIGURE_LOOSENED',
    ]);
  });

  test('the next version of a profile has the next number', () => {
    const first = outcomeOf(publish({}));
    const next = publish(
      { effectiveFrom: '2026-10-01' },
      { regionKnown: true, versions: [...versions, first] },
    );
    expect(outcomeOf(next).id).toBe('taiyuan-2026@2');
  });

  test('a policy takes effect tomorrow at the earliest, and never before the region’s last one', () => {
    expect(codesOf(publish({ effectiveFrom: '2026-08-31' }))).toEqual(['POLICY_RETROACTIVE']);
    expect(codesOf(publish({ effectiveFrom: today }))).toEqual(['POLICY_RETROACTIVE']);
    expect(codesOf(publish({ effectiveFrom: tomorrow }))).toEqual([]);
    const later = { ...outcomeOf(publish({})), effectiveFrom: '2026-10-01' };
    const facts = { regionKnown: true, versions: [...versions, later] };
    expect(codesOf(publish({ effectiveFrom: '2026-09-30' }, facts))).toEqual([
      'POLICY_RETROACTIVE',
    ]);
    expect(codesOf(publish({ effectiveFrom: '2026-10-01' }, facts))).toEqual([]);
  });

  test('a county inherits from its city, not only from its province', () => {
    const city = outcomeOf(publish({}));
    const facts = { regionKnown: true, versions: [...versions, city] };
    const county = { profile: 'xiaodian-2026', regionCode: '140105' };
    expect(
      codesOf(publish({ ...county, figures: { schedulePublishedBeforeMinDays: 6 } }, facts)),
    ).toEqual(['FIGURE_LOOSENED']);
    expect(
      outcomeOf(publish({ ...county, figures: { schedulePublishedBeforeMinDays: 7 } }, facts)),
    ).toMatchObject({
      base: 'taiyuan-2026@1',
    });
  });

  test('another region’s profile, an unknown region and an empty policy are refused', () => {
    expect(codesOf(publish({ profile: 'shanxi-2023' }))).toEqual(['POLICY_PROFILE_TAKEN']);
    expect(codesOf(publish({}, { regionKnown: false, versions }))).toEqual([
      'POLICY_REGION_UNKNOWN',
    ]);
    expect(codesOf(publish({ figures: {} }))).toEqual(['POLICY_WITHOUT_FIGURES']);
  });
});

function outcomeOf(decision: Decision<PolicyVersion>): PolicyVersion {
  if (!decision.accepted) throw new Error(codesOf(decision).join());
  return decision.outcome;
}

function codesOf(decision: Decision<unknown>): readonly string[] {
  return decision.accepted ? [] : decision.faults.map((each) => each.code.name);
}
