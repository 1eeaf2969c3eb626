import { registry } from '@shixun/contracts';
import {
  type CivilDate,
  national,
  type PolicyFigures,
  type PolicyVersion,
  shanxi2023,
  zhejiang2014,
} from '@shixun/kernel';
import { defineCollection, type RowBase, type Unit } from '@shixun/runtime';
import type { DraftAction, DraftState } from './draft.ts';

/** A published version; never changed. The id is the version's own. */
export type PolicyVersionRow = RowBase & Omit<PolicyVersion, 'id'> & { readonly publishedAt: Date };

export const policyVersions = defineCollection<PolicyVersionRow>(
  'policy_versions',
  {
    profile: { type: String, required: true },
    regionCode: { type: String, required: true },
    effectiveFrom: { type: String, required: true },
    base: { type: String, default: null },
    figures: { type: Object, required: true },
    publishedAt: { type: Date, required: true },
  },
  [{ keys: { regionCode: 1, _id: 1 } }, { keys: { profile: 1, _id: 1 } }],
);

/** One step of a draft. */
export type DraftStep = {
  readonly action: DraftAction;
  readonly at: Date;
  readonly by: string;
  readonly reasons: string | null;
};

/** A policy that a bureau is writing; readable by the bureau and those above it. */
export type PolicyDraftRow = RowBase & {
  readonly profile: string;
  readonly regionCode: string;
  readonly effectiveFrom: CivilDate;
  readonly figures: Partial<PolicyFigures>;
  readonly state: DraftState;
  /** Subjects of the tokens of all who wrote or submitted it. */
  readonly authors: readonly string[];
  readonly steps: readonly DraftStep[];
  /** Guards against two who change it at once. */
  readonly revision: number;
  /** The version that it became. */
  readonly versionId: string | null;
};

export const policyDrafts = defineCollection<PolicyDraftRow>(
  'policy_drafts',
  {
    profile: { type: String, required: true },
    regionCode: { type: String, required: true },
    effectiveFrom: { type: String, required: true },
    figures: { type: Object, required: true },
    state: { type: String, required: true },
    authors: { type: [String], required: true },
    steps: { type: [Object], required: true },
    revision: { type: Number, required: true },
    versionId: { type: String, default: null },
  },
  [{ keys: { regionCode: 1, _id: 1 } }, { keys: { state: 1, regionCode: 1, _id: 1 } }],
);

export function versionOf({ _id, publishedAt, ...version }: PolicyVersionRow): PolicyVersion {
  return { ...version, id: _id };
}

/** Adds a version and tells it. */
export function recordPolicy(unit: Unit, version: PolicyVersion): PolicyVersionRow {
  const { id, ...fields } = version;
  const row = { _id: id, ...fields, publishedAt: unit.now };
  unit.insert(policyVersions, row);
  const figures = structuredClone(fields.figures) as Record<string, never>;
  unit.emit(registry.policyPublished, id, { ...fields, versionId: id, figures });
  return row;
}

/** The profiles that ship with the platform; those already there are left alone. */
export async function recordShippedPolicies(unit: Unit): Promise<void> {
  const shipped: readonly PolicyVersion[] = [national, shanxi2023, zhejiang2014];
  const known = await unit.find(policyVersions, { _id: { $in: shipped.map(({ id }) => id) } });
  const present = new Set(known.map(({ _id }) => _id));
  for (const version of shipped) if (!present.has(version.id)) recordPolicy(unit, version);
}
