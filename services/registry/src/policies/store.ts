import { registry } from '@shixun/contracts';
import { national, type PolicyVersion, shanxi2023, zhejiang2014 } from '@shixun/kernel';
import { defineCollection, type RowBase, type Unit } from '@shixun/runtime';

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
