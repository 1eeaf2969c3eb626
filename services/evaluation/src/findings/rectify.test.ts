import { describe, expect, test } from '@jest/globals';
import type { Decision } from '@shixun/kernel';
import { answerOrder, reinspect } from './answer.ts';
import type { FindingState } from './life-cycle.ts';
import { nextActions } from './life-cycle.ts';
import { orderRectification } from './order.ts';

const today = '2026-10-01';
const standing = (state: FindingState, escalatedSinceOrder = false) => ({
  state,
  escalatedSinceOrder,
  rectificationMaxDays: 30,
  concerned: { kind: 'institution', id: 'ins_1' } as const,
});
const codesOf = (decision: Decision<unknown>) =>
  decision.accepted ? [] : decision.faults.map(({ code }) => code.name);
const order = (dueOn: string, state: FindingState = 'open', escalated = false) =>
  orderRectification(
    { instruction: ' 补齐专家 ', dueOn, body: null },
    standing(state, escalated),
    today,
  );

describe('EVL-12: a rectification order has a deadline', () => {
  test.each([
    ['2026-09-30', ['DEADLINE_IN_PAST']],
    ['2026-10-01', []],
    ['2026-10-31', []],
    ['2026-11-01', ['DEADLINE_TOO_FAR']],
  ])('EVL-12: given on 1 October, at most 30 days: due on %s: %j', (dueOn, expected) => {
    expect(codesOf(order(dueOn))).toEqual(expected);
  });

  test('EVL-12: it goes to the body that the finding concerns, unless another is named', () => {
    expect(order('2026-10-31')).toMatchObject({
      outcome: { instruction: '补齐专家', body: { kind: 'institution', id: 'ins_1' } },
    });
    const body = { kind: 'school', id: 'sch_1' } as const;
    const command = { instruction: 'x', dueOn: today, body };
    expect(orderRectification(command, standing('open'), today)).toMatchObject({
      outcome: { body },
    });
  });

  test('EVL-12: a running order is not given anew, except by the bureau to which it went up', () => {
    expect(codesOf(order('2026-10-31', 'ordered'))).toEqual(['FINDING_ORDERED_ALREADY']);
    expect(codesOf(order('2026-10-31', 'ordered', true))).toEqual([]);
    expect(codesOf(order('2026-10-31', 'waived'))).toEqual(['FINDING_CLOSED']);
    expect(nextActions(standing('ordered', true))).toContain('order');
  });
});

describe('EVL-12: answer and re-inspection', () => {
  test.each([
    ['open', ['NO_ORDER_WAITS']],
    ['ordered', []],
    ['answered', ['NO_ORDER_WAITS']],
    ['resolved', ['FINDING_CLOSED']],
  ] as const)('EVL-12: an answer to a finding that is %s: %j', (state, expected) => {
    expect(codesOf(answerOrder({ answer: '已整改' }, standing(state)))).toEqual(expected);
  });

  test('EVL-12: what is not put right is ordered again, with a deadline within the same bounds', () => {
    const again = (dueOn: string | null) =>
      reinspect({ passed: false, report: '仍缺', dueOn }, standing('answered'), today);
    expect(codesOf(again(null))).toEqual(['DEADLINE_MISSING']);
    expect(codesOf(again('2026-11-01'))).toEqual(['DEADLINE_TOO_FAR']);
    expect(again('2026-10-31')).toMatchObject({
      outcome: { state: 'ordered', dueOn: '2026-10-31' },
    });
    const passed = { passed: true, report: '合格', dueOn: null };
    expect(reinspect(passed, standing('answered'), today)).toMatchObject({
      outcome: { state: 'resolved', dueOn: null },
    });
    expect(codesOf(reinspect(passed, standing('ordered'), today))).toEqual(['NO_ANSWER_WAITS']);
    expect(codesOf(reinspect({ ...passed, report: ' ' }, standing('waived'), today))).toEqual([
      'FINDING_CLOSED',
      'REASON_MISSING',
    ]);
  });
});
