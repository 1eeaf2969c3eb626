import { describe, expect, test } from '@jest/globals';
import { type Decision, national } from '@shixun/kernel';
import fc from 'fast-check';
import { type GradeFacts, gradeOf, publishGrade } from './publish.ts';

const figures = national.figures;
const facts: GradeFacts = {
  institutionId: 'ins_1',
  published: null,
  survey: { traineesCount: 50, answersCount: 40, scoreCenti: 8200 },
  agencyScoreCenti: 8500,
  inspectionScoreCenti: 8501,
  figures,
};

function publish(change: Partial<GradeFacts>) {
  return publishGrade({ ...facts, ...change });
}

function faultsOf(decision: Decision<unknown>): string[] {
  return decision.accepted ? [] : decision.faults.map(({ code }) => code.name);
}

const survey = (answersCount: number, traineesCount: number) => ({
  traineesCount,
  answersCount,
  scoreCenti: 8200,
});

describe('EVL-03: three kinds of evaluation combined by the weights of the policy', () => {
  test('40 % agency, 40 % anonymous, 20 % inspection, every component shown', () => {
    expect(publish({})).toMatchObject({
      accepted: true,
      outcome: {
        grade: 'B',
        // 34.00 + 32.80 + 17.002, cut to hundredths
        scoreCenti: 8380,
        components: [
          { kind: 'agency', scoreCenti: 8500, weightPercent: 40 },
          { kind: 'anonymous', scoreCenti: 8200, weightPercent: 40 },
          { kind: 'inspection', scoreCenti: 8501, weightPercent: 20 },
        ],
      },
    });
  });

  test.each([
    [90_00, 'A', 'B'],
    [75_00, 'B', 'C'],
    [60_00, 'C', 'D'],
  ] as const)('%i hundredths are an %s, the smallest step below is a %s', (score, at, below) => {
    const three = (inspection: number) =>
      (['agency', 'anonymous', 'inspection'] as const).map((kind, index) => ({
        kind,
        scoreCenti: index === 2 ? inspection : score,
        weightPercent: [40, 40, 20][index] ?? 0,
      }));
    expect(gradeOf(three(score), figures)).toEqual({ grade: at, scoreCenti: score });
    // A fifth of a hundredth below the band: never rounded up into it.
    expect(gradeOf(three(score - 1), figures)).toEqual({ grade: below, scoreCenti: score - 1 });
  });

  test('the grade never falls when a component rises', () => {
    const score = fc.integer({ min: 0, max: 9999 });
    fc.assert(
      fc.property(score, score, score, (agency, anonymous, inspection) => {
        const of = (points: number) =>
          gradeOf(
            [
              { kind: 'agency', scoreCenti: points, weightPercent: 40 },
              { kind: 'anonymous', scoreCenti: anonymous, weightPercent: 40 },
              { kind: 'inspection', scoreCenti: inspection, weightPercent: 20 },
            ],
            figures,
          );
        expect(of(agency + 1).scoreCenti).toBeGreaterThanOrEqual(of(agency).scoreCenti);
        expect(of(agency + 1).grade <= of(agency).grade).toBe(true);
      }),
    );
  });

  test('a missing kind is named, each one', () => {
    const decision = publish({ agencyScoreCenti: null, inspectionScoreCenti: null });
    expect(decision).toMatchObject({
      faults: [{ figures: { component: 'agency' } }, { figures: { component: 'inspection' } }],
    });
    expect(faultsOf(publish({ survey: null }))).toEqual(['SURVEY_NOT_COUNTED']);
  });

  test('a project is graded once, and only when an institution carried it out', () => {
    expect(faultsOf(publish({ published: 'C' }))).toEqual(['GRADE_EXISTS']);
    expect(faultsOf(publish({ institutionId: null }))).toEqual(['PROJECT_WITHOUT_INSTITUTION']);
  });
});

describe('EVL-01: coverage of the trainees', () => {
  test('exactly 80 % is enough, one answer less is not', () => {
    expect(publish({ survey: survey(40, 50) }).accepted).toBe(true);
    expect(publish({ survey: survey(39, 50) })).toMatchObject({
      accepted: false,
      faults: [{ figures: { required: '80 %', actual: '78 %', answers: 39, trainees: 50 } }],
    });
  });

  test('the share is not rounded up: 79 of 99 is below, 80 of 99 above', () => {
    expect(faultsOf(publish({ survey: survey(79, 99) }))).toEqual(['COVERAGE_TOO_LOW']);
    expect(publish({ survey: survey(80, 99) }).accepted).toBe(true);
  });
});

describe('EVL-02: no grade on fewer than five answers', () => {
  test('five of five are enough, four of four are not', () => {
    expect(publish({ survey: survey(5, 5) }).accepted).toBe(true);
    expect(faultsOf(publish({ survey: survey(4, 4) }))).toEqual(['TOO_FEW_ANSWERS']);
  });

  test('GOV-01: low coverage, too few answers and missing kinds are named at once', () => {
    const decision = publish({ survey: survey(4, 50), agencyScoreCenti: null });
    expect(faultsOf(decision)).toEqual([
      'COVERAGE_TOO_LOW',
      'TOO_FEW_ANSWERS',
      'COMPONENT_MISSING',
    ]);
  });
});
