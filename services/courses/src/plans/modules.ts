import { centiText, compareRatio, type Fault, fault, percentText } from '@shixun/kernel';
import { hoursOf, type PlanContent, type PlanFacts } from './plan.ts';
import { codes } from './refusals.ts';

/** Practical modules make up at least their share of the hours, exactly: 44 of 90 hours is 48.9 %. [CRS-11] */
export function practiceFaults({ modules }: PlanContent, { policy }: PlanFacts): Fault[] {
  const { numerator, denominator } = policy.practiceShareMin;
  const total = hoursOf(modules);
  const practical = hoursOf(modules.filter((module) => module.practical));
  if (modules.length === 0 || compareRatio(practical, total, numerator, denominator) >= 0)
    return [];
  return [
    fault(codes.PRACTICE_TOO_SMALL, ['plan', 'modules'], {
      practical: centiText(practical),
      total: centiText(total),
      required: percentText(numerator, denominator),
      actual: percentText(practical, total, policy.practiceShareMin),
    }),
  ];
}

/** The general modules beside ethics that a longer project must have. */
const generalModules = ['professional_standards', 'it'] as const;

/**
 * Ethics is the first module and a required one; from the policy's hours on, professional standards and information
 * technology are required modules too. [CRS-12]
 */
export function generalModuleFaults(
  { modules }: PlanContent,
  { project, policy }: PlanFacts,
): Fault[] {
  const [first] = modules;
  if (first === undefined) return [];
  const faults: Fault[] = [];
  if (policy.ethicsFirst && first.category !== 'ethics') {
    const figures = { required: 'ethics', actual: first.category };
    faults.push(fault(codes.ETHICS_NOT_FIRST, ['plan', 'modules', '0', 'category'], figures));
  }
  const short = project.hoursCenti < policy.generalModulesFromHoursCenti;
  for (const category of short ? (['ethics'] as const) : (['ethics', ...generalModules] as const)) {
    if (modules.some((module) => module.category === category && module.required)) continue;
    const figures = { hours: centiText(project.hoursCenti), required: category };
    faults.push(fault(codes.GENERAL_MODULE_MISSING, ['plan', 'modules'], figures));
  }
  return faults;
}

/** From the policy's hours on, a project has a completion assessment 结业考核. [CRS-14] */
export function assessmentFaults(plan: PlanContent, { project, policy }: PlanFacts): Fault[] {
  const short = project.hoursCenti < policy.assessmentFromHoursCenti;
  if (short || plan.completionAssessment?.trim()) return [];
  return [
    fault(codes.ASSESSMENT_MISSING, ['plan', 'completionAssessment'], {
      required: centiText(policy.assessmentFromHoursCenti),
      actual: centiText(project.hoursCenti),
    }),
  ];
}
