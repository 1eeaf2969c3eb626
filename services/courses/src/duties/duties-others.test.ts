import { describe, expect, test } from '@jest/globals';
import type { DispatchState } from '../dispatch/dispatch.ts';
import { isLate } from './duties.ts';
import { dispatchDuties, planChangeDuties, scoringDuties } from './duties-others.ts';

describe('CRS-59: what others have asked or handed in', () => {
  const dispatch = (state: DispatchState, replacesId: string | null = null) => ({
    ...{ _id: 'dsp_1', teacherId: 'tch_1', state, replacesId },
    ...{ title: '置换脱产研修', opensOn: '2026-07-13' },
  });
  const kinds = (...of: Parameters<typeof dispatch>) =>
    dispatchDuties('CountyAdmin', [dispatch(...of)]).map(({ kind }) => kind);

  test('CRS-43: nominations are confirmed, objections decided, until the day before the class opens', () => {
    expect(kinds('nominated')).toEqual(['confirm_dispatch']);
    expect(kinds('objected')).toEqual(['decide_dispatch_objection']);
    expect(
      ['confirmed', 'released', 'declined', 'withdrawn'].flatMap((s) => kinds(s as 'confirmed')),
    ).toEqual([]);
    const [duty] = dispatchDuties('CountyAdmin', [dispatch('nominated')]);
    expect(duty).toMatchObject({ subject: 'dsp_1', detail: 'tch_1', dueOn: '2026-07-12' });
    expect(duty && isLate(duty, '2026-07-12')).toBe(false);
    expect(duty && isLate(duty, '2026-07-13')).toBe(true);
  });

  test('CRS-43: a substitute is no duty of its own: it waits for the objection', () => {
    expect(kinds('nominated', 'dsp_0')).toEqual([]);
  });

  test('CRS-19: a change waits for consent while it is asked for, not before and not after', () => {
    const states = ['requested', 'consented', 'announced', 'applied', 'refused', 'withdrawn'];
    const waiting = states.filter((state) => {
      const change = { _id: 'pch_1', projectTitle: '整本书阅读', state };
      return planChangeDuties('CountyAdmin', [change]).length > 0;
    });
    expect(waiting).toEqual(['requested']);
  });

  test('CRS-02: an expert scores each valid bid once, from the opening to the award', () => {
    const bids = [
      { _id: 'bid_1', number: 1 },
      { _id: 'bid_2', number: 2 },
      { _id: 'bid_3', number: null },
    ];
    const left = (state: 'announced' | 'opened' | 'awarded', scored: readonly string[] = []) =>
      scoringDuties({ _id: 'tnd_1', title: '', state, bids }, new Set(scored)).map(
        ({ detail }) => detail,
      );
    expect(left('opened')).toEqual(['1', '2']);
    expect(left('opened', ['bid_1'])).toEqual(['2']);
    expect(left('opened', ['bid_1', 'bid_2'])).toEqual([]);
    expect([left('announced'), left('awarded')]).toEqual([[], []]);
  });
});
