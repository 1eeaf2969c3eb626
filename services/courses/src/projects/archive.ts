import { compareRatio, type Fault, fault, percentText, type Ratio } from '@shixun/kernel';
import { codes } from './refusals.ts';

/**
 * What keeps a project from the archive: fewer of its trainees than the policy's share answered the evaluation.
 * A project that nobody attended has nobody to ask. [EVL-01]
 */
export function coverageFaults(answers: number, trainees: number, floor: Ratio): readonly Fault[] {
  if (trainees === 0) return [];
  if (compareRatio(answers, trainees, floor.numerator, floor.denominator) >= 0) return [];
  return [
    fault(codes.PROJECT_COVERAGE_TOO_SMALL, ['projectId'], {
      required: percentText(floor.numerator, floor.denominator),
      actual: percentText(answers, trainees),
    }),
  ];
}
