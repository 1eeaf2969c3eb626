import { describe, expect, test } from '@jest/globals';
import { national, shanxi2023, zhejiang2014 } from '@shixun/kernel';
import {
  allEvents,
  courses,
  defineEvent,
  EventMalformed,
  envelopeOf,
  findingRaised,
  parseEnvelope,
  parseEvent,
  registry,
} from './index.ts';

const contract = courses.enrollmentConfirmed;
const details = {
  id: 'evt_1',
  subject: contract.example.classId,
  time: new Date('2026-06-01T00:00:03.120Z'),
  sequence: 7,
  data: contract.example,
};

describe('INT-01: the envelope is CloudEvents 1.0', () => {
  test('carries source, subject, time, schema and sequence, and comes back from JSON as it was', () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const envelope = envelopeOf(contract, { ...details, traceparent });
    expect(envelope).toMatchObject({
      specversion: '1.0',
      source: '/courses',
      type: 'courses.enrollment.confirmed.v1',
      subject: contract.example.classId,
      time: '2026-06-01T00:00:03.120Z',
      datacontenttype: 'application/json',
      dataschema: 'urn:shixun:schema:courses.enrollment.confirmed.v1',
      sequence: '7',
      traceparent,
    });
    expect(parseEvent(contract, parseEnvelope(JSON.stringify(envelope)))).toEqual(envelope);
  });

  test.each([
    ['a subject that is not the contract’s', { subject: 'cls_other' }, /classId/],
    ['another service’s source', { source: '/credits' }, /from \/credits/],
    ['data that breaks the contract', { data: { ...contract.example, channel: 'x' } }, /channel/],
    ['a field that the contract lacks', { data: { ...contract.example, name: '王' } }, /name/],
    ['a malformed traceparent', { traceparent: '00-1-2-3' }, /traceparent/],
    ['a negative sequence', { sequence: -1 }, /sequence/],
  ])('refuses %s', (_, change, message) => {
    const event = { ...details, ...change } as typeof details;
    expect(() => envelopeOf(contract, event)).toThrow(EventMalformed);
    expect(() => envelopeOf(contract, event)).toThrow(message);
  });

  test.each([
    ['no JSON', 'half a mess', /not JSON/],
    ['another version of CloudEvents', '{"specversion":"0.3"}', /specversion.*; id: /],
    ['JSON that is no object', '7', /whole/],
  ])('says what is wrong with %s', (_, text, message) => {
    expect(() => parseEnvelope(text)).toThrow(message);
  });
});

describe('contracts', () => {
  test('are found by type, each once, each with the service whose name it begins with', () => {
    const types = allEvents.map(({ type }) => type);
    expect(new Set(types).size).toBe(types.length);
    for (const { type, owner, topic } of allEvents) {
      expect(type.startsWith(`${owner}.`)).toBe(true);
      expect(topic.startsWith(`${owner}.`)).toBe(true);
    }
  });

  test('siblings on one topic are keyed by the same id, so that order holds; compaction is the topic’s', () => {
    for (const one of allEvents) {
      for (const other of allEvents.filter(({ topic }) => topic === one.topic)) {
        expect([other.subject, other.compacted]).toEqual([one.subject, one.compacted]);
      }
    }
  });

  test('GOV-03: no event has a field for a person’s name, number, phone or address', () => {
    const personal = /identity|idcard|phone|mobile|email|birth|fullname|teacherName|personName/i;
    for (const { type, example } of allEvents) {
      expect([type, Object.keys(example as object).filter((key) => personal.test(key))]).toEqual([
        type,
        [],
      ]);
    }
    expect(Object.keys(registry.teacherRecorded.example)).not.toContain('name');
    expect(Object.keys(registry.trainerRecorded.example)).not.toContain('name');
  });

  test('are refused at start when name, topic or example contradict the contract', () => {
    const sound = { ...registry.regionRecorded };
    const as = (change: object) => () => defineEvent({ ...sound, subject: 'code', ...change });
    expect(as({})).not.toThrow();
    expect(as({ type: 'registry.region.recorded' })).toThrow(/version/);
    expect(as({ type: 'planning.region.recorded.v1' })).toThrow(/service/);
    expect(as({ topic: 'courses.region' })).toThrow(/registry/);
    expect(as({ example: { ...sound.example, code: '14' } })).toThrow();
  });

  test('every version of a policy that ships can be told', () => {
    for (const { id, ...version } of [national, shanxi2023, zhejiang2014]) {
      const data = registry.policyPublished.data.parse({ ...version, versionId: id });
      expect(data.figures).toEqual(version.figures);
    }
  });

  test('every service has its finding, and a stranger has none', () => {
    expect(findingRaised('courses')).toBe(courses.findingRaised);
    expect(() => findingRaised('payroll')).toThrow(/payroll/);
  });
});
