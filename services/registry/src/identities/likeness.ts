/** By what two records look like one person, and whose business the pair is. [REG-16] */
import { type CivilDate, regionPath } from '@shixun/kernel';

export type Likeness = 'birth_date' | 'phone';

/** What two records of one person have in common although their identity numbers differ: same name, and one more. */
export function likenessTexts(person: {
  readonly name: string;
  readonly birthDate: CivilDate;
  readonly phone: string | null;
}): readonly (readonly [Likeness, string])[] {
  const { name, birthDate, phone } = person;
  const texts: (readonly [Likeness, string])[] = [['birth_date', `${alike(name)}/${birthDate}`]];
  if (phone !== null) texts.push(['phone', phoneText(name, phone)]);
  return texts;
}

/** What two records have in common that say the same name and the same number. */
export function phoneText(name: string, phone: string): string {
  return `${alike(name)}/${phone}`;
}

/** Names in the form in which they are compared. */
function alike(name: string): string {
  return name
    .normalize('NFKC')
    .replaceAll(/[\s·•・.]/g, '')
    .toLowerCase();
}

/** The likenesses that two records share; digests are `birth_date:…` and `phone:…`. */
export function sharedLikeness(one: readonly string[], other: readonly string[]): Likeness[] {
  const kinds = one.filter((each) => other.includes(each)).map((each) => each.split(':')[0]);
  return (['birth_date', 'phone'] as const).filter((kind) => kinds.includes(kind));
}

/** The lowest region that both lie in: its bureau can merge them. Null when they share no province. */
export function commonRegion(one: string, other: string): string | null {
  const others = new Set(regionPath(other));
  return regionPath(one).findLast((code) => others.has(code)) ?? null;
}

/** The id of a pair, whichever is named first. */
export function pairId(one: string, other: string): string {
  return one < other ? `${one}~${other}` : `${other}~${one}`;
}
