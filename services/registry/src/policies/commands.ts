import { civilDateOf, isCivilDate, nationwide, regionPath } from '@shixun/kernel';
import { type CommandContext, defineCommand, notFound, type Unit, within } from '@shixun/runtime';
import { z } from 'zod';
import { regions } from '../regions/store.ts';
import {
  approveDraft,
  type DraftAction,
  type DraftFacts,
  discardDraft,
  returnDraft,
  submitDraft,
  writeDraft,
} from './draft.ts';
import { figureInput, figuresByName } from './figure-input.ts';
import { told } from './notices.ts';
import {
  type PolicyDraftRow,
  policyDrafts,
  policyVersions,
  recordPolicy,
  versionOf,
} from './store.ts';

const effectiveFrom = z.string().refine(isCivilDate);
const draftId = z.string().max(64);

async function regionKnown(regionCode: string, unit: Unit): Promise<boolean> {
  const region = await unit.findById(regions, regionCode);
  return region !== null && region.level !== 'township';
}

export const draftPolicyCommand = defineCommand({
  name: 'draftPolicy',
  input: z.strictObject({
    profile: z.string().regex(/^[a-z0-9-]{3,40}$/),
    regionCode: z.string().regex(/^\d{6}$/),
    effectiveFrom,
    figures: figureInput,
  }),
  gather: async ({ regionCode }, unit, { caller }) => ({
    regionKnown: await regionKnown(regionCode, unit),
    by: caller?.subject ?? '',
  }),
  scope: (_facts, { regionCode }) => ({ regionCode }),
  decide: ({ regionCode, ...input }, facts) =>
    writeDraft(
      { ...input, figures: figuresByName(input.figures) },
      { ...facts, regionCode, state: 'draft' },
    ),
  record: (content, { by }, unit, { profile, regionCode }): PolicyDraftRow => {
    const row: PolicyDraftRow = {
      _id: unit.newId('policyDraft'),
      profile,
      regionCode,
      ...content,
      state: 'draft',
      authors: [by],
      steps: [{ action: 'edit', at: unit.now, by, reasons: null }],
      revision: 1,
      versionId: null,
    };
    unit.insert(policyDrafts, row);
    return row;
  },
  stream: (_facts, _outcome, { _id }) => _id,
});

type Facts = DraftFacts & { readonly row: PolicyDraftRow; readonly by: string };

/** The draft, and every version of its region, of those above it, and of its profile wherever. */
async function gather(input: { readonly draftId: string }, unit: Unit, { caller }: CommandContext) {
  const row = await unit.findById(policyDrafts, input.draftId);
  if (row === null) return notFound('policyDraft', input.draftId, ['draftId']);
  const { profile, regionCode, state, authors } = row;
  const concerned = { $in: [nationwide, ...regionPath(regionCode)] };
  const rows = await unit.find(policyVersions, { $or: [{ regionCode: concerned }, { profile }] });
  return {
    row,
    state,
    authors,
    draft: { ...row },
    by: caller?.subject ?? '',
    regionKnown: await regionKnown(regionCode, unit),
    versions: rows.map(versionOf),
  };
}

const byBureau = {
  gather,
  scope: ({ row }: Facts) => ({ regionCode: row.regionCode }),
  stream: ({ row }: Facts) => row._id,
};
const bySuperior = {
  gather,
  /** The level above; a province's own bureau for a province. */
  scope: ({ row }: Facts) => ({ regionCode: superiorOf(row.regionCode) }),
  stream: ({ row }: Facts) => row._id,
};

function superiorOf(regionCode: string): string {
  return regionPath(regionCode).at(-2) ?? regionCode;
}

export const editPolicyDraftCommand = defineCommand({
  ...byBureau,
  name: 'editPolicyDraft',
  input: z.strictObject({ draftId, effectiveFrom, figures: figureInput }),
  decide: (input, facts) =>
    writeDraft(
      { ...input, figures: figuresByName(input.figures) },
      { ...facts, regionCode: facts.row.regionCode },
    ),
  record: (content, { row, by }, unit): PolicyDraftRow =>
    step(unit, row, by, { action: 'edit', change: { ...content, state: 'draft' } }),
});

