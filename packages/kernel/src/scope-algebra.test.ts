import { describe, expect, test } from '@jest/globals';
import {
  isEmptyScope,
  type ScopeBox,
  scopeDifference,
  scopeIntersection,
  scopeUnion,
  scopeWithout,
} from './scope-algebra.ts';

const box = (change: Partial<ScopeBox> = {}): ScopeBox => ({
  levels: ['county', 'city'],
  stages: ['primary', 'junior'],
  subjects: ['chinese', 'mathematics'],
  modalities: ['blended'],
  validFrom: '2026-01-01',
  validTo: '2026-12-31',
  ...change,
});
/** Every point of the boxes on three days, so that sets can be compared whatever the boxes look like. */
const days = ['2026-01-01', '2026-06-30', '2026-07-01', '2026-12-31', '2027-01-01'];
const values = {
  levels: ['county', 'city', 'provincial'],
  stages: ['primary', 'junior', 'senior'],
  subjects: ['chinese', 'mathematics', 'pe'],
  modalities: ['blended', 'online'],
};
function points(boxes: readonly ScopeBox[]): readonly string[] {
  return values.levels.flatMap((level) =>
    values.stages.flatMap((stage) =>
      values.subjects.flatMap((subject) =>
        values.modalities.flatMap((modality) =>
          days.flatMap((day) => {
            const holders = boxes.filter(
              (each) =>
                each.levels.includes(level) &&
                each.stages.includes(stage) &&
                each.subjects.includes(subject) &&
                each.modalities.includes(modality) &&
                each.validFrom <= day &&
                day <= each.validTo,
            );
            return holders.map(() => `${level} ${stage} ${subject} ${modality} ${day}`);
          }),
        ),
      ),
    ),
  );
}
const others: readonly (readonly [string, ScopeBox])[] = [
  ['the same', box()],
  ['another subject', box({ subjects: ['pe'] })],
  ['partly other levels and stages', box({ levels: ['city', 'provincial'], stages: ['junior'] })],
  ['the first half year', box({ validTo: '2026-06-30' })],
  ['the middle', box({ validFrom: '2026-06-30', validTo: '2026-07-01', stages: ['primary'] })],
  ['longer and online', box({ modalities: ['blended', 'online'], validTo: '2027-01-01' })],
];

describe('REG-08: the algebra of scopes', () => {
  test.each(others)('REG-08: difference and intersection with %s part the whole', (_, other) => {
    const whole = box();
    const both = scopeIntersection(whole, other);
    const parts = [...scopeDifference(whole, other), ...(both === null ? [] : [both])];
    expect([...points(parts)].sort()).toEqual([...points([whole])].sort());
    expect(both === null ? [] : points(scopeWithout([both], [other]))).toEqual([]);
  });

  test.each(others)('REG-08: the union with %s holds each point once', (_, other) => {
    const union = points(scopeUnion([box(), other]));
    expect(new Set(union)).toEqual(new Set(points([box(), other])));
    expect(union).toHaveLength(new Set(union).size);
  });

  test('REG-08: two half years cover the year, a day between them is left open', () => {
    const first = box({ validTo: '2026-06-30' });
    expect(scopeWithout([box()], [first, box({ validFrom: '2026-07-01' })])).toEqual([]);
    expect(scopeWithout([box()], [first, box({ validFrom: '2026-07-02' })])).toEqual([
      box({ validFrom: '2026-07-01', validTo: '2026-07-01' }),
    ]);
  });

  test('REG-08: boxes cover only combinations that one of them holds', () => {
    const parts = [
      box({ stages: ['primary'], subjects: ['chinese'] }),
      box({ stages: ['junior'], subjects: ['mathematics'] }),
    ];
    const left = scopeWithout([box()], parts);
    expect(points(left)).toHaveLength(points([box()]).length / 2);
    expect(scopeWithout(left, [box({ subjects: ['chinese'], stages: ['primary'] })])).toEqual(left);
  });

  test('REG-08: a scope without a value, or whose period is over before it begins, holds nothing', () => {
    expect(isEmptyScope(box({ validFrom: '2026-12-31' }))).toBe(false);
    expect(isEmptyScope(box({ validFrom: '2027-01-01' }))).toBe(true);
    expect(isEmptyScope(box({ subjects: [] }))).toBe(true);
    expect(scopeDifference(box({ subjects: [] }), box())).toEqual([]);
    expect(scopeUnion([box({ levels: [] })])).toEqual([]);
  });
});
