export type { FigureDescription, FigureUnit, Tighter } from './description.ts';
export {
  type EffectivePolicy,
  effectivePolicy,
  figureOrigins,
  inherit,
  isFreeFor,
  newestOn,
} from './effective.ts';
export * from './faults.ts';
export * from './figures.ts';
export * from './national.ts';
export * from './profiles.ts';
export { figureNames, isFigureName, policyFigures } from './table.ts';
export { type FigureValue, figureText, type Standing, standingOf } from './tightening.ts';
export * from './version.ts';
