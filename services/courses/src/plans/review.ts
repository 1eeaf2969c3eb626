import type { Fault } from '@shixun/kernel';
import { modalityFaults } from '../modalities/checks.ts';
import { contentFaults } from './content.ts';
import { dateFaults, graduatingClassFlags } from './dates.ts';
import { assessmentFaults, generalModuleFaults, practiceFaults } from './modules.ts';
import { staffFaults, trainerFaults } from './people.ts';
import type { PlanContent, PlanFacts } from './plan.ts';
import { scheduleFaults, sumFaults } from './schedule.ts';

/** What the review of a plan finds. */
export type PlanFindings = {
  /** Everything that keeps the plan from being accepted, with figures and paths. */
  readonly faults: readonly Fault[];
  /** What opens a finding 问题 when the plan is accepted. [CRS-17] */
  readonly flags: readonly Fault[];
};

/** The rules of a plan, in the catalogue's order; then the plan's agreement with itself. */
const checks = [
  contentFaults, // CRS-10
  practiceFaults, // CRS-11
  generalModuleFaults, // CRS-12
  trainerFaults, // CRS-13
  assessmentFaults, // CRS-14
  staffFaults, // CRS-15
  dateFaults, // CRS-16
  modalityFaults, // CRS-30 … CRS-35
  sumFaults,
  scheduleFaults,
];

/** Holds a plan against every rule at once: nobody has to hand in a plan twice to learn of a second fault. */
export function reviewPlan(plan: PlanContent, facts: PlanFacts): PlanFindings {
  return {
    faults: checks.flatMap((check) => check(plan, facts)),
    flags: graduatingClassFlags(plan, facts),
  };
}
