/** Telephone numbers of people: mainland mobile numbers, 11 digits. */

/** Full-width digits, spaces, dashes and the country code as people type them. */
export function normalizePhone(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/[\s-]/g, '')
    .replace(/^(\+|00)86/, '');
}

export function isPhone(text: string): boolean {
  return /^1[3-9]\d{9}$/.test(text);
}

/** `138****0013`. */
export function maskPhone(text: string): string {
  return `${text.slice(0, 3)}****${text.slice(7)}`;
}
