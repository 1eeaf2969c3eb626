import { type Decision, decide, type Fault, fault } from '@shixun/kernel';
import type { ClassState } from '../projects/project.ts';
import type { HomeworkState } from './participation.ts';
import { runningFaults } from './record-attendance.ts';
import { codes } from './refusals.ts';

export type HomeworkFacts = {
  readonly classState: ClassState;
  /** Undefined when the class has no such module. */
  readonly asked: boolean | undefined;
  /** Undefined before the first submission. */
  readonly state: HomeworkState | undefined;
};

/** Hands in homework; returned homework can be handed in again, accepted homework can't. [CRS-55] */
export function submitHomework<Command>(
  command: Command,
  { classState, asked, state }: HomeworkFacts,
): Decision<Command> {
  const faults: Fault[] = runningFaults(classState);
  if (!asked) faults.push(fault(codes.NO_HOMEWORK_ASKED, ['moduleId']));
  if (state === 'accepted') faults.push(fault(codes.HOMEWORK_ACCEPTED_ALREADY, ['moduleId']));
  return decide(faults, () => command);
}

/** Accepts homework or returns it with a remark. [CRS-55] */
export function reviewHomework<Command>(
  command: Command,
  { classState, state }: Omit<HomeworkFacts, 'asked'>,
): Decision<Command> {
  const faults: Fault[] = runningFaults(classState);
  if (state !== 'submitted') faults.push(fault(codes.NO_HOMEWORK_SUBMITTED, ['moduleId']));
  return decide(faults, () => command);
}
