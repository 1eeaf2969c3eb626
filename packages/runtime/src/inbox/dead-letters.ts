import { createHash } from 'node:crypto';
import { defineEvent, type EventContract, type Owner } from '@shixun/contracts';
import { z } from 'zod';
import type { InboundMessage } from '../bus/port.ts';
import { openBytes, sealBytes } from '../secrets.ts';
import { blot } from '../telemetry/blot.ts';
import type { Unit } from '../unit/unit.ts';
import type { Poison } from './read.ts';
import { type DeadLetter, deadLetters, inboxRows } from './store.ts';

const data = z.strictObject({
  deadLetterId: z.string().min(1).describe('Id of the dead letter in the hearing service'),
  topic: z.string().min(1).describe('Topic it came from'),
  position: z.string().describe('Where it lies: partition/offset on Kafka'),
  kind: z
    .enum(['malformed', 'unknown_version', 'refused', 'failed'])
    .describe('Why it could not be absorbed'),
  cause: z.string().describe('The error in words, without what the message held'),
  attempts: z.int().min(1).describe('How often it was tried'),
  sealed: z
    .string()
    .describe('Key, headers and bytes as they came; only the hearing service can open it'),
});

type DeadLetterRecorded = z.infer<typeof data>;

const contracts = new Map<string, EventContract<DeadLetterRecorded>>();

/** `credits.dead.courses.completion`: where a service tells of what it could not absorb. */
export function deadTopicOf(service: Owner, topic: string): string {
  return `${service}.dead.${topic}`;
}

function deadLetterRecorded(service: Owner, topic: string): EventContract<DeadLetterRecorded> {
  const name = deadTopicOf(service, topic);
  const known = contracts.get(name);
  if (known) return known;
  const contract = defineEvent<DeadLetterRecorded>({
    type: `${service}.dead_letter.recorded.v1`,
    topic: name,
    compacted: false,
    subject: 'deadLetterId',
    description: {
      zh: '死信：某事件无法处理，已原样加密保存，待人工重投。',
      en: 'A dead letter: an event could not be absorbed; its bytes are kept sealed and can be redriven.',
    },
    data,
    example: {
      deadLetterId: 'dead_0f3a',
      topic,
      position: '0/1041',
      kind: 'malformed',
      cause: 'the message is not JSON',
      attempts: 1,
      sealed: '1.c2h4.AAAA',
    },
  });
  contracts.set(name, contract);
  return contract;
}

/** A message that is given up: the reason, and how often it was tried. */
export type Death = Poison & {
  readonly eventId: string | null;
  readonly type: string | null;
  readonly occurredAt: Date | null;
  readonly attempts: number;
};

/**
 * Buries messages within the unit: the dead letter, the mark in the inbox, and the event that tells of it commit
 * together. A message that is buried already, or absorbed meanwhile, is left alone.
 */
export async function bury(
  unit: Unit,
  deaths: readonly Death[],
  settings: {
    readonly service: Owner;
    readonly secrets: Buffer;
    readonly inboxExpiry: (from: Date) => Date;
  },
): Promise<number> {
  const byInboxId = new Map(deaths.map((death) => [inboxIdOf(death), death]));
  const known = await unit.find(inboxRows, { _id: { $in: [...byInboxId.keys()] } });
  for (const { _id } of known) byInboxId.delete(_id);
  for (const [inboxId, death] of byInboxId) {
    const letter = letterOf(inboxId, death, { now: unit.now, secrets: settings.secrets });
    unit.insert(deadLetters, letter);
    unit.insert(inboxRows, {
      _id: inboxId,
      topic: letter.topic,
      type: letter.type ?? '',
      occurredAt: death.occurredAt ?? unit.now,
      expiresAt: settings.inboxExpiry(unit.now),
    });
    const { topic, position, kind, cause, attempts, sealed } = letter;
    const told = { topic, position, kind, cause, attempts, sealed };
    const contract = deadLetterRecorded(settings.service, topic);
    unit.emit(contract, letter._id, { deadLetterId: letter._id, ...told });
  }
  return byInboxId.size;
}

type Original = {
  readonly key: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly value: string;
};

/**
 * The message of a dead letter, as it came.
 * @throws NotOpened when its key is no longer among the service's secrets.
 */
export function messageOf(letter: DeadLetter, secrets: Buffer): InboundMessage {
  const { topic, position } = letter;
  const opened = openBytes(secrets, placeOf(letter._id), letter.sealed).toString('utf8');
  const { key, headers, value } = JSON.parse(opened) as Original;
  return { topic, key, headers, position, value: Buffer.from(value, 'base64') };
}

function placeOf(id: string) {
  return { purpose: 'dead letters', id };
}

/**
 * What a redelivery is recognised by. A message that could not be read has no id to be trusted (it might carry a
 * sound event's), so its bytes and place stand for it.
 */
function inboxIdOf({ eventId, message }: Death): string {
  if (eventId !== null) return eventId;
  const hash = createHash('sha256').update(`${message.topic}\n${message.position}\n`);
  return `unread_${hash.update(message.value).digest('hex')}`;
}

function letterOf(
  inboxId: string,
  death: Death,
  { now, secrets }: { readonly now: Date; readonly secrets: Buffer },
): DeadLetter {
  const { message, kind, cause, attempts, eventId, type } = death;
  const name = createHash('sha256').update(inboxId).digest('hex').slice(0, 24);
  const _id = `dead_${name}`;
  const { key, headers, value } = message;
  const original: Original = { key, headers, value: value.toString('base64') };
  return {
    _id,
    eventId,
    type,
    topic: message.topic,
    position: message.position,
    kind,
    cause: blot(cause),
    sealed: sealBytes(secrets, placeOf(_id), Buffer.from(JSON.stringify(original))),
    attempts,
    state: 'dead',
    deadAt: now,
    redrivenAt: null,
  };
}
