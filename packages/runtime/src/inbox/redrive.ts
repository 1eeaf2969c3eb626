import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Database } from '../database.ts';
import { blot } from '../telemetry/blot.ts';
import type { Absorber } from './absorber.ts';
import { messageOf } from './dead-letters.ts';
import type { EventHandler } from './handler.ts';
import { readMessage } from './read.ts';
import { type DeadLetter, deadLetters } from './store.ts';

const pollMs = 2_000;

export type RedriveOptions = {
  readonly db: Database;
  readonly absorber: Absorber;
  readonly handlers: ReadonlyMap<string, readonly EventHandler[]>;
  readonly log: Logger;
  /** Dead letters lie sealed under these. */
  readonly secrets: Buffer;
};

/** Takes up, until the signal, the dead letters that an operator asked to have redriven. */
export async function redriveForever(options: RedriveOptions, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      while (!signal.aborted && (await redriveOne(options)));
    } catch (error) {
      options.log.warn({ err: error }, 'dead letters not looked at; again soon');
    }
    await sleep(pollMs, undefined, { signal }).catch(() => undefined);
  }
}

/**
 * Redrives the oldest dead letter asked for; answers whether there was one. Effect, inbox row and the letter's new
 * state commit together, so it takes effect once however many processes look.
 */
async function redriveOne(options: RedriveOptions): Promise<boolean> {
  const { db, log } = options;
  const letters = db.connection.collection<DeadLetter>(deadLetters.name);
  const letter = await letters.findOne({ state: 'redrive_asked' }, { sort: { deadAt: 1 } });
  if (letter === null) return false;
  try {
    await takeUp(letter, options);
    log.info({ deadLetter: letter._id }, 'dead letter redriven');
  } catch (error) {
    const cause = blot(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
    await letters.updateOne(
      { _id: letter._id, state: 'redrive_asked' },
      { $set: { state: 'dead', cause }, $inc: { attempts: 1 } },
    );
    log.warn({ err: error, deadLetter: letter._id }, 'dead letter failed again');
  }
  return true;
}

async function takeUp(
  letter: DeadLetter,
  { absorber, handlers, secrets }: RedriveOptions,
): Promise<void> {
  const contracts = new Map(
    [...handlers].flatMap(([type, [one]]) => (one ? [[type, one.contract]] : [])),
  );
  const reading = readMessage(messageOf(letter, secrets), contracts);
  if (reading.is === 'poison') throw new Error(reading.poison.cause);
  if (reading.is === 'ignored') throw new Error('this service has no handler for the event');
  const { event } = reading;
  const own = handlers.get(event.envelope.type) ?? [];
  // The mark that its burial left in the inbox must not absorb it again.
  const again = letter.eventId === event.envelope.id;
  await absorber.once([event], own, {
    again,
    also: (unit) =>
      unit.update(
        deadLetters,
        { _id: letter._id, state: 'redrive_asked' },
        { $set: { state: 'redriven', redrivenAt: unit.now } },
      ),
  });
}
