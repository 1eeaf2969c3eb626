import { describe, expect, test } from '@jest/globals';
import { defaultNeedsQuestionnaire } from '../questionnaires/default-needs.ts';
import type { Question } from '../questionnaires/questionnaire.ts';
import {
  type Cell,
  cellsOf,
  meanCenti,
  optionFigures,
  topNeeds,
  withheldGroups,
} from './analysis.ts';

const group = (value: string, answersCount: number) => ({ value, answersCount });
const hidden = (...groups: ReturnType<typeof group>[]) => [...withheldGroups(groups, 5)].toSorted();

describe('PLN-01: no figure for a group of fewer than five, nor one that gives such a group away', () => {
  test('PLN-01: five answers are shown, four are not', () => {
    expect(hidden(group('a', 5), group('b', 6))).toEqual([]);
    expect(hidden(group('a', 4), group('b', 6), group('c', 9))).toEqual(['a', 'b']);
  });
  test('PLN-01: four hidden alone would be the total less the rest, so the next smallest is hidden too', () => {
    expect(hidden(group('a', 1), group('b', 20), group('c', 7))).toEqual(['a', 'c']);
  });
  test('PLN-01: two small groups that are five together hide nobody else; four together do', () => {
    expect(hidden(group('a', 2), group('b', 3), group('c', 9))).toEqual(['a', 'b']);
    expect(hidden(group('a', 2), group('b', 2), group('c', 9))).toEqual(['a', 'b', 'c']);
  });
});

const [, rank, scale] = defaultNeedsQuestionnaire.questions as readonly Question[];
const respondent = {
  regionCode: '140105',
  stage: 'primary',
  subject: 'chinese',
  careerStage: 'new',
};
const ranked = (...options: string[]) => ({
  respondent,
  answers: [
    { question: 'modalities', points: null, option: null, text: null, options },
    { question: 'satisfaction', points: options[0] === 'online' ? 5 : 4, option: null, text: null },
  ],
});
const survey = { regionCode: '140000', questions: defaultNeedsQuestionnaire.questions };
const cell = (cells: readonly Cell[], dimension: string, question: string) =>
  cells.find((each) => each.dimension === dimension && each.question === question) as Cell;

describe('PLN-01: analysis of sheets', () => {
  const cells = cellsOf(
    [
      ranked('online', 'blended', 'concentrated', 'school_based', 'shadow'),
      ranked('blended', 'online', 'shadow', 'school_based', 'concentrated'),
      ranked('blended', 'shadow', 'online', 'school_based', 'concentrated'),
    ],
    survey,
  );
  test('PLN-01: a rank counts first places and Borda points', () => {
    const figures = optionFigures(rank as Question, cell(cells, 'all', 'modalities'));
    expect(figures).toEqual([
      { option: 'concentrated', count: 0, bordaPoints: 2 },
      { option: 'blended', count: 2, bordaPoints: 11 },
      { option: 'online', count: 1, bordaPoints: 9 },
      { option: 'school_based', count: 0, bordaPoints: 3 },
      { option: 'shadow', count: 0, bordaPoints: 5 },
    ]);
  });
  test('PLN-01: a mean is cut, not rounded', () => {
    expect(meanCenti(scale as Question, cell(cells, 'all', 'satisfaction'))).toBe(433);
  });
  test('PLN-01: a province is analysed by city, a county by county', () => {
    expect(cell(cells, 'region', '').value).toBe('140100');
    const county = cellsOf([ranked('online')], { ...survey, regionCode: '140105' });
    expect(cell(county, 'region', '').value).toBe('140105');
  });
  test('PLN-01: the needs named most, with their places', () => {
    const needs = topNeeds(rank as Question, cell(cells, 'subject', 'modalities'), 2);
    expect(needs.map(({ option, score, place }) => [option, score, place])).toEqual([
      ['blended', 11, 1],
      ['online', 9, 2],
    ]);
  });
});
