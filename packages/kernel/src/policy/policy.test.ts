import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { explain } from '../refusal.ts';
import { ruleByNumber } from '../rules/index.ts';
import {
  effectivePolicy,
  type FigureName,
  type FigureValue,
  figureNames,
  figureText,
  incoherenceFaults,
  inherit,
  isFigureName,
  looseningFaults,
  national,
  type PolicyFigures,
  type PolicyVersion,
  policyDifference,
  policyFigures,
  readFigures,
  shanxi2023,
  standingOf,
  zhejiang2014,
} from './index.ts';
import { bindsProvinces } from './table.ts';

const shipped: readonly PolicyVersion[] = [national, shanxi2023, zhejiang2014];
const complete: PolicyFigures = national.figures;

function version(regionCode: string, figures: Partial<PolicyFigures>): PolicyVersion {
  const id = `test-${regionCode}@1`;
  return { id, profile: 'test', regionCode, effectiveFrom: '2026-01-01', base: null, figures };
}

describe('the table of figures', () => {
  test('describes every figure of the national base, and no other', () => {
    expect([...figureNames].sort()).toEqual(Object.keys(complete).sort());
  });

  test.each(figureNames)(
    '%s names a rule that exists and says what it is, in zh and en',
    (name) => {
      const { rule, source, ownDefault, description } = policyFigures[name];
      expect(ruleByNumber(rule)).toBeDefined();
      expect(ownDefault).toBe(source === null);
      expect(description.zh).toMatch(/\p{Script=Han}/u);
      expect(description.en).toMatch(/^[^\p{Script=Han}]+( 学时)?$/u);
    },
  );

  test('marks what stands 原则上 in its document', () => {
    expect(figureNames.filter((name) => policyFigures[name].inPrinciple)).toEqual([
      'trainerSchoolDaysMin',
      'visitsPerYearMin',
      'visitMinDays',
      'releaseOutOfProvinceShareMin',
      'releasePractitionerShareMin',
      'releaseCentralisedPracticeShareMin',
    ]);
  });

  test('every shipped version holds only figures of the right shape, and a whole that fits together', () => {
    for (const { figures } of shipped)
      expect(readFigures(figures)).toEqual({ figures, faults: [] });
    for (const region of ['140105', '330106', '110000']) {
      expect(incoherenceFaults(effectivePolicy(shipped, region, '2026-09-01').figures)).toEqual([]);
    }
  });
});

describe('the policy in force', () => {
  test('Shanxi’s version begins on 2023-05-04: the day before, the day, the day after', () => {
    expect(effectivePolicy(shipped, '140105', '2023-05-03').versionId).toBe('national@1');
    expect(effectivePolicy(shipped, '140105', '2023-05-04').versionId).toBe('shanxi-2023@1');
    expect(effectivePolicy(shipped, '140105', '2023-05-05').versionId).toBe('shanxi-2023@1');
  });

  test('each province has its own, townships their county’s, and the others the national base', () => {
    expect(effectivePolicy(shipped, '330106', '2026-01-01').versionId).toBe('zhejiang-2014@1');
    expect(effectivePolicy(shipped, '140105001', '2026-01-01').versionId).toBe('shanxi-2023@1');
    expect(effectivePolicy(shipped, '110101', '2026-01-01').versionId).toBe('national@1');
  });

  test('Shanxi asks 72 hours a year in basic and 90 in vocational education', () => {
    const { figures } = effectivePolicy(shipped, '140000', '2026-01-01');
    expect(figures.yearlyHoursMinBasicCenti).toBe(7200);
    expect(figures.yearlyHoursMinVocationalCenti).toBe(9000);
    expect(figures.cycleHoursMinBasicCenti).toBe(7200 * figures.cycleYears);
  });

  test('of two versions of one day the later revision counts', () => {
    const second = {
      ...shanxi2023,
      id: 'shanxi-2023@10',
      figures: { yearlyHoursMinBasicCenti: 80_00 },
    };
    const ninth = { ...shanxi2023, id: 'shanxi-2023@9' };
    const { versionId } = effectivePolicy([national, second, ninth], '140105', '2026-01-01');
    expect(versionId).toBe('shanxi-2023@10');
  });

  test('a figure tightened by the province later holds in a city that had set a looser one', () => {
    const city = version('140100', { absenceLimit: { numerator: 15, denominator: 100 } });
    const later = {
      ...version('140000', { absenceLimit: { numerator: 1, denominator: 10 } }),
      effectiveFrom: '2027-01-01',
    };
    const all = [...shipped, city, later];
    expect(effectivePolicy(all, '140105', '2026-12-31').figures.absenceLimit.numerator).toBe(15);
    expect(effectivePolicy(all, '140105', '2027-01-01').figures.absenceLimit).toEqual({
      numerator: 1,
      denominator: 10,
    });
  });
});

