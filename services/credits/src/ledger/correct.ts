/** Correction 更正 of an award: its reversal, and a new award in its place, under the same rate. [CRD-01] */
import { centiText, type Decision, decide, type Fault, fault } from '@shixun/kernel';
import { dimensionsOf } from './account.ts';
import { contraOf, heldPostings } from './award.ts';
import { awardOf, type CategoryHours, type Entry } from './entry.ts';
import { codes } from './refusals.ts';
import { type ReversalFacts, reversalFaults, reversalOf } from './reverse.ts';

export type CorrectEntry = {
  readonly entryId: string;
  readonly reason: string;
  /** What the hours should have been, by category. */
  readonly hoursByCategory: readonly CategoryHours[];
};

export type EntryCorrected = { readonly reversal: Entry; readonly award: Entry };

export function correctEntry(
  command: CorrectEntry,
  facts: ReversalFacts,
): Decision<EntryCorrected> {
  const against = reversalFaults(command, facts);
  const faults =
    facts.entry.kind === 'award' ? [...against, ...hoursFaults(command, facts.entry)] : against;
  return decide(faults, () => {
    const reversal = reversalOf(command, facts.entry, 'corrected');
    return { reversal, award: correctedAward(command, facts.entry, reversal) };
  });
}

function hoursFaults({ hoursByCategory }: CorrectEntry, award: Entry): Fault[] {
  const path = ['hoursByCategory'];
  const named = new Set(hoursByCategory.map((each) => each.category));
  const positive = hoursByCategory.every((each) => each.hoursCenti > 0);
  if (hoursByCategory.length === 0 || named.size < hoursByCategory.length || !positive) {
    return [fault(codes.LEDGER_HOURS_NOT_POSITIVE, path)];
  }
  const total = hoursByCategory.reduce((sum, each) => sum + each.hoursCenti, 0);
  const planned = award.hoursPlannedCenti ?? 0;
  if (total > planned) {
    const figures = { required: `${centiText(planned)} h`, actual: `${centiText(total)} h` };
    return [fault(codes.LEDGER_HOURS_ABOVE_PLANNED, path, figures)];
  }
  return says(award, hoursByCategory) ? [fault(codes.LEDGER_NOTHING_CHANGED, path)] : [];
}

function says(award: Entry, hours: readonly CategoryHours[]): boolean {
  const present = new Map(
    award.postings.map((posting) => [
      dimensionsOf(posting.account)?.category ?? null,
      posting.hoursCenti,
    ]),
  );
  present.delete(null);
  return (
    present.size === hours.length &&
    hours.every(({ category, hoursCenti }) => present.get(category) === hoursCenti)
  );
}

function correctedAward(command: CorrectEntry, award: Entry, reversal: Entry): Entry {
  const own = award.postings.map((posting) => dimensionsOf(posting.account)).find(Boolean);
  const { teacherId, year, creditRate, completedOn, policyVersion, hoursPlannedCenti } = award;
  if (!own || year === null || !creditRate || !completedOn || !policyVersion) {
    throw new Error(`award ${award._id} lacks its own terms`);
  }
  const held = heldPostings(command.hoursByCategory, own, creditRate);
  const terms = {
    teacherId,
    year,
    causeId: award.causeId,
    number: reversal.number + 1,
    hoursPlannedCenti: hoursPlannedCenti ?? 0,
    creditRate,
    completedOn,
    policyVersion,
    reason: command.reason.trim(),
  };
  return awardOf(terms, held, contraOf(held));
}
