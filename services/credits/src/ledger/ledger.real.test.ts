/** The ledger on a real MongoDB: duplicates, reordering, races, deaths between steps. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { EventRefused } from '@shixun/runtime';
import { type Balances, heldIn } from './account.ts';
import { PolicyNotYetKnown } from './events.ts';
import { checkLedger, checkTeacher } from './readers-check.ts';
import { type Confirmed, confirmed, RealLedger } from './real-ledger.example.ts';
import * as store from './store.ts';

let ledger: RealLedger;
beforeEach(async () => {
  ledger = await RealLedger.open(process.env.MONGODB_URI);
});
afterEach(async () => {
  await ledger.close();
});

/** As many sound completions, of as many teachers as asked. */
function completions(count: number, teachersCount: number): Confirmed[] {
  return Array.from({ length: count }, (_, index) =>
    confirmed({ completionId: `cmp_${index}`, teacherId: `tch_${index % teachersCount}` }),
  );
}

function withdrawn(completion: Confirmed) {
  const { completionId, teacherId } = completion;
  return { completionId, teacherId, reason: '考勤更正 attendance corrected' };
}

/** A shuffle that is the same at every run. */
function shuffled<T>(items: readonly T[], seed: number): T[] {
  let state = seed;
  const keyed = items.map((item) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return { item, key: state };
  });
  return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
}

function batches<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

async function agrees(): Promise<void> {
  expect(await checkLedger(ledger.db)).toMatchObject({ difference: null });
}

async function heldHours(): Promise<number> {
  const books = await ledger.books();
  return books.reduce((sum, book) => sum + heldIn(book.accounts as Balances).hoursCenti, 0);
}

describe('counting once', () => {
  test('CRD-03: every event twice, some ten times, shuffled, four batches at once: each completion once', async () => {
    const once = completions(400, 60);
    const events = shuffled([...once, ...once, ...Array(9).fill(once.slice(0, 20)).flat()], 7);
    for (const four of batches(batches(events, 50), 4)) {
      await Promise.all(four.map((batch) => ledger.confirm(batch)));
    }
    expect(await ledger.entries()).toHaveLength(400);
    expect(await heldHours()).toBe(400 * 3600);
    expect(await ledger.toldEvents()).toHaveLength(400);
    await agrees();
  });

  test('CRD-01: a batch of 500 on 5 teachers sums each account before it is written', async () => {
    await ledger.confirm(completions(500, 5));
    const books = await ledger.books();
    expect(books).toHaveLength(5);
    for (const book of books) {
      expect(book).toMatchObject({
        entries: 100,
        accounts: {
          'held:subject:self_selected:county': { hoursCenti: 240_000, creditsCenti: 24_000 },
          'held:ethics:self_selected:county': { hoursCenti: 120_000, creditsCenti: 12_000 },
          'issued:completion': { hoursCenti: -360_000, creditsCenti: -36_000 },
        },
      });
    }
    await agrees();
  });

  test('CRD-03: a withdrawal reverses once, however often it comes, with its reason and its link', async () => {
    const [completion] = completions(1, 1) as [Confirmed];
    await ledger.confirm([completion]);
    const told = withdrawn(completion);
    await ledger.withdraw([told, told]);
    for (let time = 0; time < 10; time += 1) await ledger.withdraw([told]);
    expect(await ledger.entries()).toMatchObject([
      { _id: 'ent_cmp_0_1', kind: 'award', hoursCenti: 3600 },
      {
        _id: 'ent_cmp_0_2',
        kind: 'reversal',
        hoursCenti: -3600,
        reverses: 'ent_cmp_0_1',
        reason: told.reason,
      },
    ]);
    expect(await heldHours()).toBe(0);
    await agrees();
  });

  test('CRD-03: heard before its confirmation, a withdrawal leaves nothing to credit, ever', async () => {
    const [completion] = completions(1, 1) as [Confirmed];
    await ledger.withdraw([withdrawn(completion)]);
    await ledger.confirm([completion]);
    await ledger.confirm([completion]);
    expect(await ledger.entries()).toMatchObject([{ kind: 'void', postings: [] }]);
    expect(await ledger.toldEvents()).toHaveLength(0);
    await agrees();
  });

  test('CRD-03: confirmations racing with withdrawals end at zero, whoever is first', async () => {
    const once = completions(120, 30);
    await Promise.all(
      once.flatMap((completion) => [
        ledger.confirm([completion]),
        ledger.withdraw([withdrawn(completion)]),
      ]),
    );
    const chains = Map.groupBy(await ledger.entries(), (entry) => entry.causeId);
    expect(chains.size).toBe(120);
    for (const chain of chains.values()) {
      const kinds = chain.map((entry) => entry.kind).join(' ');
      expect(['void', 'award reversal']).toContain(kinds);
    }
    expect(await heldHours()).toBe(0);
    await agrees();
  });

  test('CRD-03: the whole topic twice more, after every inbox has forgotten, changes nothing', async () => {
    const once = completions(100, 20);
    const gone = once.slice(0, 30).map(withdrawn);
    const replay = async () => {
      await ledger.confirm(once);
      await ledger.withdraw(gone);
    };
    await replay();
    const before = JSON.stringify([await ledger.entries(), await ledger.books()]);
    await replay();
    await replay();
    expect(JSON.stringify([await ledger.entries(), await ledger.books()])).toBe(before);
    expect(await heldHours()).toBe(70 * 3600);
  });
});