export const submitPolicyDraftCommand = defineCommand({
  ...byBureau,
  name: 'submitPolicyDraft',
  input: z.strictObject({ draftId }),
  decide: (_input, facts, { now }) => submitDraft(facts, civilDateOf(now)),
  record: (_outcome, { row, by }, unit): PolicyDraftRow => {
    const { profile, regionCode } = row;
    unit.notify({
      notice: told.POLICY_SUBMITTED,
      to: { regionCode: superiorOf(regionCode) },
      subject: row._id,
      figures: { regionCode, profile, effectiveFrom: row.effectiveFrom },
    });
    return step(unit, row, by, { action: 'submit', change: { state: 'submitted' } });
  },
});

export const discardPolicyDraftCommand = defineCommand({
  ...byBureau,
  name: 'discardPolicyDraft',
  input: z.strictObject({ draftId }),
  decide: (_input, facts) => discardDraft(facts),
  record: (_outcome, { row, by }, unit): PolicyDraftRow =>
    step(unit, row, by, { action: 'discard', change: { state: 'discarded' } }),
});

export const returnPolicyDraftCommand = defineCommand({
  ...bySuperior,
  name: 'returnPolicyDraft',
  input: z.strictObject({ draftId, reasons: z.string().max(2000) }),
  decide: (input, facts) => returnDraft(input, facts),
  record: (reasons, { row, by }, unit): PolicyDraftRow => {
    unit.notify({
      notice: told.POLICY_RETURNED,
      to: { regionCode: row.regionCode },
      subject: row._id,
      figures: { profile: row.profile },
    });
    return step(unit, row, by, { action: 'return', reasons, change: { state: 'returned' } });
  },
});

export const approvePolicyDraftCommand = defineCommand({
  ...bySuperior,
  name: 'approvePolicyDraft',
  input: z.strictObject({ draftId }),
  gather: async (input: { readonly draftId: string }, unit, context) => {
    const facts = await gather(input, unit, context);
    if (!('row' in facts)) return facts;
    // Bureaus are few: a province has one for each city and county.
    const bound = await unit.find(regions, {
      _id: within(facts.row.regionCode),
      level: { $in: ['province', 'city', 'county'] },
    });
    return { ...facts, bound: bound.map(({ _id }) => _id) };
  },
  decide: (_input, facts, { now }) => approveDraft(facts, civilDateOf(now), facts.by),
  record: (version, { row, by, bound }, unit): PolicyDraftRow => {
    recordPolicy(unit, version);
    const { id: versionId, regionCode, effectiveFrom: from } = version;
    for (const bureau of bound) {
      unit.notify({
        notice: told.POLICY_PUBLISHED,
        to: { regionCode: bureau },
        subject: versionId,
        figures: { versionId, regionCode, effectiveFrom: from },
      });
    }
    return step(unit, row, by, { action: 'approve', change: { state: 'approved', versionId } });
  },
});

type Step = {
  readonly action: DraftAction;
  readonly change: Partial<PolicyDraftRow>;
  readonly reasons?: string;
};

function step(unit: Unit, row: PolicyDraftRow, by: string, taken: Step): PolicyDraftRow {
  const { action, change, reasons = null } = taken;
  const writes = action === 'edit' || action === 'submit';
  const authors = writes ? [...new Set([...row.authors, by])] : row.authors;
  const steps = [...row.steps, { action, at: unit.now, by, reasons }].slice(-stepsMax);
  const after = { ...row, ...change, authors, steps, revision: row.revision + 1 };
  const { _id, ...fields } = after;
  unit.update(policyDrafts, { _id, revision: row.revision }, { $set: fields });
  return after;
}

/** A draft keeps its newest steps; every one of them is in the audit. */
const stepsMax = 200;
