/**
 * Scopes as sets: levels × stages × subjects × modalities × days. One scope is a box; a union of boxes is a list of
 * boxes that do not overlap. What several qualifications cover together, and what of a need they leave open, is
 * computed here and nowhere else. [REG-08, REG-18]
 */
import { addDays, type CivilDate } from './civil-date.ts';

/** The dimensions of a scope that list values; the period is the fifth. */
export const scopeDimensions = ['levels', 'stages', 'subjects', 'modalities'] as const;
export type ScopeDimension = (typeof scopeDimensions)[number];

/** A box: every combination of its values on every day from the first to the last, both included. */
export type ScopeBox = {
  readonly [Dimension in ScopeDimension]: readonly string[];
} & {
  readonly validFrom: CivilDate;
  readonly validTo: CivilDate;
};

/** True when the box holds nothing: a dimension without a value, or a period that ends before it begins. */
export function isEmptyScope(box: ScopeBox): boolean {
  return (
    box.validFrom > box.validTo || scopeDimensions.some((dimension) => box[dimension].length === 0)
  );
}

/** What both hold; null when that is nothing. */
export function scopeIntersection(a: ScopeBox, b: ScopeBox): ScopeBox | null {
  const common: ScopeBox = {
    levels: a.levels.filter((value) => b.levels.includes(value)),
    stages: a.stages.filter((value) => b.stages.includes(value)),
    subjects: a.subjects.filter((value) => b.subjects.includes(value)),
    modalities: a.modalities.filter((value) => b.modalities.includes(value)),
    validFrom: [a.validFrom, b.validFrom].toSorted()[1] ?? a.validFrom,
    validTo: [a.validTo, b.validTo].toSorted()[0] ?? a.validTo,
  };
  return isEmptyScope(common) ? null : common;
}

/**
 * What the first holds and the second does not, as boxes that do not overlap: dimension after dimension, the values
 * that the second lacks are cut off with all that is left of the others.
 */
export function scopeDifference(a: ScopeBox, b: ScopeBox): readonly ScopeBox[] {
  if (isEmptyScope(a)) return [];
  const common = scopeIntersection(a, b);
  if (common === null) return [a];
  const pieces: ScopeBox[] = [];
  let rest = a;
  for (const dimension of scopeDimensions) {
    const lacking = rest[dimension].filter((value) => !common[dimension].includes(value));
    if (lacking.length > 0) pieces.push({ ...rest, [dimension]: lacking });
    rest = { ...rest, [dimension]: common[dimension] };
  }
  const before = { ...rest, validTo: addDays(common.validFrom, -1) };
  const after = { ...rest, validFrom: addDays(common.validTo, 1) };
  return [...pieces, ...[before, after].filter((piece) => !isEmptyScope(piece))];
}

/** All that any of the boxes holds, as boxes that do not overlap. */
export function scopeUnion(boxes: readonly ScopeBox[]): readonly ScopeBox[] {
  const union: ScopeBox[] = [];
  for (const box of boxes) union.push(...scopeWithout([box], union));
  return union;
}

/** What of the first boxes none of the others holds; empty means that the others cover the first. */
export function scopeWithout(
  boxes: readonly ScopeBox[],
  others: readonly ScopeBox[],
): readonly ScopeBox[] {
  return others.reduce<readonly ScopeBox[]>(
    (left, other) => left.flatMap((box) => scopeDifference(box, other)),
    boxes.filter((box) => !isEmptyScope(box)),
  );
}
