import { describe, expect, test } from '@jest/globals';
import { courses, envelopeOf, registry } from '@shixun/contracts';
import type { InboundMessage } from '../bus/port.ts';
import { readMessage } from './read.ts';

const contract = registry.regionRecorded;
const contracts = new Map([[contract.type, contract]]);
const envelope = envelopeOf(contract, {
  id: 'evt_1',
  source: '/registry',
  subject: '140105',
  time: new Date('2026-01-01T00:00:00Z'),
  sequence: 1,
  data: contract.example,
});

function message(value: Buffer | object): InboundMessage {
  const bytes = Buffer.isBuffer(value) ? value : Buffer.from(JSON.stringify(value));
  return { topic: contract.topic, key: '140105', value: bytes, headers: {}, position: '0/7' };
}

const read = (value: Buffer | object) => readMessage(message(value), contracts);

describe('a message', () => {
  test('that holds its contract is read', () => {
    const reading = read(envelope);
    expect(reading.is).toBe('sound');
    expect(reading.is === 'sound' && reading.event.data).toEqual(contract.example);
  });

  test('INT-03: from a newer teller, with fields unknown here, is read without them', () => {
    const newer = { ...envelope, tenant: 'x', data: { ...contract.example, colour: 'red' } };
    const reading = read(newer);
    expect(reading.is === 'sound' && reading.event.data).toEqual(contract.example);
    expect(reading.is === 'sound' && reading.event.envelope).not.toHaveProperty('tenant');
  });

  test.each([
    ['no JSON', Buffer.from('{"a":')],
    ['not UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x7d])],
    ['empty', Buffer.alloc(0)],
    ['no envelope', {}],
    ['of another envelope version', { ...envelope, specversion: '2.0' }],
    ['with data that lacks a field', { ...envelope, data: {} }],
    [
      'with a wrong and an unknown field',
      { ...envelope, data: { ...contract.example, code: 1, b: 2 } },
    ],
    ['from a teller whose event it is not', { ...envelope, source: '/courses' }],
  ])('INT-02: %s is poison, with the reason', (_, value) => {
    const reading = read(value);
    expect(reading.is).toBe('poison');
    expect(reading.is === 'poison' && reading.poison.kind).toBe('malformed');
    expect(reading.is === 'poison' && reading.poison.cause).not.toBe('');
  });

  test('of an unknown version of a known event is kept for later, not ignored', () => {
    const reading = read({ ...envelope, type: contract.type.replace('.v1', '.v2') });
    expect(reading.is === 'poison' && reading.poison.kind).toBe('unknown_version');
  });

  test('of a kind this service does not handle is ignored', () => {
    expect(read({ ...envelope, type: courses.classRecorded.type }).is).toBe('ignored');
  });
});
