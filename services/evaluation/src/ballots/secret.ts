/**
 * The service does not start without a secret to seal with: answers would lie open. While a rotation is under way there
 * are several, the current one first.
 */
export function requireBallotSecret(personalDataKey: Buffer): void {
  if (personalDataKey.length > 0 && personalDataKey.length % 32 === 0) return;
  throw new Error('PERSONAL_DATA_KEY must be 32 bytes in base64: it seals answers and ballot keys');
}
