/** A replica that holds a row in a transaction until it is killed. */
import { connectDatabase } from '../database.ts';
import { runUnit } from '../unit/run.ts';
import { type HeldRow, heldRows } from './held-rows.example.ts';
import { Members } from './members.ts';

const [uri = '', database = ''] = process.argv.slice(2);
const db = await connectDatabase({ uri, database });
const members = new Members(db, { renewMs: 200, goneMs: 2_000 });
const forever = new Promise<never>(() => {});
await runUnit(
  db,
  async (unit) => unit.update<HeldRow>(heldRows, { _id: 'row' }, { $set: { by: 'killed' } }),
  {
    service: 'courses',
    faultPoint: async (name) => {
      if (name !== 'before-commit') return;
      await members.join('http://127.0.0.1:1');
      process.send?.('held');
      await forever;
    },
  },
);
