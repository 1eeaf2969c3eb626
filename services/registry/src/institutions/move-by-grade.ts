/** How published grades move a qualification. [REG-09] */
import type { PolicyFigures, QualificationState } from '@shixun/kernel';

export type Grade = 'A' | 'B' | 'C' | 'D';

export type PublishedGrade = { readonly gradeId: string; readonly grade: Grade };

/** What is remembered between grades: the state, and the run of equal grades that has not yet moved anything. */
export type Standing = {
  readonly state: QualificationState;
  readonly run: readonly PublishedGrade[];
};

/** How many equal grades running move a qualification; both defaults (2) are in the national policy. */
export type RunLengths = Pick<
  PolicyFigures,
  'consecutiveGradeCForProbation' | 'consecutiveGradeAForRenewal'
>;

type GradeMove = {
  readonly move: 'warn' | 'restore' | 'suspend' | 'renew';
  readonly to: QualificationState;
  /** The results behind the move, earliest first. */
  readonly gradeIds: readonly string[];
};

export type AfterGrade = { readonly standing: Standing; readonly move: GradeMove | null };

/**
 * Takes one published grade, in the order of publication. A move consumes the grades behind it: a run begins anew
 * after it. Grades move only what stands (qualified or probation). That A or B ends a probation is a default of our
 * own: the documents name only the other way.
 */
export function moveByGrade(
  standing: Standing,
  published: PublishedGrade,
  lengths: RunLengths,
): AfterGrade {
  if (standing.state !== 'qualified' && standing.state !== 'probation') {
    return { standing, move: null };
  }
  const same = standing.run[0]?.grade === published.grade;
  const run = same ? [...standing.run, published] : [published];
  const move =
    standing.state === 'probation' ? onProbation(published) : whenQualified(run, lengths);
  return move === null
    ? { standing: { ...standing, run }, move }
    : { standing: { state: move.to, run: [] }, move };
}

function onProbation({ grade, gradeId }: PublishedGrade): GradeMove {
  return grade === 'A' || grade === 'B'
    ? { move: 'restore', to: 'qualified', gradeIds: [gradeId] }
    : { move: 'suspend', to: 'suspended', gradeIds: [gradeId] };
}

function whenQualified(run: readonly PublishedGrade[], lengths: RunLengths): GradeMove | null {
  const grade = run[0]?.grade;
  const gradeIds = run.map(({ gradeId }) => gradeId);
  if (grade === 'D') return { move: 'warn', to: 'probation', gradeIds };
  if (grade === 'C' && run.length >= lengths.consecutiveGradeCForProbation) {
    return { move: 'warn', to: 'probation', gradeIds };
  }
  return grade === 'A' && run.length >= lengths.consecutiveGradeAForRenewal
    ? { move: 'renew', to: 'qualified', gradeIds }
    : null;
}
