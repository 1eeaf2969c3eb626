/** CloudEvents 1.0, structured JSON: what every event looks like on the wire. [INT-01] */
import { z } from 'zod';
import type { EventContract, Owner } from './define-event.ts';
import { instant } from './shared/fields.ts';

/** The envelope around any event. Attributes beyond CloudEvents' own: traceparent and sequence. */
export const envelopeSchema = z.strictObject({
  specversion: z.literal('1.0').describe('Version of CloudEvents'),
  id: z.string().min(1).describe('Id of the event, unique per source: the key of every inbox'),
  source: z
    .string()
    .regex(/^\/(registry|courses|credits|evaluation)$/)
    .describe('The telling service, e.g. /registry'),
  type: z.string().min(1).describe('Kind of event, e.g. courses.enrollment.confirmed.v1'),
  subject: z.string().min(1).describe('Id of the aggregate, also the Kafka key'),
  time: instant.describe('When it happened, UTC'),
  datacontenttype: z.literal('application/json').describe('Always JSON'),
  dataschema: z.string().min(1).describe('Name ($id) of the JSON Schema of the data'),
  traceparent: z
    .string()
    .regex(/^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/)
    .optional()
    .describe('W3C trace context of the command that caused it'),
  sequence: z
    .string()
    .regex(/^(0|[1-9]\d*)$/)
    .describe('Number of the event within its aggregate, decimal, without gaps from 1'),
  data: z.unknown().describe('The data, as the contract of the type says'),
});

export type Envelope<Data = unknown> = Omit<z.infer<typeof envelopeSchema>, 'data'> & {
  readonly data: Data;
};

/** What the teller knows about an event, its data included. */
export type EventDetails<Data> = {
  readonly id: string;
  /** Defaults to the contract's owner; another value is refused. */
  readonly source?: string;
  /** Id of the aggregate; must be what the contract says the subject is. */
  readonly subject: string;
  readonly time: Date;
  readonly sequence: number;
  readonly traceparent?: string | undefined;
  readonly data: Data;
};

/** Thrown when bytes are no event of the contract: a poison message, never worth a retry. */
export class EventMalformed extends Error {
  override name = 'EventMalformed';
}

/** `/courses`: the CloudEvents source of a service. */
export function sourceOf(owner: Owner): string {
  return `/${owner}`;
}

/** The $id of a type's schema: an absolute URI, as CloudEvents asks, and the same in every deployment. */
export function schemaNameOf(type: string): string {
  return `urn:shixun:schema:${type}`;
}

/** Puts checked data into an envelope; throws EventMalformed when it breaks its own contract. */
export function envelopeOf<Data>(
  contract: EventContract<Data>,
  event: EventDetails<Data>,
): Envelope<Data> {
  const { data, time, sequence, traceparent, ...rest } = event;
  const envelope = {
    specversion: '1.0' as const,
    id: rest.id,
    source: rest.source ?? sourceOf(contract.owner),
    type: contract.type,
    subject: rest.subject,
    time: time.toISOString(),
    datacontenttype: 'application/json' as const,
    dataschema: schemaNameOf(contract.type),
    ...(traceparent === undefined ? {} : { traceparent }),
    sequence: String(sequence),
    data,
  };
  return parseEvent(contract, checked(envelopeSchema, envelope, 'envelope') as Envelope);
}

/** Reads any envelope, its data unread: enough to route it by type. */
export function parseEnvelope(text: string): Envelope {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new EventMalformed('The message is not JSON', { cause });
  }
  return checked(envelopeSchema, value, 'envelope') as Envelope;
}

/** Reads the data of an envelope strictly; the inbox of a reader is more tolerant than this. */
export function parseEvent<Data>(
  contract: EventContract<Data>,
  envelope: Envelope,
): Envelope<Data> {
  if (envelope.type !== contract.type || envelope.source !== sourceOf(contract.owner)) {
    throw new EventMalformed(
      `${envelope.type} from ${envelope.source} is not ${contract.type} from ${sourceOf(contract.owner)}`,
    );
  }
  const data = checked(contract.data, envelope.data, contract.type);
  const named = (data as Record<string, unknown>)[contract.subject];
  if (named !== envelope.subject) {
    throw new EventMalformed(
      `${contract.type}: the subject is ${envelope.subject}, but its ${contract.subject} is ${named}`,
    );
  }
  return { ...envelope, data };
}

function checked<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues.map(
    (issue) => `${issue.path.length === 0 ? '(whole)' : issue.path.join('.')}: ${issue.message}`,
  );
  throw new EventMalformed(`${what}: ${problems.join('; ')}`);
}
