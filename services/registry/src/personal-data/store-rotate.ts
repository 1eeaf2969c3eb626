import { runUnit, type ServiceRoom, type Unit } from '@shixun/runtime';
import { type Sealing, type SubjectKey, sealingWith } from '../teachers/sealing.ts';
import { likenessOf, type TeacherRow, teachers } from '../teachers/store.ts';
import { personalKeys, wrappedIn } from './store.ts';

export type RotationProgress = { readonly done: number };

const batchDefault = 200;

/**
 * Rewraps every person's key by the current master key and renews what is derived from it, the blind index and the
 * digests by which duplicates are found, in batches of one transaction each. What is done is done: after a kill the
 * next run goes on with what is left. The values themselves stay as they are. When it has ended, the former keys can be
 * taken out of PERSONAL_DATA_KEY. [GOV-03]
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
    const teacher = byId.get(row._id);
    if (teacher) renewDerived(unit, teacher, { sealing, key: sealing.unwrap(row._id, kept) });
  }
  if (rows.length > 0) {
    const facts = { masterId: current, keys: rows.length };
    const note = { stream: 'personal_keys', actor: 'operator', command: 'rotateKeys' };
    unit.audit({ ...note, facts, policyVersion: null });
  }
  return rows.length;
}

/** A record that was compared with others under the former key is compared anew: its digests are others now. [REG-16] */
function renewDerived(
  unit: Unit,
  teacher: TeacherRow,
  { sealing, key }: { readonly sealing: Sealing; readonly key: SubjectKey },
): void {
  const { _id, name, identitySealed, phoneSealed } = teacher;
  if (identitySealed === null) return;
  const identityNumber = key.open(identitySealed, 'identity_number');
  const phone = phoneSealed && key.open(phoneSealed, 'phone');
  const identityIndex = sealing.blindIndex(identityNumber, 'identity_number');
  const compared = teacher.likeness !== undefined;
  const likeness = compared && likenessOf(sealing, { identityNumber, phone, name });
  const derived = { identityIndex, ...(likeness && { likeness, likenessPending: true }) };
  unit.update(teachers, { _id, name, identitySealed, phoneSealed }, { $set: derived });
}

export type KeysOfMaster = {
  /** Null: the destroyed ones. */
  readonly masterId: string | null;
  readonly keys: number;
  /** Which key of PERSONAL_DATA_KEY it is, the first being the current one; null when it is none of them. */
  readonly place: number | null;
};

/**
 * How many people's keys each master key wraps: the configured ones in their order, also those that wrap none, then
 * unknown ones, then what was destroyed. Walks an index, never the rows.
 */
export async function keysByMaster({
  db,
  personalDataKey,
}: Pick<ServiceRoom, 'db' | 'personalDataKey'>): Promise<readonly KeysOfMaster[]> {
  const groups = await db.connection
    .collection(personalKeys.name)
    .aggregate<{ _id: string | null; keys: number }>(
      [{ $group: { _id: '$masterId', keys: { $sum: 1 } } }, { $sort: { _id: 1 } }],
      { hint: { masterId: 1, _id: 1 } },
    )
    .toArray();
  const counted = new Map(groups.map(({ _id, keys }) => [_id, keys]));
  const configured = sealingWith(personalDataKey).masterIds;
  const unknown = groups.flatMap(({ _id }) =>
    _id === null || configured.includes(_id) ? [] : [_id],
  );
  return [
    ...configured.map((masterId, at) => ({ masterId, place: at + 1 })),
    ...unknown.map((masterId) => ({ masterId, place: null })),
    { masterId: null, place: null },
  ].map((each) => ({ ...each, keys: counted.get(each.masterId) ?? 0 }));
}
