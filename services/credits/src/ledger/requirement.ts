/** MongoDB's own guard of the ledger, whoever writes: an entry that doesn't cancel out is no document. [CRD-01] */
import type { Database } from '@shixun/runtime';
import { ledgerEntries } from './store.ts';

const cancelsOut = (field: string) => ({ $eq: [{ $sum: `$postings.${field}` }, 0] });

/** Safe to call at every start. */
export async function requireBalance(db: Database): Promise<void> {
  await db.connection.db?.command({
    collMod: ledgerEntries.name,
    validator: { $expr: { $and: [cancelsOut('hoursCenti'), cancelsOut('creditsCenti')] } },
    validationLevel: 'strict',
    validationAction: 'error',
  });
}
