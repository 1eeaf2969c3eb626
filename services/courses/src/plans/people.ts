import { compareRatio, type Fault, fault, percentText } from '@shixun/kernel';
import type { PlanContent, PlanFacts } from './plan.ts';
import { codes } from './refusals.ts';

/**
 * More than the policy's share of the trainers are in the expert pool, and at least its share are front-line teachers.
 * Each person counts once; one whom the registry doesn't know counts as neither. [CRS-13]
 */
export function trainerFaults({ trainers }: PlanContent, facts: PlanFacts): Fault[] {
  const ids = [...new Set(trainers.map((trainer) => trainer.trainerId))];
  if (ids.length === 0) return [];
  const known = ids.map((id) => facts.trainers.get(id));
  const inPool = known.filter((trainer) => trainer?.inPool === true).length;
  const frontline = known.filter((trainer) => trainer?.kind === 'frontline_teacher').length;
  const { expertPoolShareOver: over, frontlineShareMin: min } = facts.policy;
  const faults: Fault[] = [];
  if (compareRatio(inPool, ids.length, over.numerator, over.denominator) <= 0) {
    const figures = {
      trainers: ids.length,
      members: inPool,
      required: percentText(over.numerator, over.denominator),
      actual: percentText(inPool, ids.length, over),
    };
    faults.push(fault(codes.EXPERT_POOL_SHARE_TOO_SMALL, ['plan', 'trainers'], figures));
  }
  if (compareRatio(frontline, ids.length, min.numerator, min.denominator) < 0) {
    const figures = {
      trainers: ids.length,
      members: frontline,
      required: percentText(min.numerator, min.denominator),
      actual: percentText(frontline, ids.length, min),
    };
    faults.push(fault(codes.FRONTLINE_SHARE_TOO_SMALL, ['plan', 'trainers'], figures));
  }
  return faults;
}

/**
 * Every class has a full-time class head 专职班主任; a key project, or one with the policy's number of places, also a
 * full-time project leader 专职项目负责人 who is not a class head. [CRS-15]
 */
export function staffFaults(plan: PlanContent, { project, policy }: PlanFacts): Fault[] {
  const faults: Fault[] = [];
  for (const [index, { name, classHead }] of plan.classes.entries()) {
    if (classHead?.fullTime === true) continue;
    const path = ['plan', 'classes', String(index), 'classHead'];
    faults.push(fault(codes.CLASS_HEAD_MISSING, path, { class: name }));
  }
  const places = plan.classes.reduce((sum, { capacity }) => sum + capacity, 0);
  const leader = plan.projectLeader;
  const needed = project.keyProject || places >= policy.projectLeaderFromTrainees;
  if (!needed) return faults;
  if (leader?.fullTime !== true) {
    const figures = { required: policy.projectLeaderFromTrainees, actual: places };
    faults.push(fault(codes.PROJECT_LEADER_MISSING, ['plan', 'projectLeader'], figures));
  }
  for (const { name, classHead } of plan.classes) {
    if (leader === null || classHead?.personId !== leader.personId) continue;
    const path = ['plan', 'projectLeader', 'personId'];
    faults.push(fault(codes.PROJECT_LEADER_IS_CLASS_HEAD, path, { class: name }));
  }
  return faults;
}
