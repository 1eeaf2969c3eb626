/**
 * `npm run gen` writes every generated file; `npm run gen -- --check` writes nothing and names those that are not
 * what their sources make now.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import type { Generator } from './generator.ts';
import { generators } from './generators.ts';

/** The paths whose file differs from the content, or is missing. */
export async function staleFiles(
  root: string,
  contents: ReadonlyMap<string, string>,
): Promise<string[]> {
  const stale: string[] = [];
  for (const [path, content] of contents) {
    const present = await readFile(join(root, path), 'utf8').catch(() => null);
    if (present !== content) stale.push(path);
  }
  return stale;
}

async function write(root: string, generator: Generator): Promise<void> {
  const contents = await generator.run();
  for (const path of await staleFiles(root, contents)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), contents.get(path) ?? '');
    console.log(`${generator.name}: wrote ${path}`);
  }
}

/** Names each stale file and the command that mends it. */
async function compare(root: string, generator: Generator): Promise<boolean> {
  const stale = await staleFiles(root, await generator.run());
  for (const path of stale) {
    console.error(
      `${path} is not up to date (${generator.name}): run \`npm run gen\` and commit it.`,
    );
  }
  return stale.length === 0;
}

async function main(): Promise<number> {
  const program = new Command('npm run gen --')
    .description('Writes the generated files: supergraph, event schemas, references.')
    .option('--check', 'write nothing; say which files are not up to date')
    .parse();
  const { check } = program.opts<{ check?: boolean }>();
  const root = join(import.meta.dirname, '..', '..');
  let failed = 0;
  for (const generator of generators) {
    try {
      if (check !== true) await write(root, generator);
      else if (!(await compare(root, generator))) failed += 1;
    } catch (error) {
      console.error(`${generator.name}: ${error instanceof Error ? error.message : String(error)}`);
      failed += 1;
    }
  }
  return failed === 0 ? 0 : 1;
}

if (import.meta.main) process.exitCode = await main();
