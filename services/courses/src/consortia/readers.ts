import type { Unit } from '@shixun/runtime';
import { type InstitutionRow, institutions, qualificationOf } from '../projections/institutions.ts';
import type { Candidate, CommissionedConsortium } from '../projects/commission.ts';
import { type ConsortiumRow, consortia } from './store.ts';

/** An institution as a decision about commissioning sees it. */
export function candidateOf(row: InstitutionRow): Candidate & { readonly kind: string } {
  const { _id, kind, parentInstitutionId = null } = row;
  return { _id, kind, parentInstitutionId, qualification: qualificationOf(row) };
}

/** The consortium of a project with what is known of its members; null when one institution carries it alone. */
export async function consortiumOf(
  unit: Unit,
  projectId: string,
): Promise<CommissionedConsortium | null> {
  const row = await unit.findById(consortia, projectId);
  if (row === null) return null;
  const ids = row.members.map(({ institutionId }) => institutionId);
  return withCandidates(row, await unit.find(institutions, { _id: { $in: ids } }));
}

/** Joins the members with what the registry told of them; one of whom it told nothing is qualified for nothing. */
export function withCandidates(
  { leaderId, members }: ConsortiumRow,
  known: readonly InstitutionRow[],
): CommissionedConsortium {
  const byId = new Map(known.map((row) => [row._id, candidateOf(row)]));
  return {
    leaderId,
    parts: members.map(({ institutionId, ...part }) => ({
      ...part,
      candidate: byId.get(institutionId) ?? { _id: institutionId, qualification: null },
    })),
  };
}
