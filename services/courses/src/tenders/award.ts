import { addDays, type CivilDate, type Fault, fault } from '@shixun/kernel';
import { codes } from './refusals.ts';
import type { RankedBid, TenderState } from './tender.ts';

/** What keeps a bid from the award: too few sheets for any bid, or another one ranks before it. [CRS-02] */
export function awardFaults(
  { number, reason }: { readonly number: number; readonly reason: string },
  tender: { readonly state: TenderState; readonly reviewersMin: number },
  ranking: readonly RankedBid[],
): readonly Fault[] {
  const faults: Fault[] = [];
  if (tender.state !== 'opened') {
    const figures = { required: 'opened', actual: tender.state };
    faults.push(fault(codes.TENDER_STATE_WRONG, ['tenderId'], figures));
  }
  const eligible = ranking.filter(({ rank }) => rank !== null);
  if (eligible.length === 0) faults.push(fault(codes.BIDS_MISSING, ['tenderId']));
  for (const bid of eligible) {
    if (bid.sheets >= tender.reviewersMin) continue;
    const figures = { bid: bid.number, required: tender.reviewersMin, actual: bid.sheets };
    faults.push(fault(codes.SHEETS_TOO_FEW, ['tenderId'], figures));
  }
  const [first] = eligible;
  if (first !== undefined && first.number !== number) {
    const figures = { required: first.number, actual: number };
    faults.push(fault(codes.AWARD_NOT_FIRST, ['number'], figures));
  }
  if (reason.trim() === '') faults.push(fault(codes.TENDER_REASON_MISSING, ['reason']));
  return faults;
}

/** The last day on which a losing bidder may object: that many days after the day of the award. */
export function objectionsThrough(awardedOn: CivilDate, days: number): CivilDate {
  return addDays(awardedOn, days);
}

/** What keeps an award from being confirmed: the days for objections, or one that is not decided. [CRS-02] */
export function confirmationFaults(
  tender: { readonly state: TenderState; readonly objectionsThrough: CivilDate | null },
  openObjections: number,
  today: CivilDate,
): readonly Fault[] {
  if (tender.state !== 'awarded') {
    const figures = { required: 'awarded', actual: tender.state };
    return [fault(codes.TENDER_STATE_WRONG, ['tenderId'], figures)];
  }
  const faults: Fault[] = [];
  const last = tender.objectionsThrough;
  if (last !== null && today <= last) {
    const figures = { required: last, actual: today };
    faults.push(fault(codes.AWARD_STILL_OPEN_TO_OBJECTION, ['tenderId'], figures));
  }
  if (openObjections > 0) {
    const figures = { required: 0, actual: openObjections };
    faults.push(fault(codes.OBJECTION_UNDECIDED, ['tenderId'], figures));
  }
  return faults;
}
