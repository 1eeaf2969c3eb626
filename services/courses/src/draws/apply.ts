import { type Decision, decide, fault, type Instant } from '@shixun/kernel';
import { type EligibilityFacts, eligibilityFaults } from '../enrollment/eligibility.ts';
import { codes } from './refusals.ts';

export type DrawState = 'announced' | 'drawn' | 'void';

export type ApplyFacts = EligibilityFacts & {
  /** Null when the item is first come, first served. */
  readonly draw: { readonly state: DrawState } | null;
  readonly applied: boolean;
};

/** Applies for a draw, within the window in which others would enroll, and under the same conditions. [CRS-41, CRS-46] */
export function applyForDraw(facts: ApplyFacts, now: Instant): Decision<null> {
  const faults = eligibilityFaults(facts, now);
  if (facts.draw === null) faults.push(fault(codes.NO_DRAW, ['menuItemId']));
  if (facts.applied) faults.push(fault(codes.APPLIED_ALREADY, ['menuItemId']));
  return decide(faults, () => null);
}

/** Takes an application back, as long as the draw has not run. [CRS-44, CRS-46] */
export function withdrawApplication(facts: {
  readonly state: DrawState;
  readonly applied: boolean;
}): Decision<null> {
  const { state, applied } = facts;
  const faults = [];
  if (!applied) faults.push(fault(codes.NOT_APPLIED, ['drawId']));
  if (state !== 'announced') {
    faults.push(fault(codes.DRAW_OVER, ['drawId'], { required: 'announced', actual: state }));
  }
  return decide(faults, () => null);
}
