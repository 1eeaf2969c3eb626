import specs from '@asyncapi/specs';
import { describe, expect, test } from '@jest/globals';
import { allEvents } from '@shixun/contracts';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { asyncApi } from './asyncapi.ts';

const standard: object = specs.schemasWithoutId['3.0.0'];
const hearers = new Map([['courses.completion.confirmed.v1', ['credits'] as const]]);
const document = JSON.parse(JSON.stringify(asyncApi(allEvents, hearers)));

function validator(): Ajv {
  const ajv = new Ajv({ strict: false, allErrors: true });
  formats.default(ajv);
  return ajv;
}

describe('INT-01: the AsyncAPI document', () => {
  const validate = validator().compile(standard);

  test('is AsyncAPI 3.0 by its official schema', () => {
    expect([validate(document), validate.errors]).toEqual([true, null]);
  });

  test.each([
    [
      'an operation without an action',
      { operations: { x: { channel: { $ref: '#/channels/y' } } } },
    ],
    ['no version', { info: { title: 'x' } }],
    ['another major version', { asyncapi: '2.6.0' }],
  ])('and would not be with %s', (_, fault) => {
    expect(validate({ ...document, ...fault })).toBe(false);
  });

  test('points nowhere into the void', () => {
    const references = referencesIn(document);
    expect(references.length).toBeGreaterThan(allEvents.length * 3);
    for (const reference of references)
      expect([reference, resolve(reference)]).toEqual([reference, expect.any(Object)]);
  });

  test('has each topic once, each event on its topic, and who sends and who receives it', () => {
    for (const { topic, type, owner } of allEvents) {
      expect(Object.keys(document.channels[topic].messages)).toContain(type);
      expect(document.operations[`${owner}.sends.${topic}`].action).toBe('send');
    }
    expect(document.operations['credits.receives.courses.completion']).toEqual({
      action: 'receive',
      channel: { $ref: '#/channels/courses.completion' },
      messages: [
        { $ref: '#/channels/courses.completion/messages/courses.completion.confirmed.v1' },
      ],
    });
  });

  test.each(allEvents.map(({ type }) => type))(
    '%s: the example is valid, its wreck is not',
    (type) => {
      const ajv = validator().addSchema({ $id: 'doc', ...document });
      const valid = ajv.compile({ $ref: `doc#/components/messages/${type}/payload` });
      const [{ payload }] = document.components.messages[type].examples;
      expect([valid(payload), valid.errors]).toEqual([true, null]);
      expect(valid({ ...payload, type: 'another.kind.told.v1' })).toBe(false);
      expect(valid({ ...payload, data: {} })).toBe(false);
    },
  );
});

function referencesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    key === '$ref' ? [String(part)] : referencesIn(part),
  );
}

function resolve(reference: string): unknown {
  return reference
    .slice('#/'.length)
    .split('/')
    .reduce<unknown>((part, key) => (part as Record<string, unknown> | undefined)?.[key], document);
}
