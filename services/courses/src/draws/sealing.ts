/** Seeds and lots of a draw: what is published before, and what anyone can make again. [CRS-46] */
import { createHash, randomBytes } from 'node:crypto';

const hash = (text: string) => createHash('sha256').update(text).digest('hex');

/** 256 random bits, hexadecimal; nobody sees them before the draw. */
export function newSeed(): string {
  return randomBytes(32).toString('hex');
}

/** SHA-256 of the seed: published when the draw is announced, so that the seed cannot be changed afterwards. */
export function commitmentOf(seed: string): string {
  return hash(seed);
}

/** How an applicant is named in public: SHA-256 of draw id, newline and teacher id. */
export function pseudonymOf(drawId: string, teacherId: string): string {
  return hash(`${drawId}\n${teacherId}`);
}

/** The lot of an applicant: SHA-256 of seed, newline and pseudonym. */
export function lotOf(seed: string, pseudonym: string): string {
  return hash(`${seed}\n${pseudonym}`);
}
