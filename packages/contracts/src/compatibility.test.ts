import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import {
  type AnyEventContract,
  allEvents,
  checkCompatible,
  courses,
  dataSchemaOf,
  type Envelope,
  envelopeJsonSchema,
  parseEvent,
} from './index.ts';

const base = z.strictObject({
  entryId: z.string().min(1).max(60),
  kind: z.enum(['award', 'reversal']),
  hoursCenti: z.int().min(0),
  cause: z.string().nullable(),
  note: z.string().optional(),
  parts: z.array(z.strictObject({ category: z.string() })),
});

const next = (data: z.ZodType, change: object = {}) =>
  checkCompatible(schemaOf(base), schemaOf(data, change));

function schemaOf(data: z.ZodType, change: object = {}) {
  return dataSchemaOf({ ...courses.findingRaised, ...change, data } as AnyEventContract);
}

describe('INT-03: a change of an event is compatible', () => {
  test.each([
    ['nothing changed', base],
    ['a new optional field', base.extend({ extra: z.string().optional() })],
    ['a new value of an enumeration', base.extend({ kind: z.enum(['award', 'reversal', 'gift']) })],
    ['a wider limit', base.extend({ entryId: z.string().min(0).max(80) })],
    ['another description', base.extend({ cause: z.string().nullable().describe('why') })],
  ])('%s', (_, data) => {
    expect(next(data)).toEqual([]);
  });

  test.each([
    ['a field removed', base.omit({ note: true }), ['/note: removed or renamed']],
    [
      'a field renamed',
      base.omit({ kind: true }).extend({ sort: z.enum(['award', 'reversal']) }),
      ['/kind: removed or renamed', '/sort: newly required'],
    ],
    [
      'a field retyped',
      base.extend({ entryId: z.int() }),
      ['/entryId: was "string", is "integer"'],
    ],
    ['a new required field', base.extend({ extra: z.string() }), ['/extra: newly required']],
    ['an optional field required', base.required(), ['/note: newly required']],
    [
      'a field that may now be missing',
      base.partial({ kind: true }),
      ['/kind: was always told, may now be missing'],
    ],
    [
      'an enumeration narrowed',
      base.extend({ kind: z.enum(['award']) }),
      ['/kind: "reversal" is no longer a value'],
    ],
    [
      'a free text made an enumeration',
      base.extend({ note: z.enum(['a']).optional() }),
      ['/note: was free, is now one of ["a"]'],
    ],
    [
      'a null no longer told',
      base.extend({ cause: z.string() }),
      [expect.stringMatching(/^\/cause/)],
    ],
    [
      'a null newly told',
      base.extend({ hoursCenti: z.int().min(0).nullable() }),
      [expect.any(String)],
    ],
    [
      'a limit narrowed',
      base.extend({ hoursCenti: z.int().min(1) }),
      [expect.stringMatching(/minimum/)],
    ],
    [
      'a pattern added',
      base.extend({ note: z.string().regex(/a/).optional() }),
      [expect.any(String)],
    ],
    [
      'a change deep inside',
      base.extend({ parts: z.array(z.strictObject({ category: z.int() })) }),
      ['/parts/[]/category: was "string", is "integer"'],
    ],
  ])('and this is not: %s', (_, data, problems) => {
    expect(next(data)).toEqual(problems);
  });

  test.each([
    ['another topic', { topic: 'courses.other' }],
    ['another key', { subject: 'regionCode' }],
    ['compaction', { compacted: true }],
  ])('nor is %s', (_, change) => {
    expect(next(base, change)).toHaveLength(1);
  });
});

describe('INT-03: what is committed agrees with the contracts', () => {
  const folder = join(import.meta.dirname, '..');
  const types = allEvents.map(({ type }) => type);

  test('every schema is its contract’s, and none is left without one', () => {
    const names = readdirSync(join(folder, 'generated')).sort();
    expect(names).toEqual([...types, 'envelope'].map((name) => `${name}.schema.json`).sort());
    expect(read('generated/envelope.schema.json')).toEqual(envelopeJsonSchema());
    for (const contract of allEvents) {
      expect(read(`generated/${contract.type}.schema.json`)).toEqual(plain(dataSchemaOf(contract)));
    }
  });

  test.each(allEvents.map((contract) => [contract.type, contract] as const))(
    'every golden %s still parses, today’s example among them',
    (type, contract) => {
      const golden = read(`golden/${type}.json`) as Envelope[];
      expect(golden.length).toBeGreaterThan(0);
      for (const envelope of golden) expect(parseEvent(contract, envelope)).toEqual(envelope);
      expect(golden.map(({ data }) => data)).toContainEqual(contract.example);
    },
  );

  test('no golden example is left without a contract', () => {
    expect(readdirSync(join(folder, 'golden')).sort()).toEqual(
      types.map((type) => `${type}.json`).sort(),
    );
  });

  function read(path: string): unknown {
    return JSON.parse(readFileSync(join(folder, path), 'utf8'));
  }
});

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
