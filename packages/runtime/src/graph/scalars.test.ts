import { describe, expect, test } from '@jest/globals';
import { civilDateOf } from '@shixun/kernel';
import { scalarResolvers } from './scalars.ts';

const { DateTime, Date: CivilDate } = scalarResolvers;
const read = (text: string) => DateTime.parseValue(text) as Date;

describe('GOV-05: instants', () => {
  test.each([
    '2026-09-01T00:00:00+08:00',
    '2026-08-31T16:00:00Z',
    '2026-08-31T12:00:00.000-04:00',
    '2026-08-31T21:30+05:30',
  ])('GOV-05: %s is read as the one instant it is and told in UTC', (text) => {
    expect(DateTime.serialize(read(text))).toBe('2026-08-31T16:00:00.000Z');
    expect(civilDateOf(read(text))).toBe('2026-09-01');
  });

  test('GOV-05: one millisecond before midnight in Shanghai is still the day before', () => {
    expect(civilDateOf(read('2026-08-31T23:59:59.999+08:00'))).toBe('2026-08-31');
    expect(civilDateOf(read('2026-09-01T00:00:00.000+08:00'))).toBe('2026-09-01');
  });

  test.each(['2026-09-01T00:00:00', '2026-09-01', '2026-13-01T00:00:00Z', 'now'])(
    'GOV-05: %s is no instant: without its zone it could be several',
    (text) => {
      expect(() => DateTime.parseValue(text)).toThrow('DateTime');
    },
  );

  test.each(['2026-02-29', '2026-09-01T00:00:00Z', '1.9.2026'])(
    'GOV-05: %s is no civil date',
    (text) => {
      expect(() => CivilDate.parseValue(text)).toThrow('Date');
    },
  );
});
