import { type EventContract, envelopeOf, findingRaised } from '@shixun/contracts';
import { type OutboxRow, shardOf } from '../outbox/store.ts';
import type { StreamHead } from './streams.ts';
import { emptyHead } from './streams.ts';
import type { FindingNote, UnitSettings } from './unit.ts';

/** An event not yet given its place: a contract's, or a finding, whose contract is the service's own. */
export type PendingEvent =
  // biome-ignore lint/suspicious/noExplicitAny: the data was checked against its contract's type when it was emitted
  | { readonly contract: EventContract<any>; readonly aggregateId: string; readonly data: unknown }
  | { readonly finding: FindingNote; readonly aggregateId: string };

/**
 * Turns events into outbox rows, moving each aggregate's head on. The position is a hybrid clock: the wall clock in
 * microseconds, but always after the aggregate's last one, so that order by position is the aggregate's order
 * whatever the machines' clocks say.
 */
export function outboxRowsOf(
  events: readonly PendingEvent[],
  heads: Map<string, StreamHead>,
  settings: UnitSettings,
  newEventId: () => string,
): OutboxRow[] {
  return events.map((event) => {
    const head = heads.get(event.aggregateId) ?? emptyHead(event.aggregateId);
    const sequence = head.sequence + 1;
    const position = Math.max(settings.now.getTime() * 1000, head.position + 1);
    heads.set(event.aggregateId, { ...head, sequence, position });
    const id = newEventId();
    const { contract, data } = 'finding' in event ? raised(event.finding, id, settings) : event;
    const envelope = envelopeOf(contract, {
      id,
      source: `/${settings.service}`,
      subject: event.aggregateId,
      time: settings.now,
      sequence,
      traceparent: settings.traceparent,
      data,
    });
    return {
      _id: id,
      shard: shardOf(event.aggregateId),
      position,
      topic: contract.topic,
      key: event.aggregateId,
      type: contract.type,
      envelope: sized(JSON.stringify(envelope), contract.type),
      traceparent: settings.traceparent ?? null,
      createdAt: settings.now,
      publishedAt: null,
    };
  });
}

/** A broker takes no larger message: better the command fails now than its event waits for ever. */
const envelopeBytesMax = 900_000;

function sized(envelope: string, type: string): string {
  const bytes = Buffer.byteLength(envelope);
  if (bytes <= envelopeBytesMax) return envelope;
  throw new Error(`an event ${type} of ${bytes} bytes is too large to be sent`);
}

function raised(finding: FindingNote, eventId: string, settings: UnitSettings) {
  const findingId = eventId.replace(/^evt_/, 'fnd_');
  return { contract: findingRaised(settings.service), data: { ...finding, findingId } };
}
