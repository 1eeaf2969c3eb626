import { describe, expect, test } from '@jest/globals';
import { type Decision, national, shanxi2023 } from '@shixun/kernel';
import {
  approveDraft,
  type DraftState,
  discardDraft,
  returnDraft,
  submitDraft,
  writeDraft,
} from './draft.ts';

const today = '2026-09-01';
const draft = {
  profile: 'taiyuan-2026',
  regionCode: '140100',
  effectiveFrom: '2026-10-01',
  figures: { schedulePublishedBeforeMinDays: 7 },
};
const facts = (state: DraftState, figures: Record<string, unknown> = draft.figures) => ({
  state,
  draft: { ...draft, figures },
  authors: ['usr_li'],
  regionKnown: true,
  versions: [national, shanxi2023],
});
const codesOf = (decision: Decision<unknown>) =>
  decision.accepted ? [] : decision.faults.map(({ code }) => code.name);

describe('a draft on its way', () => {
  test.each([
    ['draft', [], [], ['POLICY_NOT_SUBMITTED']],
    ['submitted', ['POLICY_DRAFT_FIXED'], ['POLICY_DRAFT_FIXED'], []],
    ['returned', [], [], ['POLICY_NOT_SUBMITTED']],
    ['approved', ['POLICY_DRAFT_FIXED'], ['POLICY_DRAFT_FIXED'], ['POLICY_NOT_SUBMITTED']],
    ['discarded', ['POLICY_DRAFT_FIXED'], ['POLICY_DRAFT_FIXED'], ['POLICY_NOT_SUBMITTED']],
  ] as const)(
    '%s: edit %j, submit or discard %j, approve or return %j',
    (state, edit, hand, decided) => {
      const content = { ...draft, regionKnown: true, state };
      expect(codesOf(writeDraft(draft, content))).toEqual(edit);
      expect(codesOf(submitDraft(facts(state), today))).toEqual(hand);
      expect(codesOf(discardDraft({ state }))).toEqual(hand);
      expect(codesOf(approveDraft(facts(state), today, 'usr_wang'))).toEqual(decided);
      expect(codesOf(returnDraft({ reasons: '偏松' }, { state }))).toEqual(decided);
    },
  );

  test.each([
    [4, ['FIGURE_LOOSENED']],
    [5, []],
    [6, []],
  ])(
    'CRS-18: %i days where the province asks 5: submitting and approving say %j',
    (days, codes) => {
      const figures = { schedulePublishedBeforeMinDays: days };
      expect(codesOf(submitDraft(facts('draft', figures), today))).toEqual(codes);
      expect(codesOf(approveDraft(facts('submitted', figures), today, 'usr_wang'))).toEqual(codes);
    },
  );

  test('what is too loose may be saved while it is written; a name that is none may not', () => {
    const content = { regionCode: '140100', regionKnown: true, state: 'draft' } as const;
    const save = (figures: Record<string, unknown>) =>
      codesOf(writeDraft({ effectiveFrom: '2026-10-01', figures }, content));
    expect(save({ schedulePublishedBeforeMinDays: 4 })).toEqual([]);
    expect(save({ lunchBreakMinutes: 4 })).toEqual(['FIGURE_UNKNOWN']);
  });

  test('whoever wrote it does not approve it', () => {
    expect(codesOf(approveDraft(facts('submitted'), today, 'usr_li'))).toEqual([
      'POLICY_OWN_DRAFT',
    ]);
    expect(approveDraft(facts('submitted'), today, 'usr_wang')).toMatchObject({
      outcome: { id: 'taiyuan-2026@1', base: 'shanxi-2023@1' },
    });
  });

  test('approved on the day it was to begin, it is too late: nothing takes effect backwards', () => {
    expect(codesOf(approveDraft(facts('submitted'), '2026-09-30', 'usr_wang'))).toEqual([]);
    expect(codesOf(approveDraft(facts('submitted'), '2026-10-01', 'usr_wang'))).toEqual([
      'POLICY_RETROACTIVE',
    ]);
  });

  test('returning needs reasons', () => {
    expect(codesOf(returnDraft({ reasons: ' ' }, { state: 'submitted' }))).toEqual([
      'POLICY_REASONS_MISSING',
    ]);
  });
});
