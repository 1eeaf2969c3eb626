/** An operator's program, run as an operator runs it. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '@shixun/infra/local/cache-folder';
import type { TestPlatform } from './platform.ts';

export type Ended = { readonly code: number; readonly out: string; readonly err: string };

/** Runs `infra/<program>.ts` with what the platform's operator knows, and with nothing else. */
export async function operate(
  { operator }: Pick<TestPlatform, 'operator'>,
  program: 'audit' | 'keys' | 'events',
  args: readonly string[],
): Promise<Ended> {
  const env = { PATH: String(process.env['PATH']), ...operator };
  const file = join(projectRoot, 'infra', `${program}.ts`);
  const settings = { env, maxBuffer: 64 * 1024 * 1024 };
  return promisify(execFile)(process.execPath, [file, ...args], settings).then(
    ({ stdout, stderr }) => ({ code: 0, out: stdout, err: stderr }),
    ({ code, stdout, stderr }) => ({ code, out: stdout, err: stderr }),
  );
}
