import { spawn } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Tell } from './progress.ts';

/** A command that fetches something: it may take long, but never be silent for long. */
export type WatchedCommand = {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Grows while the command makes progress. */
  readonly folder: string;
  /** Killed after this long without a byte in the folder and without a word. */
  readonly quietMs: number;
  readonly tell: Tell;
};

/** Runs the command and answers what it said on standard output; rejects with its last words when it fails. */
export async function runWatched(watched: WatchedCommand): Promise<string> {
  const child = spawn(watched.command, watched.args, {
    env: { ...process.env, ...watched.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let standardOutput = '';
  let everything = '';
  let aliveAt = Date.now();
  let size = await sizeOf(watched.folder);
  const start = size;
  const hear = (chunk: Buffer): void => {
    everything += chunk.toString();
    aliveAt = Date.now();
  };
  child.stdout.on('data', (chunk: Buffer) => {
    standardOutput += chunk.toString();
    hear(chunk);
  });
  child.stderr.on('data', hear);
  let stalled = false;
  const look = setInterval(async () => {
    const grown = await sizeOf(watched.folder);
    if (grown !== size) aliveAt = Date.now();
    size = grown;
    if (size > start) watched.tell(`${Math.round((size - start) / 1e6)} MB`);
    if (Date.now() - aliveAt > watched.quietMs) {
      stalled = true;
      child.kill('SIGKILL');
    }
  }, 500);
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', resolve);
    });
    if (code === 0) return standardOutput;
  } finally {
    clearInterval(look);
  }
  if (stalled) throw new Error(`nothing came for ${watched.quietMs / 1000} s`);
  const lastWords = everything.trim().split('\n').slice(-4).join(' ');
  const full = /ENOSPC|No space left/i.test(everything) ? { code: 'ENOSPC' } : {};
  throw Object.assign(new Error(lastWords), full);
}

/** Bytes of all files below the folder; what disappears while looking counts as nothing. */
async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  let bytes = 0;
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    bytes += (await stat(join(entry.parentPath, entry.name)).catch(() => null))?.size ?? 0;
  }
  return bytes;
}
