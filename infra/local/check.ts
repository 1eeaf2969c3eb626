/** `npm run check`: everything that can be said about the tree without running it. Needs nothing running. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { inCache, projectRoot } from './cache-folder.ts';

type Part = {
  readonly name: string;
  /** What it holds. */
  readonly words: string;
  readonly args: readonly string[];
};

export type Checked = { readonly name: string; readonly passed: boolean };

const modules = join(projectRoot, 'node_modules');
const walled = ['packages', 'services', 'gateway', 'infra', 'test'];

/** The longest first, so that two cores end together. */
const parts: readonly Part[] = [
  {
    name: 'types',
    words: 'tsc',
    args: [
      ...[join(modules, 'typescript/bin/tsc'), '--noEmit', '-p', '.'],
      // What was found out the last time is only looked at again where something changed.
      ...['--incremental', '--tsBuildInfoFile', inCache('types.tsbuildinfo')],
    ],
  },
  {
    name: 'walls',
    words: 'dependency-cruiser',
    args: [join(modules, 'dependency-cruiser/bin/dependency-cruiser.mjs'), ...walled],
  },
  {
    name: 'dead code',
    words: 'knip',
    args: [join(modules, 'knip/bin/knip.js'), '--no-progress', '--treat-config-hints-as-errors'],
  },
  {
    name: 'generated files',
    words: 'npm run gen -- --check',
    args: [join(projectRoot, 'infra/gen/index.ts'), '--check'],
  },
  {
    name: 'lint and format',
    words: 'biome',
    args: [
      ...[join(modules, '@biomejs/biome/bin/biome'), 'check', '.'],
      ...['--error-on-warnings', '--diagnostic-level=warn'],
    ],
  },
];

/** Runs every part, two at a time, and prints each as it ends; a failed one with all it said. */
export async function runChecks(): Promise<readonly Checked[]> {
  const waiting = [...parts];
  const checked: Checked[] = [];
  const lane = async (): Promise<void> => {
    for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) {
      checked.push(await runPart(part));
    }
  };
  await Promise.all([lane(), lane()]);
  return checked;
}

async function runPart(part: Part): Promise<Checked> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...part.args], {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  const code = await new Promise<number | null>((resolve) => {
    child.on('error', (error) => {
      output += error.message;
      resolve(1);
    });
    child.on('close', resolve);
  });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const passed = code === 0;
  console.log(`${passed ? '✔' : '✖'} ${part.name} (${part.words}), ${seconds} s`);
  if (!passed) console.log(output.trimEnd());
  return { name: part.name, passed };
}

if (import.meta.main) {
  const checked = await runChecks();
  process.exitCode = checked.every(({ passed }) => passed) ? 0 : 1;
}
