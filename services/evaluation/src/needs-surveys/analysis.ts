/**
 * Analysis of a needs survey: sums by question, and by region, stage, subject and career stage of those who answered.
 * The answers of one person are not even joined to each other any more. [PLN-01]
 */
import type { Answer } from '../ballots/answers.ts';
import type { Question, QuestionKind } from '../questionnaires/questionnaire.ts';
import { analysedRegion, type Respondent } from './survey.ts';

export const dimensions = ['all', 'region', 'stage', 'subject', 'career_stage'] as const;
export type Dimension = (typeof dimensions)[number];

/** What of one question in one group is counted; question '' counts the people who answered. */
export type Cell = {
  readonly dimension: Dimension;
  /** Empty for `all`. */
  readonly value: string;
  readonly question: string;
  readonly answersCount: number;
  /** Of a scale by points, of the others by option: how many. Of a rank: how many put it first. */
  readonly counts: Readonly<Record<string, number>>;
  /** Of a rank by option: Borda points, of n options n − 1 for the first down to 0 for the last. */
  readonly borda: Readonly<Record<string, number>>;
};

export type Sheet = { readonly answers: readonly Answer[]; readonly respondent: Respondent };

/** What some sheets add to the cells. */
export function cellsOf(
  sheets: readonly Sheet[],
  survey: { readonly regionCode: string; readonly questions: readonly Question[] },
): readonly Cell[] {
  const kinds = new Map(survey.questions.map(({ code, kind }) => [code, kind]));
  const cells = new Map<string, Cell>();
  for (const { answers, respondent } of sheets) {
    for (const [dimension, value] of groupsOf(respondent, survey.regionCode)) {
      add(cells, { dimension, value, question: '', answersCount: 1, counts: {}, borda: {} });
      for (const answer of answers) {
        const { question } = answer;
        const counted = countsOf(answer, kinds.get(question));
        add(cells, { dimension, value, question, answersCount: 1, ...counted });
      }
    }
  }
  return [...cells.values()];
}

function groupsOf(
  { regionCode, stage, subject, careerStage }: Respondent,
  ownerRegionCode: string,
): readonly (readonly [Dimension, string])[] {
  return [
    ['all', ''],
    ['region', analysedRegion(regionCode, ownerRegionCode)],
    ['stage', stage],
    ['subject', subject],
    ['career_stage', careerStage],
  ];
}

function countsOf(
  { points, option, options }: Answer,
  kind: QuestionKind | undefined,
): Pick<Cell, 'counts' | 'borda'> {
  if (points !== null) return { counts: { [points]: 1 }, borda: {} };
  if (option !== null) return { counts: { [option]: 1 }, borda: {} };
  const chosen = options ?? [];
  if (kind !== 'rank') {
    return { counts: Object.fromEntries(chosen.map((code) => [code, 1])), borda: {} };
  }
  return {
    counts: Object.fromEntries(chosen.slice(0, 1).map((code) => [code, 1])),
    borda: Object.fromEntries(chosen.map((code, at) => [code, chosen.length - 1 - at])),
  };
}

function add(cells: Map<string, Cell>, more: Cell): void {
  const key = `${more.dimension}|${more.value}|${more.question}`;
  const known = cells.get(key);
  cells.set(key, known === undefined ? more : sum(known, more));
}

function sum(a: Cell, b: Cell): Cell {
  return {
    ...a,
    answersCount: a.answersCount + b.answersCount,
    counts: sumOf(a.counts, b.counts),
    borda: sumOf(a.borda, b.borda),
  };
}

function sumOf(a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>) {
  const total: Record<string, number> = { ...a };
  for (const [key, value] of Object.entries(b)) total[key] = (total[key] ?? 0) + value;
  return total;
}

/**
 * The groups of one dimension whose figures are withheld: those with fewer than `min` answers; and where these
 * together are fewer than `min`, the next smallest as well, because the sum over all minus what is shown would give
 * them away.
 */
export function withheldGroups(
  cells: readonly Pick<Cell, 'value' | 'answersCount'>[],
  min: number,
): ReadonlySet<string> {
  const bySize = cells.toSorted((a, b) => a.answersCount - b.answersCount || order(a, b));
  const small = bySize.filter(({ answersCount }) => answersCount < min);
  const withheld = new Set(small.map(({ value }) => value));
  let hidden = small.reduce((total, { answersCount }) => total + answersCount, 0);
  for (const { value, answersCount } of bySize.slice(small.length)) {
    if (hidden === 0 || hidden >= min) break;
    withheld.add(value);
    hidden += answersCount;
  }
  return withheld;
}

const order = (a: { readonly value: string }, b: { readonly value: string }) =>
  a.value < b.value ? -1 : 1;

/** One option's figures in a group. */
export type OptionFigure = {
  readonly option: string;
  readonly count: number;
  /** Of a rank; otherwise null. */
  readonly bordaPoints: number | null;
};

/** The options of a question in the order of the questionnaire, or a scale's points from 1. */
export function optionFigures(question: Question, cell: Cell): readonly OptionFigure[] {
  const names =
    question.kind === 'scale'
      ? Array.from({ length: question.points ?? 0 }, (_, at) => String(at + 1))
      : question.options.map(({ code }) => code);
  return names.map((option) => ({
    option,
    count: cell.counts[option] ?? 0,
    bordaPoints: question.kind === 'rank' ? (cell.borda[option] ?? 0) : null,
  }));
}

/** The mean of a scale in hundredths of a point, cut; null for other questions and where nobody answered. */
export function meanCenti(question: Question, { counts, answersCount }: Cell): number | null {
  if (question.kind !== 'scale' || answersCount === 0) return null;
  const points = Object.entries(counts).reduce(
    (total, [at, count]) => total + Number(at) * count,
    0,
  );
  return Math.floor((points * 100) / answersCount);
}

/** One need that a group named, and its place. */
export type Need = {
  readonly question: string;
  readonly option: string;
  readonly zh: string;
  readonly en: string;
  readonly score: number;
  readonly place: number;
};

/** The options of a question about needs that a group named most; the same score has the same place. */
export function topNeeds(question: Question, cell: Cell, most: number): readonly Need[] {
  const scored = question.options
    .map(({ code, zh, en }) => ({
      question: question.code,
      option: code,
      zh,
      en,
      score: (question.kind === 'rank' ? cell.borda[code] : cell.counts[code]) ?? 0,
    }))
    .filter(({ score }) => score > 0);
  return scored
    .map((need) => ({
      ...need,
      place: 1 + scored.filter(({ score }) => score > need.score).length,
    }))
    .toSorted((a, b) => a.place - b.place)
    .filter(({ place }) => place <= most);
}
