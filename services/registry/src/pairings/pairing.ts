/** A university or institution paired 结对 with a school for a time. [REG-18] */
import { type CivilDate, type Decision, decide, type Fault, fault } from '@shixun/kernel';
import { codes } from './refusals.ts';

export type RecordPairing = {
  readonly institutionId: string;
  readonly schoolId: string;
  readonly purpose: string;
  readonly from: CivilDate;
  readonly to: CivilDate;
};

export function recordPairing(
  command: RecordPairing,
  facts: {
    /** The university of which the institution is a part. */
    readonly university: string | null;
    readonly others: readonly { readonly from: CivilDate; readonly to: CivilDate }[];
  },
): Decision<RecordPairing> {
  const { from, to } = command;
  const faults: Fault[] = [];
  if (facts.university !== null) {
    faults.push(fault(codes.PAIRED_PART, ['institutionId'], { required: facts.university }));
  }
  if (from > to)
    faults.push(fault(codes.PAIRING_REVERSED, ['from'], { actual: from, required: to }));
  const other = facts.others.find((each) => from <= each.to && each.from <= to);
  if (other !== undefined) {
    const figures = { actual: `${other.from} – ${other.to}` };
    faults.push(fault(codes.PAIRED_ALREADY, ['schoolId'], figures));
  }
  return decide(faults, () => command);
}
