/** MongoDB's own guard of the ledger, whoever writes: an entry that doesn't cancel out is no document. [CRD-01] */
import type { Database } from '@shixun/runtime';
import { ledgerEntries } from './store.ts';

const cancelsOut = (field: string) => ({ $eq: [{ $sum: `$postings.${field}` }, 0] });
const validator = { $expr: { $and: [cancelsOut('hoursCenti'), cancelsOut('creditsCenti')] } };

/** Safe to call at every start: it changes the collection, which locks it, only when the guard isn't there yet. */
export async function requireBalance(db: Database): Promise<void> {
  const database = db.connection.db;
  if (database === undefined) throw new Error('the database is not connected');
  const [collection] = await database.listCollections({ name: ledgerEntries.name }).toArray();
  const present = JSON.stringify(collection && 'options' in collection && collection.options);
  if (present.includes(JSON.stringify(validator))) return;
  await database.command({
    collMod: ledgerEntries.name,
    validator,
    validationLevel: 'strict',
    validationAction: 'error',
  });
}
