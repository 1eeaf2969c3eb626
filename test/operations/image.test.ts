/** The Dockerfile, as far as it can be held to without a Docker engine. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, matchesGlob } from 'node:path';
import { expect, test } from '@jest/globals';
import { projectRoot } from '@shixun/infra/local/cache-folder';

async function lines(file: string): Promise<readonly string[]> {
  const text = await readFile(join(projectRoot, file), 'utf8');
  const joined = text.replaceAll(/\\\n/g, ' ');
  return joined.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
}

/** The sources of every COPY from the tree. */
async function copied(): Promise<readonly string[]> {
  const copies = (await lines('Dockerfile')).filter((line) => /^COPY (?!--from)/.test(line));
  return copies.flatMap((line) => line.split(/\s+/).slice(1, -1));
}

/** Whether .dockerignore lets a path into the build: the last line that matches it, or a folder above, decides. */
async function letIn(path: string): Promise<boolean> {
  const above = path.split('/').map((_, index, parts) => parts.slice(0, index + 1).join('/'));
  let inside = true;
  for (const line of await lines('.dockerignore')) {
    // Docker's stars match names with a leading dot as well; Node's don't, so those paths lose theirs.
    const pattern = line.replace(/^!/, '');
    if (
      above.some(
        (part) => part === pattern || matchesGlob(part.replaceAll(/(^|\/)\./g, '$1'), pattern),
      )
    )
      inside = line.startsWith('!');
  }
  return inside;
}

test('everything it copies is in the tree and let into the build', async () => {
  const sources = await copied();
  expect(sources.length).toBeGreaterThan(10);
  for (const source of sources) {
    expect({
      source,
      there: existsSync(join(projectRoot, source)),
      letIn: await letIn(source),
    }).toEqual({
      source,
      there: true,
      letIn: true,
    });
  }
});

test.each([
  'node_modules/mongoose/package.json',
  'services/courses/node_modules/x/index.js',
  '.cache/keys/key.json',
  '.env',
  '.git/config',
  'infra/local/issuer.ts',
  'services/courses/src/enrollment/enroll.test.ts',
])('%s stays out', async (path) => {
  expect(await letIn(path)).toBe(false);
});

test.each([
  'services/courses/src/main.ts',
  'gateway/persisted-documents.json',
  'infra/topics/create.ts',
])('%s goes in', async (path) => {
  expect(await letIn(path)).toBe(true);
  expect(existsSync(join(projectRoot, path))).toBe(true);
});

test('K8: it runs as nobody in particular, on the Node that the project names', async () => {
  const dockerfile = (await lines('Dockerfile')).join('\n');
  const [, user] = /^USER (\d+):\d+$/m.exec(dockerfile) ?? [];
  expect(Number(user)).toBeGreaterThanOrEqual(10_000);
  const text = await readFile(join(projectRoot, 'package.json'), 'utf8');
  const { devDependencies } = JSON.parse(text) as {
    readonly devDependencies: { readonly node: string };
  };
  expect(dockerfile).toContain(`NODE_IMAGE=node:${devDependencies.node}-`);
  expect(dockerfile.match(/^FROM .*$/gm)).toHaveLength(2);
});
