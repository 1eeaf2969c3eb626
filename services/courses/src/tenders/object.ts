import { type CivilDate, common, type Decision, decide, type Fault, fault } from '@shixun/kernel';
import { codes } from './refusals.ts';
import type { TenderState } from './tender.ts';

export type ObjectionFacts = {
  readonly tender: { readonly state: TenderState; readonly objectionsThrough: CivilDate | null };
  /** The institution's own bid in this tender, if it has one. */
  readonly bid: { readonly won: boolean } | null;
  readonly objected: boolean;
};

/** Lets a bidder who lost object once, through the last day of the window. [CRS-02] */
export function objectToAward<Command extends { readonly grounds: string }>(
  command: Command,
  { tender, bid, objected }: ObjectionFacts,
  today: CivilDate,
): Decision<Command> {
  const faults: Fault[] = [];
  if (tender.state !== 'awarded') {
    const figures = { required: 'awarded', actual: tender.state };
    faults.push(fault(codes.TENDER_STATE_WRONG, ['tenderId'], figures));
  }
  if (bid === null || bid.won) faults.push(fault(codes.OBJECTION_NOT_BY_LOSER, ['institutionId']));
  const last = tender.objectionsThrough;
  if (last !== null && today > last) {
    const figures = { required: last, actual: today };
    faults.push(fault(codes.OBJECTION_TOO_LATE, ['tenderId'], figures));
  }
  if (objected) faults.push(fault(codes.OBJECTION_MADE, ['institutionId']));
  return decide(faults, () => command);
}

/** An objection is decided once. */
export function undecidedFaults({ state }: { readonly state: string }): readonly Fault[] {
  if (state === 'open') return [];
  return [fault(common.WRONG_STATE, ['objectionId'], { required: 'open', actual: state })];
}
