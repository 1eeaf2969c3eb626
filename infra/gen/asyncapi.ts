/** The AsyncAPI 3.0 document of every event. [INT-01] */
import {
  type AnyEventContract,
  dataSchemaOf,
  envelopeJsonSchema,
  envelopeOf,
  type JsonSchema,
  owners,
} from '@shixun/contracts';
import type { Hearers } from './events.ts';

type Part = Readonly<Record<string, unknown>>;

/** Channels are topics, messages are events, operations are what each service sends and receives. */
export function asyncApi(contracts: readonly AnyEventContract[], hearers: Hearers): Part {
  const topics = [...new Set(contracts.map(({ topic }) => topic))];
  const on = (topic: string) => contracts.filter((contract) => contract.topic === topic);
  return {
    asyncapi: '3.0.0',
    info: {
      title: '师训 · 教师培训平台事件 Events of the teacher-training platform',
      version: '1.0.0',
      description:
        'Topics may carry a prefix per environment (KAFKA_TOPIC_PREFIX). Bodies are CloudEvents 1.0 in structured JSON; the Kafka key is the subject.',
      license: { name: 'Apache-2.0' },
    },
    defaultContentType: 'application/cloudevents+json',
    channels: Object.fromEntries(topics.map((topic) => [topic, channelOf(topic, on(topic))])),
    operations: operationsOf(topics, on, hearers),
    components: {
      messages: Object.fromEntries(contracts.map((contract) => [contract.type, message(contract)])),
      schemas: {
        envelope: withoutIdentity(envelopeJsonSchema()),
        ...Object.fromEntries(
          contracts.map((contract) => [contract.type, withoutIdentity(dataSchemaOf(contract))]),
        ),
      },
    },
  };
}

function channelOf(topic: string, contracts: readonly AnyEventContract[]): Part {
  return {
    address: topic,
    messages: Object.fromEntries(
      contracts.map(({ type }) => [type, { $ref: `#/components/messages/${type}` }]),
    ),
    bindings: {
      kafka: {
        topic,
        topicConfiguration: { 'cleanup.policy': [contracts[0]?.compacted ? 'compact' : 'delete'] },
      },
    },
  };
}

function operationsOf(
  topics: readonly string[],
  on: (topic: string) => readonly AnyEventContract[],
  hearers: Hearers,
): Part {
  const operations: Record<string, Part> = {};
  for (const topic of topics) {
    const contracts = on(topic);
    const teller = contracts[0]?.owner;
    operations[`${teller}.sends.${topic}`] = operation('send', topic, contracts);
    for (const owner of owners) {
      const heard = contracts.filter(({ type }) => hearers.get(type)?.includes(owner));
      if (heard.length > 0) {
        operations[`${owner}.receives.${topic}`] = operation('receive', topic, heard);
      }
    }
  }
  return operations;
}

function operation(
  action: 'send' | 'receive',
  topic: string,
  contracts: readonly AnyEventContract[],
): Part {
  return {
    action,
    channel: { $ref: `#/channels/${topic}` },
    messages: contracts.map(({ type }) => ({ $ref: `#/channels/${topic}/messages/${type}` })),
  };
}

function message(contract: AnyEventContract): Part {
  const example = envelopeOf(contract, {
    id: 'evt_example',
    subject: String((contract.example as Record<string, unknown>)[contract.subject]),
    time: new Date('2026-09-01T00:00:00.000Z'),
    sequence: 1,
    data: contract.example,
  });
  return {
    name: contract.type,
    title: contract.type,
    summary: contract.description.zh,
    description: contract.description.en,
    contentType: 'application/cloudevents+json',
    payload: {
      allOf: [
        { $ref: '#/components/schemas/envelope' },
        {
          type: 'object',
          properties: {
            type: { const: contract.type },
            data: { $ref: `#/components/schemas/${contract.type}` },
          },
        },
      ],
    },
    bindings: { kafka: { key: { type: 'string', description: `The ${contract.subject}` } } },
    examples: [{ name: 'example', payload: example }],
  };
}

function withoutIdentity({ $schema, $id, ...schema }: JsonSchema): JsonSchema {
  return schema;
}
