/**
 * Exact figures. Hours, credits and money are whole hundredths (`hoursCenti`, `amountCents`), never binary
 * floats; a ratio is compared by cross-multiplication and never rounded up to pass.
 */
import Big from 'big.js';
import type { Ratio } from './policy/figures.ts';

/** Reads "12.5" as 1250 hundredths; undefined when it is no number or has more than two decimals. */
export function centiFrom(text: string): number | undefined {
  if (!/^-?\d{1,13}(\.\d{1,2})?$/.test(text)) return undefined;
  return new Big(text).times(100).toNumber();
}

/** Writes 1250 hundredths as "12.50". */
export function centiText(centi: number): string {
  return new Big(centi).div(100).toFixed(2);
}

/** Compares part/whole with required numerator/denominator, exactly: negative when below. */
export function compareRatio(
  part: number,
  whole: number,
  numerator: number,
  denominator: number,
): number {
  return new Big(part).times(denominator).cmp(new Big(whole).times(numerator));
}

/**
 * "48.8 %": cut, not rounded, so that a ratio just below a limit is never shown as the limit. Told the limit, it says
 * the nearest tenth that lies on the ratio's own side of it: 44 of 90 against 50 % is "48.9 %", 499 of 999 "49.9 %".
 */
export function percentText(part: number, whole: number, limit?: Ratio): string {
  if (whole === 0) return '0 %';
  const tenths = (rounding: Big.RoundingMode) =>
    new Big(part).times(1000).div(whole).round(0, rounding);
  const cut = tenths(Big.roundDown);
  if (limit === undefined) return `${cut.div(10)} %`;
  const { numerator, denominator } = limit;
  const side = compareRatio(part, whole, numerator, denominator);
  const shown = [tenths(Big.roundHalfUp), cut, tenths(Big.roundUp)].find(
    (each) => each.times(denominator).cmp(new Big(numerator).times(1000)) === side,
  );
  return `${(shown ?? cut).div(10)} %`;
}

/** Multiplies and divides exactly, rounding the last hundredth half up: how hours become credits and minutes hours. */
export function scaleCenti(centi: number, numerator: number, denominator: number): number {
  return new Big(centi).times(numerator).div(denominator).round(0, Big.roundHalfUp).toNumber();
}
