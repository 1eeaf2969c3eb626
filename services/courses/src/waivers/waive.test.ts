import { describe, expect, test } from '@jest/globals';
import { type Decision, figureNames, national, policyFigures } from '@shixun/kernel';
import { figuresWithout, type WaiveFacts, waiveFigure } from './waive.ts';

const facts: WaiveFacts = { actsForOwner: true, ownerRole: 'CountyAdmin', over: false, waived: [] };
const codesOf = (decision: Decision<unknown>) =>
  decision.accepted ? [] : decision.faults.map(({ code }) => code.name);
const waive = (figure: string, change: Partial<WaiveFacts> = {}, reason = '本县无省外专家') =>
  codesOf(waiveFigure({ figure, reason }, { ...facts, ...change }));

describe('what stands in principle may be waived for one project', () => {
  test.each(figureNames.map((name) => [name, policyFigures[name]] as const))(
    '%s: only when it is marked 原则上 and is a figure of projects',
    (name, { inPrinciple, rule }) => {
      const expected = !inPrinciple
        ? ['WAIVER_FIGURE_BINDING']
        : rule.startsWith('CRS-')
          ? []
          : ['WAIVER_FIGURE_NOT_OF_PROJECTS'];
      expect(waive(name)).toEqual(expected);
    },
  );

  test('CRS-33: by the level that owns the project, once, with a reason, while it is not over', () => {
    const figure = 'releaseOutOfProvinceShareMin';
    expect(waive(figure)).toEqual([]);
    expect(waive(figure, { actsForOwner: false })).toEqual(['WAIVER_OF_OTHERS']);
    expect(waive(figure, { over: true })).toEqual(['WAIVER_PROJECT_OVER']);
    expect(waive(figure, { waived: [figure] })).toEqual(['WAIVER_GIVEN_ALREADY']);
    expect(waive('lunchBreakMinutes', { actsForOwner: false }, ' ')).toEqual([
      'WAIVER_OF_OTHERS',
      'WAIVER_REASON_MISSING',
      'WAIVER_FIGURE_UNKNOWN',
    ]);
  });

  test('CRS-30, CRS-33: a waived figure asks for nothing, the others stay', () => {
    const { figures } = national;
    expect(figuresWithout(figures, [])).toEqual(figures);
    expect(figuresWithout(figures, ['visitMinDays', 'releaseOutOfProvinceShareMin'])).toEqual({
      ...figures,
      visitMinDays: 0,
      releaseOutOfProvinceShareMin: { numerator: 0, denominator: 1 },
    });
  });
});
