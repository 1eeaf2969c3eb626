/**
 * What a pure decision answers. Facts and command in; what happened, or everything that speaks
 * against it, out. No I/O, clock, random or ids inside.
 */
import type { RefusalCode } from './refusal.ts';

/** The figures that decided: shown to the client as they are, so they carry their unit ("50 %", "2 h"). */
export type Figures = Readonly<Record<string, string | number>>;

/** One broken rule, not yet put into words. `figures.required` and `figures.actual` reach the client as fields. */
export type Fault = {
  readonly code: RefusalCode;
  /** Path of the offending input, e.g. ['plan', 'modules', '2', 'hours']. */
  readonly path: readonly string[];
  readonly figures: Figures;
};

/** A FLAG rule that was broken by a command which goes through all the same. */
export type Flag = Fault;

export type Decision<Outcome> =
  | { readonly accepted: true; readonly outcome: Outcome; readonly flags: readonly Flag[] }
  | { readonly accepted: false; readonly faults: readonly Fault[] };

/** Accepts the command; `flags` become findings 问题 of the responsible bureau. */
export function accept<Outcome>(outcome: Outcome, flags: readonly Flag[] = []): Decision<Outcome> {
  return { accepted: true, outcome, flags };
}

/** Refuses with every fault found, in the order in which the rules are listed. */
export function refuse(...faults: readonly [Fault, ...Fault[]]): Decision<never> {
  return { accepted: false, faults };
}

/** Names one fault: `fault(codes.CLASS_FULL, ['classId'], { required: 30, actual: 30 })`. */
export function fault(code: RefusalCode, path: readonly string[], figures: Figures = {}): Fault {
  return { code, path, figures };
}

/** Refuses when there are faults, otherwise accepts: the usual last line of a decision that lists all faults at once. */
export function decide<Outcome>(
  faults: readonly Fault[],
  outcome: () => Outcome,
  flags: readonly Flag[] = [],
): Decision<Outcome> {
  return faults.length > 0 ? { accepted: false, faults } : accept(outcome(), flags);
}
