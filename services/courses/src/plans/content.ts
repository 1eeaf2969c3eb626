import { type Fault, fault } from '@shixun/kernel';
import { type PlanContent, type PlanFacts, type PlanModule, said } from './plan.ts';
import { codes } from './refusals.ts';

/**
 * Audience by level and type, goals, modules with methods and hours; goals, requirement and homework of every main
 * or practical module; an introduction of main content and of each trainer's specialty. [CRS-10]
 */
export function contentFaults(plan: PlanContent, { project }: PlanFacts): Fault[] {
  const faults: Fault[] = [];
  if (!said(plan.audienceDescription)) {
    faults.push(fault(codes.PLAN_AUDIENCE_UNDESCRIBED, ['plan', 'audienceDescription']));
  }
  if (project.audience.stages.length === 0) {
    faults.push(fault(codes.PLAN_AUDIENCE_TYPE_MISSING, ['project', 'audience', 'stages']));
  }
  if (project.audience.careerStages.length === 0) {
    faults.push(fault(codes.PLAN_AUDIENCE_LEVEL_MISSING, ['project', 'audience', 'careerStages']));
  }
  if (!said(plan.goals)) faults.push(fault(codes.PLAN_GOALS_MISSING, ['plan', 'goals']));
  if (plan.modules.length === 0) {
    faults.push(fault(codes.PLAN_MODULES_MISSING, ['plan', 'modules']));
  } else if (!plan.modules.some((module) => module.main)) {
    faults.push(fault(codes.PLAN_MAIN_MODULE_MISSING, ['plan', 'modules']));
  }
  faults.push(...plan.modules.flatMap(moduleFaults));
  if (plan.trainers.length === 0) {
    faults.push(fault(codes.PLAN_TRAINERS_MISSING, ['plan', 'trainers']));
  }
  for (const [index, { trainerId, specialty }] of plan.trainers.entries()) {
    if (said(specialty)) continue;
    const path = ['plan', 'trainers', String(index), 'specialty'];
    faults.push(fault(codes.TRAINER_SPECIALTY_MISSING, path, { trainer: trainerId }));
  }
  return faults;
}

function moduleFaults(module: PlanModule, index: number): Fault[] {
  const figures = { module: module.title };
  const at = (field: string) => ['plan', 'modules', String(index), field];
  const faults: Fault[] = [];
  if (!module.methods.some(said)) {
    faults.push(fault(codes.MODULE_METHODS_MISSING, at('methods'), figures));
  }
  if (module.hoursCenti <= 0) faults.push(fault(codes.MODULE_HOURS_MISSING, at('hours'), figures));
  if (module.main || module.practical) {
    if (!said(module.goals)) faults.push(fault(codes.MODULE_GOALS_MISSING, at('goals'), figures));
    if (!said(module.requirement)) {
      faults.push(fault(codes.MODULE_REQUIREMENT_MISSING, at('requirement'), figures));
    }
    if (!said(module.homework)) {
      faults.push(fault(codes.MODULE_HOMEWORK_MISSING, at('homework'), figures));
    }
  }
  if (module.main && !said(module.introduction)) {
    faults.push(fault(codes.MODULE_INTRODUCTION_MISSING, at('introduction'), figures));
  }
  return faults;
}
