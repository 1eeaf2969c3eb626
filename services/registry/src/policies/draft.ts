/** A draft of a policy 政策草案 on its way: the bureau writes it, its superior approves it or returns it with reasons. */
import {
  type CivilDate,
  type Decision,
  decide,
  type Fault,
  fault,
  type PolicyFigures,
  type PolicyVersion,
  readFigures,
} from '@shixun/kernel';
import { type PublishPolicy, type PublishPolicyFacts, publishPolicy } from './publish.ts';
import { codes } from './refusals.ts';

export type DraftState = 'draft' | 'submitted' | 'returned' | 'approved' | 'discarded';
export const draftActions = ['edit', 'submit', 'discard', 'approve', 'return'] as const;
export type DraftAction = (typeof draftActions)[number];

const actions: Readonly<Record<DraftState, readonly DraftAction[]>> = {
  draft: ['edit', 'submit', 'discard'],
  submitted: ['approve', 'return'],
  returned: ['edit', 'submit', 'discard'],
  approved: [],
  discarded: [],
};

export function draftActionsOf(state: DraftState): readonly DraftAction[] {
  return actions[state];
}

/** What a draft says. It may still be too loose: that is looked at when it is submitted, and by the what-if. */
export type DraftContent = {
  readonly effectiveFrom: CivilDate;
  readonly figures: Partial<PolicyFigures>;
};

/** Saves or changes a draft. Names and shapes of figures are checked at once. */
export function writeDraft(
  command: {
    readonly effectiveFrom: CivilDate;
    readonly figures: Readonly<Record<string, unknown>>;
  },
  facts: { readonly state: DraftState; readonly regionKnown: boolean; readonly regionCode: string },
): Decision<DraftContent> {
  const { figures, faults: malformed } = readFigures(command.figures);
  const faults: Fault[] = [...stateFaults(facts.state, 'edit')];
  if (!facts.regionKnown) {
    const actual = facts.regionCode;
    faults.push(fault(codes.POLICY_REGION_UNKNOWN, ['regionCode'], { actual }));
  }
  faults.push(...malformed);
  return decide(faults, () => ({ effectiveFrom: command.effectiveFrom, figures }));
}

export type DraftFacts = PublishPolicyFacts & {
  readonly state: DraftState;
  readonly draft: PublishPolicy;
  /** Who has written or submitted it. */
  readonly authors: readonly string[];
};

/** The bureau hands it in: everything that would speak against it later is said now. */
export function submitDraft(facts: DraftFacts, today: CivilDate): Decision<null> {
  return decide(
    [...stateFaults(facts.state, 'submit'), ...versionFaults(facts, today)],
    () => null,
  );
}

/**
 * The superior approves: only tighter, on the policies of the day of approval. Whoever wrote it does not approve it,
 * which matters in a province, whose drafts another of its own administrators approves.
 */
export function approveDraft(
  facts: DraftFacts,
  today: CivilDate,
  approver: string,
): Decision<PolicyVersion> {
  const made = publishPolicy(facts.draft, facts, today);
  const faults: Fault[] = [...stateFaults(facts.state, 'approve')];
  if (facts.authors.includes(approver)) {
    faults.push(fault(codes.POLICY_OWN_DRAFT, ['draftId']));
  }
  if (made.accepted) return decide(faults, () => made.outcome);
  return { accepted: false, faults: [...faults, ...made.faults] };
}

export function returnDraft(
  command: { readonly reasons: string },
  { state }: { readonly state: DraftState },
): Decision<string> {
  const reasons = command.reasons.trim();
  const faults: Fault[] = [...stateFaults(state, 'return')];
  if (reasons === '') faults.push(fault(codes.POLICY_REASONS_MISSING, ['reasons']));
  return decide(faults, () => reasons);
}

export function discardDraft({ state }: { readonly state: DraftState }): Decision<null> {
  return decide(stateFaults(state, 'discard'), () => null);
}

function versionFaults(facts: DraftFacts, today: CivilDate): readonly Fault[] {
  const made = publishPolicy(facts.draft, facts, today);
  return made.accepted ? [] : made.faults;
}

function stateFaults(state: DraftState, action: DraftAction): readonly Fault[] {
  if (actions[state].includes(action)) return [];
  const decidesIt = action === 'approve' || action === 'return';
  const code = decidesIt ? codes.POLICY_NOT_SUBMITTED : codes.POLICY_DRAFT_FIXED;
  return [fault(code, ['draftId'], { actual: state })];
}
