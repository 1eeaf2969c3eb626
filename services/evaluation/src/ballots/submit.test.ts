import { describe, expect, test } from '@jest/globals';
import type { Decision } from '@shixun/kernel';
import type { Question } from '../questionnaires/questionnaire.ts';
import type { Answer } from './answers.ts';
import { type SubmissionFacts, submitAnswers } from './submit.ts';

const scale: Question = {
  code: 'needs',
  kind: 'scale',
  about: 'project',
  zh: '需要',
  en: 'Needs',
  required: true,
  points: 5,
  options: [],
  lengthMax: null,
};
const choice: Question = {
  ...scale,
  code: 'modality',
  kind: 'choice',
  required: false,
  points: null,
  options: [
    { code: 'online', zh: '网络', en: 'Online' },
    { code: 'blended', zh: '混合', en: 'Blended' },
  ],
};
const text: Question = {
  ...scale,
  code: 'why',
  kind: 'text',
  required: false,
  points: null,
  lengthMax: 10,
};

const facts: SubmissionFacts = {
  survey: {
    id: 'svy_1',
    projectId: 'prj_1',
    state: 'open',
    closesOn: '2026-10-15',
    classIds: ['cls_1'],
  },
  questions: [scale, choice, text],
  genuine: true,
  spentOn: 'nothing',
};

const answer = (question: string, given: Partial<Answer>): Answer => ({
  question,
  points: null,
  option: null,
  text: null,
  ...given,
});
const needs = answer('needs', { points: 4 });

function submit(answers: Answer[], change: Partial<SubmissionFacts> = {}, today = '2026-10-10') {
  return submitAnswers(answers, { ...facts, ...change }, today);
}

function faultsOf(decision: Decision<unknown>): string[] {
  return decision.accepted
    ? []
    : decision.faults.map(({ code, path }) => `${code.name} ${path.join('.')}`);
}

describe('EVL-02: one answer per ballot', () => {
  test('an unspent genuine ballot puts its answers into the box', () => {
    expect(submit([needs])).toMatchObject({ accepted: true, outcome: { fresh: true } });
  });

  test('the same answers again change nothing, even after the last day', () => {
    for (const today of ['2026-10-10', '2026-10-20']) {
      expect(submit([needs], { spentOn: 'the same answers' }, today)).toMatchObject({
        accepted: true,
        outcome: { fresh: false },
      });
    }
  });

  test('a ballot spent on other answers is refused', () => {
    expect(faultsOf(submit([needs], { spentOn: 'other answers' }))).toEqual([
      'BALLOT_SPENT ballot',
    ]);
  });

  test('a ballot whose signature does not verify is refused, whatever lies in the box', () => {
    for (const spentOn of ['nothing', 'the same answers', 'other answers'] as const) {
      expect(faultsOf(submit([needs], { genuine: false, spentOn }))).toEqual([
        'BALLOT_INVALID ballot',
      ]);
    }
  });

  test('answers are taken through the last day, and not on the next', () => {
    expect(submit([needs], {}, '2026-10-15').accepted).toBe(true);
    expect(faultsOf(submit([needs], {}, '2026-10-16'))).toEqual(['SURVEY_CLOSED surveyId']);
  });
});

describe('EVL-13: answers fit their questions', () => {
  test('every kind of question is answered in its own way', () => {
    const all = [
      needs,
      answer('modality', { option: 'online' }),
      answer('why', { text: '很好很好很好很好很好' }),
    ];
    expect(submit(all).accepted).toBe(true);
  });

  test('a required question without an answer is named, an optional one is not', () => {
    expect(faultsOf(submit([]))).toEqual(['ANSWER_MISSING answers']);
  });

  test('a scale takes whole points from 1 to its last', () => {
    expect(submit([answer('needs', { points: 1 })]).accepted).toBe(true);
    expect(submit([answer('needs', { points: 5 })]).accepted).toBe(true);
    for (const points of [0, 6, 2.5, null]) {
      expect(faultsOf(submit([answer('needs', { points })]))).toEqual([
        'ANSWER_OUT_OF_RANGE answers.0',
      ]);
    }
  });

  test.each([
    ['an unknown option', answer('modality', { option: 'abroad' })],
    ['points to a choice', answer('modality', { points: 1 })],
    ['a text one character too long', answer('why', { text: '很好很好很好很好很好!' })],
    ['a blank text', answer('why', { text: ' ' })],
    ['an option beside the text', answer('why', { text: '好', option: 'online' })],
  ])('%s is refused', (_name, wrong) => {
    expect(faultsOf(submit([needs, wrong]))).toEqual(['ANSWER_OUT_OF_RANGE answers.1']);
  });

  test('a text beside the points of a scale is refused', () => {
    expect(faultsOf(submit([{ ...needs, text: '好' }]))).toEqual(['ANSWER_OUT_OF_RANGE answers.0']);
  });

  test('a question answered twice and one that does not exist are both named', () => {
    expect(faultsOf(submit([needs, needs, answer('nothing', { text: 'x' })]))).toEqual([
      'QUESTION_ANSWERED_TWICE answers.1',
      'QUESTION_UNKNOWN answers.2',
    ]);
  });
});
