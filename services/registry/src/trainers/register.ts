/** Registers a trainer 培训者; nobody is in the expert pool before a bureau admits him or her. [REG-10] */
import { type Decision, decide, type Fault, fault } from '@shixun/kernel';
import { codes } from './refusals.ts';

export const trainerKinds = [
  'university_expert',
  'teaching_researcher',
  'frontline_teacher',
  'other',
] as const;
export type TrainerKind = (typeof trainerKinds)[number];

export type RegisterTrainer = {
  readonly name: string;
  readonly kind: TrainerKind;
  readonly fullTime: boolean;
  readonly homeProvinceCode: string;
  readonly subjects: readonly string[];
  readonly specialty: string;
  readonly schoolId: string | null;
  readonly institutionId: string | null;
  readonly regionCode: string;
};

export type RegisterTrainerFacts = {
  readonly regionKnown: boolean;
  readonly schoolKnown: boolean;
  readonly institutionKnown: boolean;
};

export function registerTrainer(
  command: RegisterTrainer,
  facts: RegisterTrainerFacts,
): Decision<RegisterTrainer> {
  const faults: Fault[] = [];
  const { regionCode, schoolId, institutionId, kind } = command;
  if (!facts.regionKnown) {
    faults.push(fault(codes.TRAINER_PLACE_UNKNOWN, ['regionCode'], { actual: regionCode }));
  }
  if (schoolId !== null && !facts.schoolKnown) {
    faults.push(fault(codes.TRAINER_PLACE_UNKNOWN, ['schoolId'], { actual: schoolId }));
  }
  if (institutionId !== null && !facts.institutionKnown) {
    faults.push(fault(codes.TRAINER_PLACE_UNKNOWN, ['institutionId'], { actual: institutionId }));
  }
  const local = command.homeProvinceCode.slice(0, 2) === regionCode.slice(0, 2);
  if (kind === 'frontline_teacher' && local && schoolId === null) {
    faults.push(fault(codes.FRONTLINE_SCHOOL_MISSING, ['schoolId']));
  }
  return decide(faults, () => command);
}
