import { describe, expect, test } from '@jest/globals';
import { closeFinding } from './close.ts';

describe('a finding stays open until it is put right or waived with a reason', () => {
  test.each(['resolved', 'waived'] as const)('%s with its reason', (as) => {
    expect(closeFinding({ as, reason: ' 已补报 ' }, { state: 'open' })).toEqual({
      accepted: true,
      outcome: { state: as, reason: '已补报' },
      flags: [],
    });
  });

  test('not without words, and not twice: both are named at once', () => {
    expect(closeFinding({ as: 'waived', reason: ' ' }, { state: 'resolved' })).toMatchObject({
      accepted: false,
      faults: [{ code: { name: 'FINDING_NOT_OPEN' } }, { code: { name: 'REASON_MISSING' } }],
    });
    expect(closeFinding({ as: 'resolved', reason: 'x' }, { state: 'waived' }).accepted).toBe(false);
  });
});
