import { runUnit, type ServiceRoom, type Unit } from '@shixun/runtime';
import { sealingWith } from '../teachers/sealing.ts';
import { teachers } from '../teachers/store.ts';
import { personalKeys, wrappedIn } from './store.ts';

export type RotationProgress = { readonly done: number };

const batchDefault = 200;

/**
 * Rewraps every person's key by the current master key and renews the blind index, in batches of one transaction
 * each. What is done is done: after a kill the next run goes on with what is left. The values themselves stay as they
 * are. When it has ended, the former keys can be taken out of PERSONAL_DATA_KEY. [GOV-03]
 */
export async function rotateKeys(
  { db, run, personalDataKey }: Pick<ServiceRoom, 'db' | 'run' | 'personalDataKey'>,
  { batch = batchDefault, told }: { batch?: number; told: (progress: RotationProgress) => void },
): Promise<RotationProgress> {
  let done = 0;
  for (;;) {
    const moved = await runUnit(db, (unit) => rewrapBatch(unit, personalDataKey, batch), run);
    if (moved === 0) return { done };
    done += moved;
    told({ done });
  }
}

async function rewrapBatch(unit: Unit, personalDataKey: Buffer, limit: number): Promise<number> {
  const sealing = sealingWith(personalDataKey);
  const current = sealing.masterId;
  const foreign = (bound: '$lt' | '$gt') =>
    unit.find(
      personalKeys,
      { masterId: { $type: 'string', [bound]: current } },
      { sort: { masterId: 1, _id: 1 }, limit },
    );
  const rows = [...(await foreign('$lt')), ...(await foreign('$gt'))].slice(0, limit);
  const people = await unit.find(teachers, { _id: { $in: rows.map(({ _id }) => _id) } });
  const byId = new Map(people.map((teacher) => [teacher._id, teacher]));
  for (const row of rows) {
    const kept = wrappedIn(row);
    if (kept === null) continue;
    const { masterId, wrapped } = sealing.rewrap(row._id, kept);
    unit.update(
      personalKeys,
      { _id: row._id, wrapped: row.wrapped },
      { $set: { masterId, wrapped } },
    );
    const sealed = byId.get(row._id)?.identitySealed ?? null;
    if (sealed === null) continue;
    const number = sealing.unwrap(row._id, kept).open(sealed, 'identity_number');
    const identityIndex = sealing.blindIndex(number, 'identity_number');
    unit.update(teachers, { _id: row._id, identitySealed: sealed }, { $set: { identityIndex } });
  }
  if (rows.length > 0) {
    const facts = { masterId: current, keys: rows.length };
    const note = { stream: 'personal_keys', actor: 'operator', command: 'rotateKeys' };
    unit.audit({ ...note, facts, policyVersion: null });
  }
  return rows.length;
}

export type KeysOfMaster = {
  /** Null: the destroyed ones. */
  readonly masterId: string | null;
  readonly keys: number;
  readonly current: boolean;
  readonly known: boolean;
};

/** How many people's keys each master key wraps. Walks an index, never the rows. */
export async function keysByMaster({
  db,
  personalDataKey,
}: Pick<ServiceRoom, 'db' | 'personalDataKey'>): Promise<readonly KeysOfMaster[]> {
  const sealing = sealingWith(personalDataKey);
  const groups = await db.connection
    .collection(personalKeys.name)
    .aggregate<{ _id: string | null; keys: number }>(
      [{ $group: { _id: '$masterId', keys: { $sum: 1 } } }, { $sort: { _id: 1 } }],
      { hint: { masterId: 1, _id: 1 } },
    )
    .toArray();
  return groups.map(({ _id, keys }) => ({
    masterId: _id,
    keys,
    current: _id === sealing.masterId,
    known: _id !== null && sealing.knows(_id),
  }));
}
