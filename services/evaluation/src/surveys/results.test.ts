import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Answer } from '../ballots/answers.ts';
import type { Question } from '../questionnaires/questionnaire.ts';
import { shownResults } from './results.ts';
import { anonymousScoreCenti, tally } from './tally.ts';

const scale = (code: string, points: number, required = true): Question => ({
  code,
  kind: 'scale',
  about: 'project',
  zh: code,
  en: code,
  required,
  points,
  options: [],
  lengthMax: null,
});
const text: Question = { ...scale('why', 5, false), kind: 'text', points: null, lengthMax: 100 };
const choice: Question = {
  ...scale('how', 5, false),
  kind: 'choice',
  points: null,
  options: ['a', 'b'].map((code) => ({ code, zh: code, en: code })),
};
const questions = [scale('needs', 5), text, choice];

const answer = (question: string, given: Partial<Answer>): Answer => ({
  question,
  points: null,
  option: null,
  text: null,
  ...given,
});
const sheet = (points: number, ...others: Answer[]): Answer[] => [
  answer('needs', { points }),
  ...others,
];
const min = { anonymousAnswersMin: 5 };

function shown(sheets: Answer[][], state: 'open' | 'counted' = 'counted') {
  return shownResults({ state, tallies: tally(questions, sheets) }, sheets.length, questions, min);
}

describe('EVL-02: no figure is shown for fewer than five answers', () => {
  test('four answers: everything is withheld, with the reason', () => {
    const results = shown([sheet(5), sheet(5), sheet(4), sheet(1)]);
    expect(results).toMatchObject({ withheld: 'too_few_answers', scoreCenti: null });
    for (const question of results.questions) {
      expect(question).toMatchObject({
        withheld: 'too_few_answers',
        answersCount: null,
        counts: [],
        texts: [],
      });
    }
  });

  test('five answers: the figures are shown', () => {
    const results = shown([sheet(5), sheet(5), sheet(4), sheet(1), sheet(2)]);
    expect(results).toMatchObject({ withheld: null, scoreCenti: 6800 });
    expect(results.questions[0]).toMatchObject({
      withheld: null,
      answersCount: 5,
      counts: [1, 1, 0, 1, 2],
    });
  });

  test('a question that only four of five answered is withheld by itself', () => {
    const why = (letter: string) => answer('why', { text: letter });
    const four = shown([
      sheet(1, why('a')),
      sheet(1, why('b')),
      sheet(1, why('c')),
      sheet(1, why('d')),
      sheet(1),
    ]);
    expect(four.questions[0]?.withheld).toBeNull();
    expect(four.questions[1]).toMatchObject({ withheld: 'too_few_answers', texts: [] });
  });

  test('nothing is shown before the count: a figure that moves tells whose answer moved it', () => {
    const results = shown(
      [1, 2, 3, 4, 5, 5].map((points) => sheet(points)),
      'open',
    );
    expect(results).toMatchObject({ withheld: 'not_counted', scoreCenti: null });
    expect(results.questions.every(({ withheld }) => withheld === 'not_counted')).toBe(true);
  });
});

describe('EVL-02: the tally forgets who and when', () => {
  test('it is the same in whatever order the answers came, texts included', () => {
    const anySheet = fc
      .tuple(fc.integer({ min: 1, max: 5 }), fc.string({ minLength: 1 }), fc.constantFrom('a', 'b'))
      .map(([points, written, option]) =>
        sheet(points, answer('why', { text: written }), answer('how', { option })),
      );
    fc.assert(
      fc.property(fc.array(anySheet, { minLength: 2 }), fc.nat(), (sheets, turn) => {
        const at = turn % sheets.length;
        const turned = [...sheets.slice(at), ...sheets.slice(0, at)].reverse();
        expect(tally(questions, turned)).toEqual(tally(questions, sheets));
      }),
    );
  });

  test('options are counted in the order of the question', () => {
    const tallies = tally(questions, [
      sheet(1, answer('how', { option: 'b' })),
      sheet(1, answer('how', { option: 'b' })),
      sheet(1, answer('how', { option: 'a' })),
    ]);
    expect(tallies[2]).toMatchObject({ answersCount: 3, counts: [1, 2] });
  });
});

describe('EVL-03: the anonymous score is exact', () => {
  const scored = (all: Question[], sheets: Answer[][]) =>
    anonymousScoreCenti(all, tally(all, sheets));

  test('all best is 100, all worst of five points is 20', () => {
    expect(scored(questions, [sheet(5), sheet(5)])).toBe(100_00);
    expect(scored(questions, [sheet(1), sheet(1)])).toBe(20_00);
  });

  test('it is cut, not rounded: two thirds of six points are 66.66', () => {
    expect(scored([scale('q', 3)], [[answer('q', { points: 2 })]])).toBe(66_66);
  });

  test('each required scale weighs the same; optional ones do not count', () => {
    const all = [scale('q', 5), scale('r', 10), scale('optional', 5, false)];
    const answers = [
      answer('q', { points: 5 }),
      answer('r', { points: 5 }),
      answer('optional', { points: 1 }),
    ];
    expect(scored(all, [answers])).toBe(75_00);
  });

  test('without an answer there is no score', () => {
    expect(scored(questions, [])).toBeNull();
  });

  test('thirds over many questions add up without drift', () => {
    const all = Array.from({ length: 3 }, (_, i) => scale(`q${i}`, 3));
    const answers = all.map(({ code }, i) => answer(code, { points: i + 1 }));
    expect(scored(all, [answers])).toBe(66_66);
    expect(scored(all, [all.map(({ code }) => answer(code, { points: 3 }))])).toBe(100_00);
  });
});
