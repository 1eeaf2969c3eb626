import { createHash } from 'node:crypto';
import { defineEvent, type EventContract, type Owner } from '@shixun/contracts';
import { z } from 'zod';
import type { InboundMessage } from '../bus/port.ts';
import type { Unit } from '../unit/unit.ts';
import type { Poison } from './read.ts';
import { type DeadLetter, deadLetters, inboxRows } from './store.ts';

const data = z.strictObject({
  deadLetterId: z.string().min(1).describe('Id of the dead letter in the hearing service'),
  topic: z.string().min(1).describe('Topic it came from'),
  key: z.string().nullable().describe('Key it came with'),
  position: z.string().describe('Where it lies: partition/offset on Kafka'),
  kind: z
    .enum(['malformed', 'unknown_version', 'refused', 'failed'])
    .describe('Why it could not be absorbed'),
  cause: z.string().describe('The error in words'),
  attempts: z.int().min(1).describe('How often it was tried'),
  originalBase64: z.string().describe('The original bytes'),
  headers: z.record(z.string(), z.string()).describe('The original headers'),
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
      zh: '死信：某事件无法处理，已原样保存，待人工重投。',
      en: 'A dead letter: an event could not be absorbed; its bytes are kept and can be redriven.',
    },
    data,
    example: {
      deadLetterId: 'dead_0f3a',
      topic,
      key: null,
      position: '0/1041',
      kind: 'malformed',
      cause: 'the message is not JSON',
      attempts: 1,
      originalBase64: 'eyI=',
      headers: {},
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
  settings: { readonly service: Owner; readonly inboxExpiry: (from: Date) => Date },
): Promise<number> {
  const byInboxId = new Map(deaths.map((death) => [inboxIdOf(death), death]));
  const known = await unit.find(inboxRows, { _id: { $in: [...byInboxId.keys()] } });
  for (const { _id } of known) byInboxId.delete(_id);
  for (const [inboxId, death] of byInboxId) {
    const letter = letterOf(inboxId, death, unit.now);
    unit.insert(deadLetters, letter);
    unit.insert(inboxRows, {
      _id: inboxId,
      topic: letter.topic,
      type: letter.type ?? '',
      occurredAt: death.occurredAt ?? unit.now,
      expiresAt: settings.inboxExpiry(unit.now),
    });
    const { topic, key, position, kind, cause, attempts, originalBase64, headers } = letter;
    const told = { topic, key, position, kind, cause, attempts, originalBase64, headers };
    const contract = deadLetterRecorded(settings.service, topic);
    unit.emit(contract, letter._id, { deadLetterId: letter._id, ...told });
  }
  return byInboxId.size;
}

/** The message of a dead letter, as it came. */
export function messageOf(letter: DeadLetter): InboundMessage {
  const { topic, key, headers, position } = letter;
  return { topic, key, headers, position, value: Buffer.from(letter.originalBase64, 'base64') };
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

function letterOf(inboxId: string, death: Death, now: Date): DeadLetter {
  const { message, kind, cause, attempts, eventId, type } = death;
  const name = createHash('sha256').update(inboxId).digest('hex').slice(0, 24);
  return {
    _id: `dead_${name}`,
    eventId,
    type,
    topic: message.topic,
    key: message.key,
    position: message.position,
    kind,
    cause,
    originalBase64: message.value.toString('base64'),
    headers: message.headers,
    attempts,
    state: 'dead',
    deadAt: now,
    redrivenAt: null,
  };
}
