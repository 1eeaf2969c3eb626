/** The table of all figures: what each means, its unit, and which way is tighter. */
import type { FigureDescription } from './description.ts';
import type { FigureName } from './figures.ts';
import { delivery, plans } from './figures-courses.ts';
import { credits, evaluation } from './figures-credits-evaluation.ts';
import { registryAndPlanning } from './figures-registry-planning.ts';

export const policyFigures: { readonly [Name in FigureName]: FigureDescription } = {
  ...registryAndPlanning,
  ...plans,
  ...delivery,
  ...credits,
  ...evaluation,
};

/** Every figure's name, in the order of the rules. */
export const figureNames = Object.keys(policyFigures) as readonly FigureName[];

/** True when the name is a figure's; names from outside pass here once. */
export function isFigureName(name: string): name is FigureName {
  return Object.hasOwn(policyFigures, name);
}

/**
 * True when a national document gives the figure, so that a province, too, may only tighten it.
 * Figures that a province's document gives, and our own defaults, are the province's to set.
 */
export function bindsProvinces(name: FigureName): boolean {
  return policyFigures[name].source?.startsWith('M') ?? false;
}
