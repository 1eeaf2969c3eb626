/**
 * A figure that stands in its document 原则上 (in principle) may be waived for one project by the level that owns it,
 * with a reason that is published. The others can't be waived by anybody.
 */
import {
  type Decision,
  decide,
  type Fault,
  type FigureName,
  type FigureValue,
  fault,
  isFigureName,
  type PolicyFigures,
  policyFigures,
} from '@shixun/kernel';
import { codes } from './refusals.ts';

export type WaiveFacts = {
  /** The caller stands for the very owner of the project. */
  readonly actsForOwner: boolean;
  readonly ownerRole: string;
  /** Ended, one way or the other. */
  readonly over: boolean;
  readonly waived: readonly string[];
};

export type FigureWaived = { readonly figure: FigureName; readonly reason: string };

export function waiveFigure(
  command: { readonly figure: string; readonly reason: string },
  facts: WaiveFacts,
): Decision<FigureWaived> {
  const faults: Fault[] = [];
  if (!facts.actsForOwner) {
    faults.push(fault(codes.WAIVER_OF_OTHERS, ['projectId'], { required: facts.ownerRole }));
  }
  if (facts.over) faults.push(fault(codes.WAIVER_PROJECT_OVER, ['projectId']));
  const { figure } = command;
  const reason = command.reason.trim();
  if (reason === '') faults.push(fault(codes.WAIVER_REASON_MISSING, ['reason']));
  if (!isFigureName(figure)) {
    return refused([...faults, fault(codes.WAIVER_FIGURE_UNKNOWN, ['figure'], { actual: figure })]);
  }
  const of = policyFigures[figure];
  const words = { actual: figure, nameZh: of.description.zh, nameEn: of.description.en };
  if (!of.inPrinciple) faults.push(fault(codes.WAIVER_FIGURE_BINDING, ['figure'], words));
  else if (!of.rule.startsWith('CRS-')) {
    faults.push(fault(codes.WAIVER_FIGURE_NOT_OF_PROJECTS, ['figure'], words));
  }
  if (facts.waived.includes(figure)) {
    faults.push(fault(codes.WAIVER_GIVEN_ALREADY, ['figure'], words));
  }
  return decide(faults, () => ({ figure, reason }));
}

function refused(faults: readonly Fault[]): Decision<never> {
  return { accepted: false, faults };
}

/** The figures as they hold for a project: a waived one asks for nothing. For every review of a project. */
export function figuresWithout(
  figures: PolicyFigures,
  waived: readonly FigureName[],
): PolicyFigures {
  const neutral = waived.map((name): [FigureName, FigureValue] => [
    name,
    nothingAsked(name, figures[name]),
  ]);
  return { ...figures, ...Object.fromEntries(neutral) };
}

/** The loosest value that the figure can have. */
function nothingAsked(name: FigureName, value: FigureValue): FigureValue {
  const isRatio = typeof value === 'object' && 'numerator' in value;
  switch (policyFigures[name].tighter) {
    case 'higher':
      return isRatio ? { numerator: 0, denominator: 1 } : 0;
    case 'lower':
      return isRatio ? { numerator: 1, denominator: 1 } : Number.MAX_SAFE_INTEGER;
    case 'required':
      return false;
    case 'more':
      return [];
    case 'exact':
      return value;
  }
}
