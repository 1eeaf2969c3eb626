/** Registry and gateway as a process of their own, for what measures them and for what kills them. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Issuer } from '@shixun/infra/local/issuer';

export type ImportPlatform = {
  readonly url: string;
  readonly schoolCodes: readonly string[];
  /** Largest resident memory so far, and the time that all its threads computed. */
  readonly used: () => Promise<{ readonly peakMb: number; readonly cpuSeconds: number }>;
  readonly stop: () => Promise<void>;
  /** As when the machine loses its power. */
  readonly kill: () => Promise<void>;
};

/** What the process lives in, in MB of V8's old generation: without it, V8 lets garbage lie as the machine has room. */
export const heapMb = 384;

/** Needs MONGODB_URI. The same database and folder take up what an earlier one left. */
export async function startImportPlatform(about: {
  readonly issuer: Issuer;
  readonly database: string;
  readonly folder: string;
}): Promise<ImportPlatform> {
  const { issuer, database, folder } = about;
  const child = fork(join(import.meta.dirname, 'import-process.ts'), [], {
    execArgv: [
      '--max-semi-space-size=64',
      `--max-old-space-size=${heapMb}`,
      '--disable-warning=ExperimentalWarning',
    ],
    env: {
      ...process.env,
      MONGODB_DATABASE: database,
      EVENT_BUS: 'in-process',
      AUTH_ISSUER: issuer.url,
      AUTH_JWKS_URL: issuer.jwksUrl,
      PERSONAL_DATA_KEY: Buffer.alloc(32, 7).toString('base64'),
      OBJECTS_FOLDER: join(folder, 'objects'),
      HTTP_PORT: '0',
      LOG_LEVEL: 'error',
    },
  });
  const exited = once(child, 'exit');
  const said = <T>() =>
    new Promise<T>((resolve, reject) => {
      child.once('message', (message) => resolve(message as T));
      child.once('exit', () => reject(new Error('the platform ended')));
    });
  const started = await said<{ url: string; schoolCodes: string[] }>();
  return {
    ...started,
    used: async () => {
      const answer = said<{ peakKb: number; cpuSeconds: number }>();
      child.send('used');
      const { peakKb, cpuSeconds } = await answer;
      return { peakMb: Math.round(peakKb / 1024), cpuSeconds };
    },
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) child.send('stop');
      await exited;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
