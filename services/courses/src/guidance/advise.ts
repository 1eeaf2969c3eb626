import { type Decision, decide, fault, type Instant } from '@shixun/kernel';
import { codes } from './refusals.ts';

export type AdviseFacts = {
  readonly status: string;
  readonly closesAt: Instant;
  /** True when the school has said so before. */
  readonly advised: boolean;
};

/** A school advises a teacher of its own to look at an item: nothing is chosen by it. [CRS-45] */
export function adviseTeacher(facts: AdviseFacts, now: Instant): Decision<null> {
  const { status, closesAt, advised } = facts;
  const faults = [];
  if (status !== 'active') {
    const figures = { required: 'active', actual: status };
    faults.push(fault(codes.ADVISED_NOT_ACTIVE, ['teacherId'], figures));
  }
  if (now >= closesAt) {
    const figures = { required: closesAt.toISOString(), actual: now.toISOString() };
    faults.push(fault(codes.ADVICE_TOO_LATE, ['menuItemId'], figures));
  }
  if (advised) faults.push(fault(codes.ADVISED_ALREADY, ['menuItemId']));
  return decide(faults, () => null);
}
