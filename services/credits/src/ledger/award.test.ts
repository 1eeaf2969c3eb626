import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { balanced, categories } from './account.ts';
import { awardCompletion, contradictionOf } from './award.ts';
import { exampleCompletion, tenth } from './completion.example.ts';

describe('award', () => {
  test('CRD-03: hours and credits of each category reach their own account, the contra account balances them', () => {
    const entry = awardCompletion(exampleCompletion(), [], tenth);
    expect(entry).toMatchObject({
      _id: 'ent_cmp_1_1',
      kind: 'award',
      year: 2026,
      bookId: 'tch_1/2026',
      hoursCenti: 3600,
      creditsCenti: 360,
      policyVersion: 'national@1',
      postings: [
        { account: 'held:subject:self_selected:county', hoursCenti: 2400, creditsCenti: 240 },
        { account: 'held:ethics:self_selected:county', hoursCenti: 1200, creditsCenti: 120 },
        { account: 'issued:completion', hoursCenti: -3600, creditsCenti: -360 },
      ],
    });
  });

  test('CRD-03: a completion whose chain has begun is not credited again', () => {
    const first = awardCompletion(exampleCompletion(), [], tenth);
    expect(first && awardCompletion(exampleCompletion(), [first], tenth)).toBeNull();
  });

  test.each([
    [2, 0],
    [4, 0],
    [5, 1],
    [6, 1],
    [15, 2],
  ])(
    'CRD-02: %i hundredths of an hour at 1/10 round half up to %i hundredths of a credit',
    (hoursCenti, creditsCenti) => {
      const completion = exampleCompletion({
        hoursPlannedCenti: hoursCenti,
        hoursAbsentCenti: 0,
        hoursCenti,
        hoursByCategory: [{ category: 'it', hoursCenti }],
      });
      expect(awardCompletion(completion, [], tenth)).toMatchObject({ hoursCenti, creditsCenti });
    },
  );

  test('CRD-02: credits are the sum of the categories, each rounded on its own', () => {
    const completion = exampleCompletion({
      hoursPlannedCenti: 10,
      hoursAbsentCenti: 0,
      hoursCenti: 10,
      hoursByCategory: [
        { category: 'it', hoursCenti: 5 },
        { category: 'other', hoursCenti: 5 },
      ],
    });
    expect(awardCompletion(completion, [], tenth)).toMatchObject({ creditsCenti: 2 });
  });

  test('CRD-01: whatever the hours and the rate, an award cancels out in hours and in credits', () => {
    const hours = fc.uniqueArray(
      fc.record({ category: fc.constantFrom(...categories), hoursCenti: fc.nat(100_000) }),
      { selector: (each) => each.category },
    );
    const rates = fc.record({
      numerator: fc.integer({ min: 1, max: 9 }),
      denominator: fc.integer({ min: 1, max: 99 }),
    });
    fc.assert(
      fc.property(hours, rates, (hoursByCategory, rate) => {
        const hoursCenti = hoursByCategory.reduce((sum, each) => sum + each.hoursCenti, 0);
        const completion = exampleCompletion({
          hoursPlannedCenti: hoursCenti,
          hoursAbsentCenti: 0,
          hoursCenti,
          hoursByCategory,
        });
        const entry = awardCompletion(completion, [], { rate, policyVersion: 'national@1' });
        expect(entry?.hoursCenti).toBe(hoursCenti);
        expect(balanced(entry?.postings ?? [])).toBe(true);
      }),
    );
  });
});

describe('contradiction', () => {
  test('CRD-03: planned − absent = hours = sum of the categories is sound', () => {
    expect(contradictionOf(exampleCompletion())).toBeNull();
  });

  test.each([
    ['an hour too many', { hoursCenti: 3601 }, 'planned − absent is 3600'],
    ['an hour too few', { hoursCenti: 3599 }, 'planned − absent is 3600'],
    ['absent beyond planned', { hoursAbsentCenti: 7600, hoursCenti: -3600 }, 'never negative'],
    [
      'a category short',
      { hoursByCategory: [{ category: 'it', hoursCenti: 3599 }] },
      'adds up to 3599',
    ],
    [
      'a category twice',
      {
        hoursByCategory: [
          { category: 'it', hoursCenti: 1800 },
          { category: 'it', hoursCenti: 1800 },
        ],
      },
      'named twice',
    ],
  ] as const)('CRD-03: %s is a contradiction', (_name, changes, said) => {
    expect(contradictionOf(exampleCompletion(changes))).toContain(said);
  });
});