describe('tightening', () => {
  test('a city that loosens is refused, naming the figure and both values', () => {
    const city = version('140100', { yearlyHoursMinBasicCenti: 71_99 });
    const [first, ...others] = looseningFaults(complete, city);
    expect(others).toEqual([]);
    expect(first && explain(first)).toMatchObject({
      code: 'FIGURE_LOOSENED',
      path: ['figures', 'yearlyHoursMinBasicCenti'],
      required: '72.00 h',
      actual: '71.99 h',
      messageEn: expect.stringContaining('yearlyHoursMinBasicCenti'),
      messageZh: expect.stringContaining('基础教育教师每年学时下限'),
    });
  });

  test.each([
    ['yearlyHoursMinBasicCenti', 72_00],
    ['yearlyHoursMinBasicCenti', 72_01],
    ['absenceLimit', { numerator: 2, denominator: 10 }],
    ['absenceLimit', { numerator: 199, denominator: 1000 }],
    ['cycleRequiredCategories', ['it', 'ethics', 'professional_standards', 'subject']],
  ] as const)('a city may keep or tighten: %s %j', (name, value) => {
    expect(looseningFaults(complete, version('140100', { [name]: value }))).toEqual([]);
  });

  test.each([
    ['absenceLimit', { numerator: 201, denominator: 1000 }],
    ['ethicsFirst', false],
    ['cycleRequiredCategories', ['ethics', 'it', 'subject']],
    ['appealWithinDays', 31],
    ['appealWithinDays', 29],
    ['summerHolidayFirstMonthDay', '07-01'],
  ] as const)('a county may not: %s %j', (name, value) => {
    const faults = looseningFaults(complete, version('140105', { [name]: value }));
    expect(faults.map(({ path }) => path)).toEqual([['figures', name]]);
  });

  test('a province may not loosen what a national document gives, but sets what none gives', () => {
    const province = version('140000', {
      practiceShareMin: { numerator: 49, denominator: 100 },
      absenceLimit: { numerator: 1, denominator: 4 },
      concurrentEnrollmentsMax: 5,
    });
    const faults = looseningFaults(complete, province);
    expect(faults.map(({ path }) => path[1])).toEqual(['practiceShareMin']);
    const { figures } = effectivePolicy([national, province], '140000', '2026-01-01');
    expect(figures.practiceShareMin).toEqual({ numerator: 50, denominator: 100 });
    expect(figures.absenceLimit).toEqual({ numerator: 1, denominator: 4 });
    expect(figures.concurrentEnrollmentsMax).toBe(5);
  });

  test('whatever province, city and county publish, nobody below is looser than what is above', () => {
    fc.assert(
      fc.property(someFigures(), someFigures(), someFigures(), (province, city, county) => {
        const all = [
          national,
          version('140000', province),
          version('140100', city),
          version('140105', county),
        ];
        const above = effectivePolicy(all, '140000', '2026-06-01').figures;
        const middle = effectivePolicy(all, '140100', '2026-06-01').figures;
        const below = effectivePolicy(all, '140105', '2026-06-01').figures;
        for (const name of figureNames) {
          expect(standingOf(name, above[name], middle[name])).not.toBe('looser');
          expect(standingOf(name, middle[name], below[name])).not.toBe('looser');
          if (!bindsProvinces(name)) continue;
          expect(standingOf(name, complete[name], above[name])).not.toBe('looser');
        }
      }),
      { numRuns: 200 },
    );
  });

  test('a version without a fault is in force exactly as it was published', () => {
    fc.assert(
      fc.property(someFigures(), (figures) => {
        const county = version('140105', figures);
        const kept = figureNames.every(
          (name) =>
            figures[name] === undefined ||
            standingOf(name, figures[name], inherit(complete, county)[name]) === 'equal',
        );
        expect(kept).toBe(looseningFaults(complete, county).length === 0);
      }),
    );
  });
});

