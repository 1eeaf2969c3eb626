/** What speaks against publishing a version of a policy. */
import { isCivilDate } from '../civil-date.ts';
import { type Fault, fault } from '../decision.ts';
import { defineRefusals } from '../refusal.ts';
import { isFreeFor } from './effective.ts';
import { budgetCategories, type FigureName, type PolicyFigures, type Ratio } from './figures.ts';
import { figureNames, isFigureName, policyFigures } from './table.ts';
import { type FigureValue, figureText, type Standing, standingOf } from './tightening.ts';
import type { PolicyVersion } from './version.ts';

export const policyRefusals = defineRefusals({
  FIGURE_UNKNOWN: {
    rule: null,
    zh: '政策中没有名为“{figure}”的数值。',
    en: 'No figure of the policy is called {figure}.',
  },
  FIGURE_MALFORMED: {
    rule: null,
    zh: '“{nameZh}”（{figure}）的值不符合要求：应为 {required}。',
    en: '{nameEn} ({figure}) must be {required}.',
  },
  FIGURE_LOOSENED: {
    rule: null,
    zh: '“{nameZh}”（{figure}）只能从严，不能放宽：上级为 {required}，本级拟定 {actual}。',
    en: '{nameEn} ({figure}) may only be tightened: above it is {required}, this version says {actual}.',
  },
  FIGURES_INCOHERENT: {
    rule: null,
    zh: '数值之间不一致：{reasonZh}（现为 {actual}）。',
    en: 'The figures do not fit together: {reasonEn} (now {actual}).',
  },
});

/** Names every figure of the child that is looser than what it inherits, with both values. */
export function looseningFaults(parent: PolicyFigures, child: PolicyVersion): readonly Fault[] {
  return figureNames.flatMap((name) => {
    const own = child.figures[name];
    if (own === undefined || isFreeFor(child, name)) return [];
    if (standingOf(name, parent[name], own) !== 'looser') return [];
    return [
      fault(policyRefusals.FIGURE_LOOSENED, ['figures', name], {
        ...namesOf(name),
        required: figureText(name, parent[name]),
        actual: figureText(name, own),
      }),
    ];
  });
}

/** Reads figures from outside: the typed ones, and a fault for every name or value that is none. */
export function readFigures(input: Readonly<Record<string, unknown>>): {
  readonly figures: Partial<PolicyFigures>;
  readonly faults: readonly Fault[];
} {
  const faults: Fault[] = [];
  const figures: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(input)) {
    if (!isFigureName(name)) {
      faults.push(fault(policyRefusals.FIGURE_UNKNOWN, ['figures', name], { figure: name }));
      continue;
    }
    const required = shapes[kindOf(name)];
    if (required.holds(value)) figures[name] = value;
    else {
      const words = { ...namesOf(name), required: required.text };
      faults.push(fault(policyRefusals.FIGURE_MALFORMED, ['figures', name], words));
    }
  }
  return { figures: figures as Partial<PolicyFigures>, faults };
}

/** Relations that must hold between the figures in force, whoever set them. */
export function incoherenceFaults(figures: PolicyFigures): readonly Fault[] {
  const weights =
    figures.weightAgencyPercent + figures.weightAnonymousPercent + figures.weightInspectionPercent;
  const checks: readonly (readonly [boolean, FigureName, string, string, string])[] = [
    [
      weights === 100,
      'weightAgencyPercent',
      '三项评估权重之和应为 100',
      'the three weights of evaluation sum to 100',
      String(weights),
    ],
    [
      figures.gradeAScoreMinCenti > figures.gradeBScoreMinCenti &&
        figures.gradeBScoreMinCenti > figures.gradeCScoreMinCenti,
      'gradeAScoreMinCenti',
      '等级分数线应为 A 高于 B、B 高于 C',
      'the bands of the grades descend from A to C',
      [figures.gradeAScoreMinCenti, figures.gradeBScoreMinCenti, figures.gradeCScoreMinCenti]
        .map((score) => score / 100)
        .join(' / '),
    ],
    [
      figures.releaseMinMonths <= figures.releaseMaxMonths,
      'releaseMinMonths',
      '研修时长下限不应大于上限',
      'the least length of release-time study is not above the greatest',
      `${figures.releaseMinMonths} > ${figures.releaseMaxMonths}`,
    ],
    [
      figures.releaseGroupMinTrainees <= figures.releaseGroupMaxTrainees,
      'releaseGroupMinTrainees',
      '小组人数下限不应大于上限',
      'the least size of a group is not above the greatest',
      `${figures.releaseGroupMinTrainees} > ${figures.releaseGroupMaxTrainees}`,
    ],
  ];
  return checks
    .filter(([holds]) => !holds)
    .map(([, name, reasonZh, reasonEn, actual]) =>
      fault(policyRefusals.FIGURES_INCOHERENT, ['figures', name], { reasonZh, reasonEn, actual }),
    );
}

/** One figure in which two policies differ. */
export type FigureDifference = {
  readonly figure: FigureName;
  readonly before: FigureValue;
  readonly after: FigureValue;
  /** How `after` stands to `before`; a changed figure that has no tighter side is `looser`. */
  readonly standing: Exclude<Standing, 'equal'>;
};

/** Which figures differ between two policies: what a what-if has to recompute. */
export function policyDifference(a: PolicyFigures, b: PolicyFigures): readonly FigureDifference[] {
  return figureNames.flatMap((figure) => {
    const standing = standingOf(figure, a[figure], b[figure]);
    if (standing === 'equal') return [];
    return [{ figure, before: a[figure], after: b[figure], standing }];
  });
}

const categories = ['ethics', 'professional_standards', 'it', 'subject', 'management', 'other'];

const shapes = {
  ratio: {
    text: '{ numerator, denominator }, 0 ≤ numerator ≤ denominator',
    holds: (value: unknown) => isRatio(value) && value.numerator <= value.denominator,
  },
  factor: {
    text: '{ numerator, denominator }, 0 ≤ numerator, 0 < denominator',
    holds: isRatio,
  },
  monthDay: {
    text: 'MM-DD',
    holds: (value: unknown) => typeof value === 'string' && isCivilDate(`2023-${value}`),
  },
  switch: { text: 'true | false', holds: (value: unknown) => typeof value === 'boolean' },
  categories: {
    text: categories.join(' | '),
    holds: (value: unknown) =>
      Array.isArray(value) && value.every((item) => categories.includes(item)),
  },
  budgetCategories: {
    text: budgetCategories.join(' | '),
    holds: (value: unknown) =>
      Array.isArray(value) && value.every((item) => budgetCategories.includes(item)),
  },
  number: { text: '0, 1, 2, …', holds: isCount },
} as const;

function kindOf(name: FigureName): keyof typeof shapes {
  const { unit, tighter } = policyFigures[name];
  if (unit === 'ratio') return tighter === 'exact' ? 'factor' : 'ratio';
  switch (unit) {
    case 'monthDay':
    case 'switch':
    case 'categories':
    case 'budgetCategories':
      return unit;
    default:
      return 'number';
  }
}

function isRatio(value: unknown): value is Ratio {
  return (
    typeof value === 'object' &&
    value !== null &&
    'numerator' in value &&
    'denominator' in value &&
    Object.keys(value).length === 2 &&
    isCount(value.numerator) &&
    isCount(value.denominator) &&
    value.denominator > 0
  );
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function namesOf(name: FigureName) {
  const { zh, en } = policyFigures[name].description;
  return { figure: name, nameZh: zh, nameEn: en };
}
