import {
  type AnyEventContract,
  type Envelope,
  EventMalformed,
  envelopeSchema,
  sourceOf,
} from '@shixun/contracts';
import type { z } from 'zod';
import type { InboundMessage } from '../bus/port.ts';
import type { ReceivedEvent } from './handler.ts';
import type { DeadLetterKind } from './store.ts';

/** A message whose envelope and data hold. */
export type SoundEvent = ReceivedEvent<unknown> & { readonly message: InboundMessage };

export type Poison = {
  readonly message: InboundMessage;
  readonly kind: DeadLetterKind;
  readonly cause: string;
};

/** What a message turned out to be; `ignored` is an event of a kind this service has no use for. */
export type Reading =
  | { readonly is: 'sound'; readonly event: SoundEvent }
  | { readonly is: 'poison'; readonly poison: Poison }
  | { readonly is: 'ignored' };

const tolerantEnvelope = envelopeSchema.strip();

/** Reads a message under the contracts a service handles, by type. */
export function readMessage(
  message: InboundMessage,
  contracts: ReadonlyMap<string, AnyEventContract>,
): Reading {
  try {
    const envelope = tolerantly(tolerantEnvelope, parseJson(message.value)) as Envelope;
    const contract = contracts.get(envelope.type);
    if (contract === undefined) return unhandled(message, envelope.type, contracts);
    if (envelope.source !== sourceOf(contract.owner)) {
      throw new EventMalformed(`${contract.type} comes from ${sourceOf(contract.owner)} alone`);
    }
    const data = tolerantly(contract.data, envelope.data);
    return { is: 'sound', event: { envelope: { ...envelope, data }, data, message } };
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    return { is: 'poison', poison: { message, kind: 'malformed', cause } };
  }
}

/** Another version of a known event would be lost if it were ignored: it waits among the dead letters. */
function unhandled(
  message: InboundMessage,
  type: string,
  contracts: ReadonlyMap<string, AnyEventContract>,
): Reading {
  const name = withoutVersion(type);
  const known = [...contracts.keys()].some((handled) => withoutVersion(handled) === name);
  if (!known) return { is: 'ignored' };
  const cause = `no handler for this version: ${type}`;
  return { is: 'poison', poison: { message, kind: 'unknown_version', cause } };
}

function withoutVersion(type: string): string {
  return type.replace(/\.v\d+$/, '');
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new EventMalformed('the message is not JSON', { cause });
  }
}

/**
 * A newer teller may say more than this reader knows; what it knows must still hold. So fields that are too many
 * are left out, while everything else is as strict as the contract.
 */
export function tolerantly<T>(schema: z.ZodType<T>, value: unknown): T {
  const first = schema.safeParse(value);
  if (first.success) return first.data;
  const { issues } = first.error;
  const known = structuredClone(value);
  for (const issue of issues) {
    if (issue.code !== 'unrecognized_keys') throw new EventMalformed(inWords(issues));
    const holder = issue.path.reduce<unknown>(fieldOf, known);
    for (const key of issue.keys) Reflect.deleteProperty(holder as object, key);
  }
  const second = schema.safeParse(known);
  if (second.success) return second.data;
  throw new EventMalformed(inWords(second.error.issues));
}

function fieldOf(holder: unknown, key: PropertyKey): unknown {
  return (holder as Record<PropertyKey, unknown>)[key];
}

function inWords(issues: readonly z.core.$ZodIssue[]): string {
  return issues.map(({ path, message }) => `${path.join('.') || '(whole)'}: ${message}`).join('; ');
}
