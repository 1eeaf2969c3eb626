/** What was done to one thing, read from its audit chain by those who may ask. [GOV-02] */
import type { RowBase } from '../database.ts';
import type { Resolver, ResolverTable } from '../graph/context.ts';
import { connection } from '../graph/paging.ts';
import { type AuditEntry, auditEntries, notesOf } from '../unit/streams.ts';

type Page = { readonly first?: number | null; readonly after?: string | null };

/** Served by the index of stream and sequence, so that page 10,000 costs what page 1 costs. [GOV-06] */
const auditTrail: Resolver = ({ _id }: RowBase, page: Page, context) =>
  connection(context.db.model(auditEntries), {
    filter: { stream: _id },
    sort: [['sequence', 1]],
    ...page,
  });

/**
 * Resolvers of `auditTrail` on types whose id names their chain. What the audit keeps of a command's input stays
 * inside: the reader learns who did what, when and by which policy, and the hashes to compare. [GOV-03]
 */
export function auditTrails(...types: readonly string[]): ResolverTable {
  return {
    ...Object.fromEntries(types.map((type) => [type, { auditTrail }])),
    AuditEntry: { commands: (entry: AuditEntry) => notesOf(entry) },
  };
}
