import { describe, expect, test } from '@jest/globals';
import { bureauOf, deadline, escalate, isLate } from './escalate.ts';

const maxDays = 30;
const county = { responsibleCode: '140105', ...deadline('2026-10-31') };

describe('EVL-12: overdue goes up one level', () => {
  test.each([
    ['the last minute of the last day', '2026-10-31T15:59:59.999Z', false],
    ['24:00 of the last day in Shanghai', '2026-10-31T16:00:00.000Z', true],
    ['a minute after', '2026-10-31T16:01:00.000Z', true],
  ])('EVL-12, GOV-05: %s (%s): late is %j', (_, now, late) => {
    expect(isLate('2026-10-31', new Date(now))).toBe(late);
    expect(escalate(county, new Date(now), maxDays) !== null).toBe(late);
  });

  test('EVL-12: county → city with a new deadline; twice overdue → province; the province stays', () => {
    const city = escalate(county, new Date('2026-11-01T02:00:00Z'), maxDays);
    expect(city).toEqual({
      responsibleCode: '140100',
      dueOn: '2026-12-01',
      escalatesOn: '2026-12-02',
    });
    if (city === null) return;
    expect(escalate(city, new Date('2026-12-01T15:59:59Z'), maxDays)).toBeNull();
    const province = escalate(city, new Date('2026-12-01T16:00:00Z'), maxDays);
    expect(province).toMatchObject({ responsibleCode: '140000', dueOn: '2027-01-01' });
    if (province === null) return;
    const late = escalate(province, new Date('2027-01-01T16:00:00Z'), maxDays);
    expect(late).toEqual({ responsibleCode: '140000', dueOn: '2027-01-01', escalatesOn: null });
    if (late === null) return;
    expect(escalate(late, new Date('2027-06-01T00:00:00Z'), maxDays)).toBeNull();
  });

  test('EVL-12: a closed finding has no deadline; a township’s finding is its county’s', () => {
    const closed = { responsibleCode: '140105', dueOn: null, escalatesOn: null };
    expect(escalate(closed, new Date('2030-01-01T00:00:00Z'), maxDays)).toBeNull();
    expect(bureauOf('140105001')).toBe('140105');
  });
});
