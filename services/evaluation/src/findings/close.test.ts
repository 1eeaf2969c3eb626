import { describe, expect, test } from '@jest/globals';
import { closeFinding } from './close.ts';
import type { FindingState } from './life-cycle.ts';

const standing = (state: FindingState) => ({ state, escalatedSinceOrder: false });

describe('a finding stays open until it is put right or waived with a reason', () => {
  test.each(['resolved', 'waived'] as const)('EVL-12: %s with its reason', (as) => {
    expect(closeFinding({ as, reason: ' 已补报 ' }, standing('open'))).toEqual({
      accepted: true,
      outcome: { state: as, reason: '已补报' },
      flags: [],
    });
  });

  test('not without words, and not twice: both are named at once', () => {
    expect(closeFinding({ as: 'waived', reason: ' ' }, standing('resolved'))).toMatchObject({
      accepted: false,
      faults: [{ code: { name: 'FINDING_CLOSED' } }, { code: { name: 'REASON_MISSING' } }],
    });
    expect(closeFinding({ as: 'resolved', reason: 'x' }, standing('waived')).accepted).toBe(false);
  });

  test.each(['ordered', 'answered'] as const)(
    'EVL-12: what is %s is closed by re-inspection, or waived',
    (state) => {
      expect(closeFinding({ as: 'resolved', reason: 'x' }, standing(state))).toMatchObject({
        faults: [{ code: { name: 'REINSPECTION_DUE' } }],
      });
      expect(closeFinding({ as: 'waived', reason: 'x' }, standing(state)).accepted).toBe(true);
    },
  );
});
