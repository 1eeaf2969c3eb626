/** Consenting to a change of a published plan, and what still holds when it takes effect. [CRS-19] */
import { type Fault, fault, type Instant } from '@shixun/kernel';
import type { PlanContent } from '../plans/plan.ts';
import { codes } from './refusals.ts';
import { type Publishing, republishingFaults } from './republish.ts';
import { type ChangeFacts, type ChangeState, heldFaults, weighChange } from './request-change.ts';
import type { WeighedDifference } from './weigh.ts';

/** A decision or a withdrawal meets a request that waits for one. */
export function pendingFaults(state: ChangeState | null, required: ChangeState): readonly Fault[] {
  if (state === required) return [];
  const figures = { required, actual: state ?? '—' };
  return [fault(codes.PLAN_CHANGE_NOT_PENDING, ['changeId'], figures)];
}

/** What speaks against a consent today: the request is weighed again, on the facts as they stand now. */
export function consentFaults(
  { content }: { readonly content: PlanContent },
  facts: ChangeFacts,
  now: Instant,
): readonly Fault[] {
  return weighChange(content, { ...facts, pending: null }, now).faults;
}

/**
 * What the window's end finds: a meeting that the change would have moved and that was held meanwhile, or a class
 * that would open too soon after the notice that published its schedule anew. [CRS-18]
 */
export function effectFaults(
  differences: readonly WeighedDifference[],
  versions: readonly [PlanContent, PlanContent],
  publishing: Publishing,
): readonly Fault[] {
  return [
    ...heldFaults(differences, versions, { from: publishing.now }),
    ...republishingFaults(differences, versions, publishing),
  ];
}
