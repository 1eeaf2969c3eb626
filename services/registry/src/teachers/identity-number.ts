/** The citizen identity number 公民身份号码 of GB 11643: 6 digits of address, 8 of birth date, 3 of order, 1 check digit. */
import { type CivilDate, isCivilDate } from '@shixun/kernel';

/** The part of the number that is wrong; a refusal names it and never repeats the number. */
export type IdentityFault = 'length' | 'characters' | 'address' | 'birth_date' | 'check_digit';

/**
 * What people type becomes what the standard says: full-width digits, lower-case x, spaces. A number of the old form,
 * 15 digits with a birth date of six, becomes the 18 that it stands for, so that one person stays one. [REG-05, REG-16]
 */
export function normalizeIdentityNumber(text: string): string {
  const typed = text.normalize('NFKC').replaceAll(/\s/g, '').toUpperCase();
  return /^\d{15}$/.test(typed) ? upgraded(typed) : typed;
}

/** GB 11643 of 1989 left out the century, which was the nineteenth hundred for everyone, and the check digit. */
function upgraded(old: string): string {
  const first17 = `${old.slice(0, 6)}19${old.slice(6)}`;
  return `${first17}${checkDigit(first17)}`;
}

/** Names every part that is wrong; an empty list is a valid number. `text` is normalised, `today` bounds the birth date. */
export function identityNumberFaults(text: string, today: CivilDate): readonly IdentityFault[] {
  if (text.length !== 18) return ['length'];
  if (!/^\d{17}[\dX]$/.test(text)) return ['characters'];
  const faults: IdentityFault[] = [];
  if (!provinces.has(text.slice(0, 2))) faults.push('address');
  const born = `${text.slice(6, 10)}-${text.slice(10, 12)}-${text.slice(12, 14)}`;
  if (!isCivilDate(born) || born < '1900-01-01' || born > today) faults.push('birth_date');
  if (checkDigit(text.slice(0, 17)) !== text.at(17)) faults.push('check_digit');
  return faults;
}

/** The check digit of ISO 7064 MOD 11-2 over the first 17 digits. */
export function checkDigit(first17: string): string {
  let sum = 0;
  for (const [index, digit] of [...first17].entries()) sum += Number(digit) * (weights[index] ?? 0);
  return '10X98765432'.charAt(sum % 11);
}

/** The birth date that a valid number carries. */
export function birthDateOf(identityNumber: string): CivilDate {
  const digits = identityNumber.slice(6, 14);
  return `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
}

/** `140***********0013`: the province and the last four, as bureaus print it. */
export function maskIdentityNumber(text: string): string {
  return `${text.slice(0, 3)}${'*'.repeat(11)}${text.slice(14)}`;
}

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** The first two digits of GB/T 2260, those of Hong Kong, Macau and Taiwan residents' permits included. */
const provinces = new Set(
  (
    '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 ' +
    '50 51 52 53 54 61 62 63 64 65 71 81 82 83'
  ).split(' '),
);
