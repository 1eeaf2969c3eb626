import { describe, expect, test } from '@jest/globals';
import type { Decision } from '@shixun/kernel';
import { defaultQuestionnaire } from './default-questionnaire.ts';
import { publishQuestionnaire } from './publish.ts';
import type { Question } from './questionnaire.ts';

const base: Question = {
  code: 'q',
  kind: 'scale',
  about: 'project',
  zh: '内容',
  en: 'Content',
  required: true,
  points: 5,
  options: [],
  lengthMax: null,
};
const project: Question = { ...base, code: 'project' };
const trainers: Question = { ...base, code: 'trainers', about: 'trainers' };
const option = (code: string) => ({ code, zh: code, en: code });
const choice = (codes: string[]): Question => ({
  ...base,
  code: 'choice',
  kind: 'choice',
  points: null,
  options: codes.map(option),
});
const text = (lengthMax: number): Question => ({
  ...base,
  code: 'text',
  kind: 'text',
  points: null,
  lengthMax,
});

function publish(...questions: Question[]) {
  return publishQuestionnaire(
    { regionCode: '140000', questions: [project, trainers, ...questions] },
    null,
  );
}

function faultsOf(decision: Decision<unknown>): string[] {
  return decision.accepted
    ? []
    : decision.faults.map(({ code, path }) => `${code.name} ${path.join('.')}`);
}

const first = {
  id: 'qst_1',
  lineId: 'qst_1',
  version: 1,
  regionCode: '140000',
  succeededBy: null,
};
const command = { regionCode: '140000', questions: [project, trainers] };

describe('EVL-13: a questionnaire is versioned and only succeeded', () => {
  test('the default questionnaire may be published, as version 1 of its own line', () => {
    const decision = publishQuestionnaire({ ...command, ...defaultQuestionnaire }, null);
    expect(decision).toMatchObject({ accepted: true, outcome: { version: 1, lineId: null } });
  });

  test('the successor takes the next version of the same line', () => {
    expect(publishQuestionnaire(command, first)).toMatchObject({
      outcome: { version: 2, lineId: 'qst_1' },
    });
  });

  test('a version that already has a successor is not succeeded again', () => {
    const decision = publishQuestionnaire(command, { ...first, succeededBy: 'qst_2' });
    expect(faultsOf(decision)).toEqual(['QUESTIONNAIRE_SUCCEEDED succeeds']);
  });

  test("REG-01: a city cannot succeed its province's questionnaire", () => {
    const decision = publishQuestionnaire({ ...command, regionCode: '140100' }, first);
    expect(faultsOf(decision)).toEqual(['QUESTIONNAIRE_OF_ANOTHER_REGION regionCode']);
  });
});

describe('EVL-13: what a questionnaire must hold', () => {
  test('EVL-01: without a required scale for the project and for the trainers both are named at once', () => {
    const optional = [project, trainers].map((question) => ({ ...question, required: false }));
    const decision = publishQuestionnaire({ ...command, questions: optional }, null);
    expect(faultsOf(decision)).toEqual([
      'PROJECT_SCALE_MISSING questions',
      'TRAINERS_SCALE_MISSING questions',
    ]);
  });

  test('50 questions are accepted, 51 refused', () => {
    const many = (n: number) => Array.from({ length: n }, (_, i) => ({ ...base, code: `q${i}` }));
    expect(publish(...many(48)).accepted).toBe(true);
    expect(faultsOf(publish(...many(49)))).toEqual(['QUESTIONS_OUT_OF_RANGE questions']);
  });

  test('a repeated question code is named at its second place', () => {
    expect(faultsOf(publish(project))).toEqual(['QUESTION_CODE_REPEATED questions.2.code']);
  });

  test.each(['zh', 'en'])('a blank %s text is refused', (language) => {
    expect(faultsOf(publish({ ...base, [language]: ' ' }))).toEqual([
      'QUESTION_TEXT_MISSING questions.2',
    ]);
  });

  test('a scale has 2 to 10 points', () => {
    expect(publish({ ...base, points: 2 }).accepted).toBe(true);
    expect(publish({ ...base, points: 10 }).accepted).toBe(true);
    for (const points of [1, 11, null]) {
      expect(faultsOf(publish({ ...base, points }))).toEqual([
        'SCALE_POINTS_OUT_OF_RANGE questions.2.points',
      ]);
    }
  });

  test('a choice has 2 to 20 options, none twice', () => {
    const letters = (n: number) => Array.from({ length: n }, (_, i) => `o${i}`);
    expect(publish(choice(letters(2))).accepted).toBe(true);
    expect(publish(choice(letters(20))).accepted).toBe(true);
    for (const n of [0, 1, 21]) {
      expect(faultsOf(publish(choice(letters(n))))).toEqual([
        'CHOICE_OPTIONS_OUT_OF_RANGE questions.2.options',
      ]);
    }
    expect(faultsOf(publish(choice(['a', 'b', 'a'])))).toEqual([
      'OPTION_CODE_REPEATED questions.2.options.2',
    ]);
  });

  test('a text allows 1 to 2000 characters', () => {
    expect(publish(text(1)).accepted).toBe(true);
    expect(publish(text(2000)).accepted).toBe(true);
    for (const length of [0, 2001]) {
      expect(faultsOf(publish(text(length)))).toEqual([
        'TEXT_LENGTH_OUT_OF_RANGE questions.2.lengthMax',
      ]);
    }
  });
});
