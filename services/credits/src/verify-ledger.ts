/**
 * `npm run ledger`: recomputes every balance from the entries and compares it with what is stored. Ends with 0 when
 * all agrees, with 1 and the first difference when not. Reads MONGODB_URI and MONGODB_DATABASE (credits). [CRD-01]
 */
import { centiText } from '@shixun/kernel';
import { connectDatabase } from '@shixun/runtime';
import { checkLedger, type LedgerReport } from './ledger/readers-check.ts';

const uri = process.env.MONGODB_URI;
if (!uri) {
  console.error('请设置 MONGODB_URI。 Set MONGODB_URI to the database of the credits service.');
  process.exit(2);
}
const database = process.env.MONGODB_DATABASE ?? 'credits';
const db = await connectDatabase({ uri, database });
try {
  const report = await checkLedger(db, ({ entries }) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${entries} entries 分录 …`);
  });
  console.log(sentence(report));
  process.exitCode = report.difference === null ? 0 : 1;
} finally {
  await db.close();
}

function sentence({ entries, books, held, difference }: LedgerReport): string {
  const read = `${entries} entries 分录, ${books} books 账簿, ${centiText(held.hoursCenti)} hours 学时, ${centiText(held.creditsCenti)} credits 学分`;
  if (difference === null) {
    return `${read}: every balance equals its entries, all accounts sum to zero. 账实相符。`;
  }
  const { kind, at, stored, recomputed } = difference;
  return `${read}: first difference 首个差异: ${kind} at ${at}: stored 账面 ${stored}; recomputed 重算 ${recomputed}`;
}