describe('death between steps', () => {
  test.each(['before-commit', 'after-commit'])(
    'CRD-03: killed %s, the redelivery leaves each completion once',
    async (step) => {
      const events = completions(20, 4);
      const kill = ledger.confirm(events, {
        faultPoint: (name) => {
          if (name === step) throw new Error('killed');
        },
      });
      await expect(kill).rejects.toThrow('killed');
      expect(await ledger.entries()).toHaveLength(step === 'before-commit' ? 0 : 20);
      await agrees();
      await ledger.confirm(events);
      expect(await ledger.entries()).toHaveLength(20);
      expect(await heldHours()).toBe(20 * 3600);
      expect(await ledger.toldEvents()).toHaveLength(20);
      await agrees();
    },
  );
});

describe('what is not posted', () => {
  test('CRD-03: an event that contradicts itself is refused for good, and nothing of its batch is left behind', async () => {
    const wrong = confirmed({ completionId: 'cmp_wrong', hoursCenti: 3601 });
    await expect(ledger.confirm([...completions(3, 3), wrong])).rejects.toThrow(EventRefused);
    expect(await ledger.entries()).toHaveLength(0);
  });

  test('CRD-02: a policy version not heard of yet makes the event wait, not guess', async () => {
    const early = confirmed({ policyVersion: 'shanxi-2023@9' });
    await expect(ledger.confirm([early])).rejects.toThrow(PolicyNotYetKnown);
    expect(await ledger.entries()).toHaveLength(0);
  });
});

describe('append-only', () => {
  test('CRD-01: the store writes entries by appending and knows no other way', () => {
    const functions = Object.entries(store).flatMap(([name, value]) =>
      typeof value === 'function' ? [name] : [],
    );
    expect(functions.sort()).toEqual(['appendEntries', 'chainsOf', 'firstEntriesOf']);
  });

  test('CRD-01: MongoDB itself refuses an entry that does not cancel out, also by an edit', async () => {
    await ledger.confirm(completions(1, 1));
    const entries = ledger.db.model(store.ledgerEntries).collection;
    const edit = entries.updateOne({}, { $inc: { 'postings.0.hoursCenti': 1 } } as never);
    await expect(edit).rejects.toThrow('Document failed validation');
    const lone = { _id: 'ent_x_1', postings: [{ hoursCenti: 1, creditsCenti: 0 }] };
    await expect(entries.insertOne(lone as never)).rejects.toThrow('Document failed validation');
    await agrees();
  });

  test('CRD-01: verification names the balance that was touched, the entry that was edited or went missing', async () => {
    await ledger.confirm(completions(50, 10));
    const entries = ledger.db.model(store.ledgerEntries).collection;
    const books = ledger.db.model(store.accountBooks).collection;
    const account = 'accounts.held:ethics:self_selected:county.hoursCenti';
    await books.updateOne({ _id: 'tch_7/2026' } as never, { $inc: { [account]: 1 } });
    expect(await checkLedger(ledger.db)).toMatchObject({
      difference: {
        kind: 'balance',
        at: 'tch_7/2026/held:ethics:self_selected:county',
        stored: 'hoursCenti 6001, creditsCenti 600',
        recomputed: 'hoursCenti 6000, creditsCenti 600',
      },
    });
    expect((await checkTeacher(ledger.db, 'tch_6')).difference).toBeNull();
    await books.updateOne({ _id: 'tch_7/2026' } as never, { $inc: { [account]: -1 } });
    await entries.updateOne(
      { _id: 'ent_cmp_3_1' } as never,
      { $set: { hoursCenti: 9999 } } as never,
    );
    expect((await checkLedger(ledger.db)).difference?.at).toBe('ent_cmp_3_1');
    await entries.deleteOne({ _id: 'ent_cmp_3_1' } as never);
    expect((await checkLedger(ledger.db)).difference?.at).toContain('tch_3/2026/');
    await entries.deleteMany({ teacherId: 'tch_3' } as never);
    expect((await checkTeacher(ledger.db, 'tch_3')).difference?.kind).toBe('balance');
  });
});
