/** What may be done with a finding in each state: one table that the decisions ask and that clients can read. [EVL-12] */

/** open → ordered 整改 → answered → resolved, or waived 豁免 on the way. */
export type FindingState = 'open' | 'ordered' | 'answered' | 'resolved' | 'waived';

export const findingActions = [
  'assign',
  'order',
  'answer',
  'reinspect',
  'resolve',
  'waive',
] as const;
export type FindingAction = (typeof findingActions)[number];

const actions: Readonly<Record<FindingState, readonly FindingAction[]>> = {
  open: ['assign', 'order', 'resolve', 'waive'],
  ordered: ['assign', 'answer', 'waive'],
  answered: ['assign', 'reinspect', 'waive'],
  resolved: [],
  waived: [],
};

export type Standing = {
  readonly state: FindingState;
  /** It has gone up since the last order, so the bureau above may order anew. */
  readonly escalatedSinceOrder: boolean;
};

export function nextActions({ state, escalatedSinceOrder }: Standing): readonly FindingAction[] {
  const usual = actions[state];
  return state === 'ordered' && escalatedSinceOrder ? ['order', ...usual] : usual;
}

export function isClosed(state: FindingState): boolean {
  return actions[state].length === 0;
}
