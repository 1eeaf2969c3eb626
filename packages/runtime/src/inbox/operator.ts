/** What an operator may do with events; `npm run events` calls these. The running service does the work itself. */
import type { Owner } from '@shixun/contracts';
import type { InboundMessage } from '../bus/port.ts';
import type { Database } from '../database.ts';
import { type OutboxRow, outboxRows } from '../outbox/store.ts';
import { blot } from '../telemetry/blot.ts';
import { runUnit } from '../unit/run.ts';
import { messageOf } from './dead-letters.ts';
import { type DeadLetter, deadLetters, type InboxRow, inboxRows } from './store.ts';

/** A period of instants, both ends included. */
export type Period = { readonly from: Date; readonly to: Date };

/** The newest dead letters, at most `limit`. */
export async function listDeadLetters(db: Database, limit = 50): Promise<DeadLetter[]> {
  return db.connection
    .collection<DeadLetter>(deadLetters.name)
    .find({ state: { $in: ['dead', 'redrive_asked'] } })
    .sort({ deadAt: -1 })
    .limit(limit)
    .toArray();
}

export type Opening = {
  readonly service: Owner;
  readonly id: string;
  /** PERSONAL_DATA_KEY of the service. */
  readonly secrets: Buffer;
  /** Who opens it, and what for: both go into the audit. */
  readonly actor: string;
  readonly purpose: string;
};

/**
 * Opens what a dead letter holds, which may be anybody's data. That it was opened, by whom and what for, is in the
 * audit before anything is shown. Null when there is none of that id. [GOV-03]
 * @throws NotOpened when it was sealed with a key that the secrets lack.
 */
export async function openDeadLetter(
  db: Database,
  { service, id, secrets, actor, purpose }: Opening,
): Promise<InboundMessage | null> {
  if (purpose.trim().length < 4) throw new Error('say what it is opened for, in words');
  const letter = await db.connection.collection<DeadLetter>(deadLetters.name).findOne({ _id: id });
  if (letter === null) return null;
  const message = messageOf(letter, secrets);
  await runUnit(
    db,
    async (unit) => {
      const facts = { deadLetterId: id, topic: letter.topic, purpose: blot(purpose) };
      unit.audit({ stream: id, actor, command: 'openDeadLetter', facts, policyVersion: null });
    },
    { service },
  );
  return message;
}

/** Asks the service to take dead letters up again: one, or all. Answers how many were asked for. */
export async function askForRedrive(db: Database, id?: string): Promise<number> {
  const one = id === undefined ? {} : { _id: id };
  const { modifiedCount } = await db.connection
    .collection<DeadLetter>(deadLetters.name)
    .updateMany({ ...one, state: 'dead' }, { $set: { state: 'redrive_asked' } });
  return modifiedCount;
}

/**
 * Forgets that events of the period were absorbed, so that a redelivery takes effect again: for a projection that
 * is to be built anew. Only for handlers whose effect may happen twice.
 */
export async function forgetAbsorbed(
  db: Database,
  topic: string,
  { from, to }: Period,
): Promise<number> {
  const { deletedCount } = await db.connection
    .collection<InboxRow>(inboxRows.name)
    .deleteMany({ topic, occurredAt: { $gte: from, $lte: to } });
  return deletedCount;
}

/**
 * Has the teller's relay send what it told in the period once more, to one group alone. Reaches back as far as
 * published rows are kept. Answers how many rows go out again; one may carry a batch of events.
 */
export async function redeliverFromOutbox(
  teller: Database,
  group: string,
  topic: string,
  { from, to }: Period,
): Promise<number> {
  // Rows are published after they were made, so the index on publishedAt finds them all.
  const { modifiedCount } = await teller.connection
    .collection<OutboxRow>(outboxRows.name)
    .updateMany(
      { topic, publishedAt: { $gte: from }, createdAt: { $gte: from, $lte: to } },
      { $set: { publishedAt: null, redeliverTo: group } },
    );
  return modifiedCount;
}
