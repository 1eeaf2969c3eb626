import {
  civilDateOf,
  explain,
  type FigureDifference,
  nationwide,
  policyFigures,
  regionPath,
} from '@shixun/kernel';
import {
  bureaus,
  type Caller,
  connection,
  type GraphContext,
  may,
  mutation,
  type ResolverTable,
  visibleTo,
  within,
} from '@shixun/runtime';
import { institutions } from '../institutions/store.ts';
import { regions } from '../regions/store.ts';
import { schools } from '../schools/store.ts';
import { teachers } from '../teachers/store.ts';
import {
  approvePolicyDraftCommand,
  discardPolicyDraftCommand,
  draftPolicyCommand,
  editPolicyDraftCommand,
  returnPolicyDraftCommand,
  submitPolicyDraftCommand,
} from './commands.ts';
import { draftActionsOf } from './draft.ts';
import { publishPolicy } from './publish.ts';
import { rowsOf } from './resolvers.ts';
import { type PolicyDraftRow, policyDrafts, policyVersions, versionOf } from './store.ts';
import { type LostFigure, policyWhatIf, type RegionWhatIf } from './what-if.ts';

type Page = { readonly first?: number | null; readonly after?: string | null };
type DraftFilter = { readonly state?: string | null; readonly regionCode?: string | null };

export function draftFilter(caller: Caller | null, { state, regionCode }: DraftFilter) {
  const visible = visibleTo(caller, bureaus, { region: 'regionCode' });
  if (visible === null) return null;
  const asked = {
    ...(state ? { state } : {}),
    ...(regionCode ? { regionCode: within(regionCode) } : {}),
  };
  return { $and: [visible, asked] };
}

export const policyDraftResolvers: ResolverTable = {
  Query: {
    policyDraft: (_parent, { id }: { id: string }, context) => ownDraft(id, context),
    policyDrafts: (_parent, args: Page & { filter?: DraftFilter | null }, context) =>
      connection(context.db.model(policyDrafts), {
        filter: draftFilter(context.caller, args.filter ?? {}),
        sort: [
          ['regionCode', 1],
          ['_id', 1],
        ],
        first: args.first,
        after: args.after,
      }),
    policyWhatIf: async (_parent, { draftId }: { draftId: string }, context) => {
      const draft = await ownDraft(draftId, context);
      return draft === null ? null : whatIf(draft, context);
    },
  },
  Mutation: {
    draftPolicy: mutation(draftPolicyCommand, 'draft'),
    editPolicyDraft: mutation(editPolicyDraftCommand, 'draft'),
    submitPolicyDraft: mutation(submitPolicyDraftCommand, 'draft'),
    discardPolicyDraft: mutation(discardPolicyDraftCommand, 'draft'),
    approvePolicyDraft: mutation(approvePolicyDraftCommand, 'draft'),
    returnPolicyDraft: mutation(returnPolicyDraftCommand, 'draft'),
  },
  PolicyDraft: {
    id: ({ _id }: PolicyDraftRow) => _id,
    region: ({ regionCode }: PolicyDraftRow, _args, context) =>
      context.loadOne(regions, regionCode),
    figures: ({ figures }: PolicyDraftRow) => rowsOf(figures),
    nextActions: ({ state }: PolicyDraftRow) => draftActionsOf(state),
    version: ({ versionId }: PolicyDraftRow, _args, context) =>
      versionId === null ? null : context.loadOne(policyVersions, versionId),
  },
  PolicyFigureChange: {
    name: ({ figure }: FigureDifference) => figure,
    rule: ({ figure }: FigureDifference) => ({ number: policyFigures[figure].rule }),
    before: ({ figure, before }: FigureDifference) => ({ name: figure, value: before }),
    after: ({ figure, after }: FigureDifference) => ({ name: figure, value: after }),
    tighter: ({ standing }: FigureDifference) => standing === 'tighter',
  },
  PolicyFigureLost: {
    name: ({ figure }: LostFigure) => figure,
    own: ({ figure, own }: LostFigure) => ({ name: figure, value: own }),
    inherited: ({ figure, inherited }: LostFigure) => ({ name: figure, value: inherited }),
    overruled: ({ becomes }: LostFigure) => becomes === 'overruled',
  },
  RegionPolicyWhatIf: {
    region: ({ regionCode }: RegionWhatIf, _args, context) => context.loadOne(regions, regionCode),
    version: ({ versionId }: RegionWhatIf, _args, context) =>
      context.loadOne(policyVersions, versionId),
  },
};

async function ownDraft(id: string, context: GraphContext): Promise<PolicyDraftRow | null> {
  const row = await context.loadOne(policyDrafts, id);
  return row !== null && may(context.caller, bureaus, row) ? row : null;
}

/** The draft laid over the policies of its region, of those above and of those below, on its first day. */
async function whatIf(draft: PolicyDraftRow, context: GraphContext) {
  const { regionCode, profile, effectiveFrom, figures } = draft;
  const above = [nationwide, ...regionPath(regionCode)];
  const rows = await context.db
    .model(policyVersions)
    .find({
      $or: [{ regionCode: { $in: above } }, { regionCode: within(regionCode) }, { profile }],
    })
    .lean();
  const versions = rows.map(versionOf);
  const today = civilDateOf(context.now);
  const made = publishPolicy(draft, { regionKnown: true, versions }, today);
  // A number that no published version has, so that the draft is the newest of its day.
  const version = {
    id: `${profile}@${rows.length + 1}`,
    profile,
    regionCode,
    effectiveFrom,
    base: null,
    figures,
  };
  const result = policyWhatIf(version, versions);
  const touched = [result.changes, ...result.below.map(({ changes }) => changes)].flat();
  const numbers = new Set(touched.map(({ figure }) => policyFigures[figure].rule));
  return {
    effectiveFrom,
    ...result,
    rules: [...numbers].sort().map((number) => ({ number })),
    refusals: made.accepted ? [] : made.faults.map((each) => explain(each)),
    reach: await reachOf(regionCode, context),
  };
}

/** Whom the region's policy decides about, as far as the registry knows: index counts only. */
async function reachOf(regionCode: string, { db }: GraphContext) {
  const inside = { regionCode: within(regionCode) };
  const [schoolsCount, teachersCount, institutionsCount] = await Promise.all([
    db.model(schools).collection.countDocuments(inside),
    db.model(teachers).collection.countDocuments(inside),
    db.model(institutions).collection.countDocuments(inside),
  ]);
  return { schools: schoolsCount, teachers: teachersCount, institutions: institutionsCount };
}
