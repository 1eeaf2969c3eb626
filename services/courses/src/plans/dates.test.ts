import { describe, expect, test } from '@jest/globals';
import type { Modality } from '../projects/project.ts';
import { dateFaults, graduatingClassFlags } from './dates.ts';
import { exampleClass, exampleFacts, examplePlan } from './plan.example.ts';
import type { PlanContent, PlanSession, Segment } from './plan.ts';

const theory = (startsOn: string, endsOn: string): Segment => ({
  startsOn,
  endsOn,
  part: 'theory',
});
const practice = (startsOn: string, endsOn: string): Segment => ({
  startsOn,
  endsOn,
  part: 'practice',
});
const planOf = (
  segments: readonly Segment[],
  sessions: readonly PlanSession[] = [],
): PlanContent => ({ ...examplePlan, classes: [{ ...exampleClass, segments, sessions }] });

const codesOf = (
  segments: readonly Segment[],
  { hoursCenti = 90_00, modality = 'concentrated' as Modality } = {},
  sessions: readonly PlanSession[] = [],
) =>
  dateFaults(planOf(segments, sessions), {
    ...exampleFacts,
    project: { ...exampleFacts.project, hoursCenti, modality },
  }).map(({ code }) => code.name);

const split = [theory('2026-07-10', '2026-08-31'), practice('2026-09-01', '2026-09-20')];

describe('CRS-16: dates in one piece, or theory in summer and practice in term', () => {
  test('CRS-16: one piece is always in order', () => {
    expect(codesOf([{ ...theory('2026-03-01', '2026-03-05'), part: 'whole' }])).toEqual([]);
  });

  test('CRS-16: 90 hours may be split, up to the first and last day of the holiday', () => {
    expect(codesOf(split)).toEqual([]);
  });

  test('CRS-16: 89.99 hours may not', () => {
    expect(codesOf(split, { hoursCenti: 89_99 })).toEqual(['DATES_NOT_IN_ONE_PIECE']);
  });

  test('CRS-16: theory that begins a day before the holiday', () => {
    const early = [theory('2026-07-09', '2026-08-31'), practice('2026-09-01', '2026-09-20')];
    expect(codesOf(early)).toEqual(['THEORY_NOT_IN_SUMMER']);
  });

  test('CRS-16: theory that ends a day after the holiday', () => {
    const late = [theory('2026-07-10', '2026-09-01'), practice('2026-09-02', '2026-09-20')];
    expect(codesOf(late)).toEqual(['THEORY_NOT_IN_SUMMER']);
  });

  test('CRS-16: theory from one summer into the next does not lie in summer', () => {
    const long = [theory('2025-07-10', '2026-08-31'), practice('2026-09-01', '2026-09-20')];
    expect(codesOf(long)).toEqual(['THEORY_NOT_IN_SUMMER']);
  });

  test('CRS-16: practice that begins on the last day of the holiday', () => {
    const early = [theory('2026-07-10', '2026-07-20'), practice('2026-08-31', '2026-09-20')];
    expect(codesOf(early)).toEqual(['PRACTICE_NOT_IN_TERM']);
  });

  test('CRS-16: practice in the spring before, up to the eve of the holiday', () => {
    const spring = [practice('2026-06-01', '2026-07-09'), theory('2026-07-10', '2026-07-20')];
    expect(codesOf(spring)).toEqual([]);
  });

  test('CRS-16: practice that runs through a whole summer touches it', () => {
    const through = [theory('2025-07-10', '2025-07-20'), practice('2025-10-01', '2026-10-01')];
    expect(codesOf(through)).toEqual(['PRACTICE_NOT_IN_TERM']);
  });

  test('CRS-16: two pieces at most', () => {
    const three = [...split, practice('2026-10-01', '2026-10-05')];
    expect(codesOf(three)).toEqual(['SEGMENTS_TOO_MANY']);
  });

  test('CRS-16: two pieces of the same part are not theory and practice', () => {
    const same = [theory('2026-07-10', '2026-07-15'), theory('2026-08-01', '2026-08-05')];
    expect(codesOf(same)).toEqual(['SEGMENT_PARTS_UNCLEAR']);
  });

  test('CRS-16: a theoretical module is not taught in the practice piece', () => {
    const session = { date: '2026-09-02', startMinute: 510, minutes: 45, place: '', trainerId: '' };
    expect(codesOf(split, {}, [{ ...session, moduleKey: 'practice' }])).toEqual([]);
    expect(codesOf(split, {}, [{ ...session, moduleKey: 'theory' }])).toEqual([
      'SESSION_IN_OTHER_PART',
    ]);
  });

  test.each(['visiting', 'online_school_based', 'workshop', 'release_time'] as const)(
    'CRS-16: %s goes through stages of its own and is excepted',
    (modality) => {
      const pieces = [
        practice('2026-03-01', '2026-03-02'),
        practice('2026-05-01', '2026-05-02'),
        practice('2026-07-15', '2026-07-16'),
      ];
      expect(codesOf(pieces, { modality, hoursCenti: 30_00 })).toEqual([]);
      expect(codesOf(pieces, { modality: 'blended', hoursCenti: 30_00 })).toEqual([
        'DATES_NOT_IN_ONE_PIECE',
      ]);
    },
  );
});

describe('CRS-17: projects for graduating classes lie in the summer holiday', () => {
  const flagsOf = (segment: Segment, graduatingClasses = true) => {
    const { project } = exampleFacts;
    const audience = { ...project.audience, graduatingClasses };
    return graduatingClassFlags(planOf([segment]), {
      ...exampleFacts,
      project: { ...project, audience },
    }).map(({ code, figures }) => [code.name, code.rule, figures.actual]);
  };

  test('CRS-17: from the first to the last day of the holiday there is no finding', () => {
    expect(flagsOf(theory('2026-07-10', '2026-08-31'))).toEqual([]);
  });

  test('CRS-17: a day outside opens one, and the plan is not refused', () => {
    expect(flagsOf(theory('2026-07-09', '2026-07-20'))).toEqual([
      ['GRADUATING_CLASS_PROJECT_IN_TERM', 'CRS-17', '2026-07-09 – 2026-07-20'],
    ]);
    expect(flagsOf(theory('2026-08-25', '2026-09-01'))).toHaveLength(1);
  });

  test('CRS-17: other projects may lie in term', () => {
    expect(flagsOf(theory('2026-04-01', '2026-04-05'), false)).toEqual([]);
  });
});
