import { createHash } from 'node:crypto';

/** The lot of a project: SHA-256 of seed, newline and project id, hexadecimal. Anyone can make it with `sha256sum`. */
export function lotOf(seed: string, projectId: string): string {
  return createHash('sha256').update(`${seed}\n${projectId}`).digest('hex');
}
