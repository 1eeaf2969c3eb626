import { type Fault, fault, type Qualification, qualificationCovers } from '@shixun/kernel';
import type { Modality, Period, Stage } from './project.ts';
import { codes } from './refusals.ts';

export type CommissionedProject = Period & {
  readonly level: string;
  readonly stage: Stage;
  readonly subject: string;
  readonly modality: Modality;
};

/**
 * Everything in which an institution's qualification falls short of a project: state, level, stage, subject,
 * modality and the whole duration, each with what is asked and what there is. [REG-08]
 */
export function qualificationFaults(
  project: CommissionedProject,
  qualification: Qualification | null,
): readonly Fault[] {
  const need = { ...project, opensOn: project.startsOn, closesOn: project.endsOn };
  return qualificationCovers(qualification, need).map(({ dimension, required, actual }) =>
    fault(codes.INSTITUTION_NOT_QUALIFIED, ['institutionId'], { dimension, required, actual }),
  );
}
