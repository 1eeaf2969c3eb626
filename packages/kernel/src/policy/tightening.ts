/** Which of two values of a figure is tighter: the whole order on which inheritance rests. */
import { centiText, compareRatio } from '../exact.ts';
import type { FigureName, PolicyFigures, Ratio } from './figures.ts';
import { policyFigures } from './table.ts';

export type FigureValue = PolicyFigures[FigureName];

/** How a value stands to the one above it. */
export type Standing = 'equal' | 'tighter' | 'looser';

/** Compares a lower level's value with the inherited one. A changed `exact` figure counts as looser. */
export function standingOf(name: FigureName, inherited: FigureValue, own: FigureValue): Standing {
  const { tighter } = policyFigures[name];
  if (tighter === 'more') return standingOfSets(asList(inherited), asList(own));
  const order = compareValues(own, inherited);
  if (order === 0) return 'equal';
  if (tighter === 'exact') return 'looser';
  return order > 0 === (tighter !== 'lower') ? 'tighter' : 'looser';
}

/** The tighter of the inherited value and a lower level's own; sets are joined, `exact` stays inherited. */
export function tightest(name: FigureName, inherited: FigureValue, own: FigureValue): FigureValue {
  if (policyFigures[name].tighter === 'more') {
    return [...new Set([...asList(inherited), ...asList(own)])] as FigureValue;
  }
  return standingOf(name, inherited, own) === 'tighter' ? own : inherited;
}

/** The value as people write it: "50 %", "1/3", "72.00 h", "5 d". */
export function figureText(name: FigureName, value: FigureValue): string {
  if (isRatio(value)) return ratioText(value);
  if (typeof value === 'boolean') return value ? '是 yes' : '否 no';
  if (typeof value === 'string') return value;
  if (typeof value !== 'number') return value.join(', ');
  switch (policyFigures[name].unit) {
    case 'studyHoursCenti':
      return `${centiText(value)} h`;
    case 'pointsCenti':
      return centiText(value);
    case 'cents':
      return `CNY ${centiText(value)}`;
    case 'percent':
      return `${value} %`;
    case 'minutes':
      return `${value} min`;
    case 'clockHours':
      return `${value} h`;
    case 'days':
      return `${value} d`;
    case 'months':
      return `${value} mo`;
    case 'years':
      return `${value} a`;
    default:
      return String(value);
  }
}

function isRatio(value: FigureValue): value is Ratio {
  return typeof value === 'object' && 'numerator' in value;
}

function ratioText({ numerator, denominator }: Ratio): string {
  const tenths = (numerator * 1000) / denominator;
  return denominator >= 100 && Number.isInteger(tenths)
    ? `${tenths / 10} %`
    : `${numerator}/${denominator}`;
}

function compareValues(a: FigureValue, b: FigureValue): number {
  if (isRatio(a) && isRatio(b)) {
    return compareRatio(a.numerator, a.denominator, b.numerator, b.denominator);
  }
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : Number(a > b);
  return Number(a) - Number(b);
}

function standingOfSets(inherited: readonly string[], own: readonly string[]): Standing {
  if (!inherited.every((item) => own.includes(item))) return 'looser';
  return own.every((item) => inherited.includes(item)) ? 'equal' : 'tighter';
}

function asList(value: FigureValue): readonly string[] {
  return Array.isArray(value) ? value : [];
}