describe('reading figures from outside', () => {
  test.each([
    ['yearlyHours', 72, 'FIGURE_UNKNOWN'],
    ['yearlyHoursMinBasicCenti', 72.5, 'FIGURE_MALFORMED'],
    ['yearlyHoursMinBasicCenti', -1, 'FIGURE_MALFORMED'],
    ['yearlyHoursMinBasicCenti', '7200', 'FIGURE_MALFORMED'],
    ['absenceLimit', { numerator: 6, denominator: 5 }, 'FIGURE_MALFORMED'],
    ['absenceLimit', { numerator: 1, denominator: 0 }, 'FIGURE_MALFORMED'],
    ['ethicsFirst', 'yes', 'FIGURE_MALFORMED'],
    ['cycleRequiredCategories', ['sport'], 'FIGURE_MALFORMED'],
    ['summerHolidayFirstMonthDay', '02-30', 'FIGURE_MALFORMED'],
  ])('%s: %j is refused as %s', (name, value, code) => {
    const { figures, faults } = readFigures({ [name]: value });
    expect(figures).toEqual({});
    expect(faults.map((found) => found.code.name)).toEqual([code]);
  });

  test('a factor may be above one where a share may not', () => {
    const factor = { numerator: 3, denominator: 2 };
    expect(readFigures({ creditFactorOnline: factor }).figures).toEqual({
      creditFactorOnline: factor,
    });
  });

  test('weights that do not sum to 100 are named with their sum', () => {
    const [found] = incoherenceFaults({ ...complete, weightAgencyPercent: 41 });
    expect(found && explain(found)).toMatchObject({ code: 'FIGURES_INCOHERENT', actual: '101' });
  });

  test.each([
    ['gradeBScoreMinCenti', 9000],
    ['releaseMinMonths', 7],
    ['releaseGroupMinTrainees', 11],
  ] as const)('figures that contradict each other are named: %s %j', (name, value) => {
    expect(incoherenceFaults({ ...complete, [name]: value })).toHaveLength(1);
  });
});

describe('a what-if', () => {
  test('lists the figures that differ, which way, and no other', () => {
    const stricter = inherit(
      complete,
      version('140105', { yearlyHoursMinBasicCenti: 80_00, segmentsMax: 1 }),
    );
    expect(policyDifference(complete, stricter)).toEqual([
      { figure: 'segmentsMax', before: 2, after: 1, standing: 'tighter' },
      { figure: 'yearlyHoursMinBasicCenti', before: 72_00, after: 80_00, standing: 'tighter' },
    ]);
    expect(policyDifference(stricter, complete).map(({ standing }) => standing)).toEqual([
      'looser',
      'looser',
    ]);
    expect(policyDifference(complete, complete)).toEqual([]);
  });

  test('shows figures as people write them', () => {
    const text = (name: FigureName) => figureText(name, complete[name]);
    expect(text('practiceShareMin')).toBe('50 %');
    expect(text('fundingBureauPayrollShareMin')).toBe('2.5 %');
    expect(text('absenceLimit')).toBe('1/5');
    expect(text('yearlyHoursMinBasicCenti')).toBe('72.00 h');
    expect(text('schedulePublishedBeforeMinDays')).toBe('5 d');
  });
});

/** Any figures of the right shape, some of them missing. */
function someFigures(): fc.Arbitrary<Partial<PolicyFigures>> {
  const record = Object.fromEntries(figureNames.map((name) => [name, someValue(name)]));
  return fc.record(record, { requiredKeys: [] }) as fc.Arbitrary<Partial<PolicyFigures>>;
}

function someValue(name: FigureName): fc.Arbitrary<FigureValue> {
  if (!isFigureName(name)) throw new Error(name);
  switch (policyFigures[name].unit) {
    case 'ratio':
      return fc
        .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 60, max: 100 }))
        .map(([numerator, denominator]) => ({ numerator, denominator }));
    case 'switch':
      return fc.boolean();
    case 'categories':
      return fc.subarray(['ethics', 'professional_standards', 'it', 'subject'] as const);
    case 'monthDay':
      return fc.constantFrom('07-01', '07-10', '08-31');
    default:
      return fc.integer({ min: 0, max: 20_000 });
  }
}
