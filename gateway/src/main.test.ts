import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type RunningSubgraph, type SubgraphName, startSubgraphs } from '../fixtures/subgraphs.ts';
import { fixtureSupergraph } from '../fixtures/supergraph.ts';

let folder: string;
let subgraphs: Record<SubgraphName, RunningSubgraph>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shixun-gateway-'));
  await writeFile(join(folder, 'supergraph.graphql'), fixtureSupergraph());
  subgraphs = await startSubgraphs();
});
afterAll(async () => {
  await Promise.all(Object.values(subgraphs).map((subgraph) => subgraph.close()));
  await rm(folder, { recursive: true, force: true });
});

function run(env: Record<string, string>): ChildProcess {
  return spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** The line of the log that has those words. */
async function line(child: ChildProcess, words: string): Promise<Record<string, unknown>> {
  if (child.stdout === null) throw new Error('no output');
  for await (const text of createInterface(child.stdout)) {
    if (text.includes(words)) return JSON.parse(text);
  }
  throw new Error(`the process ended without saying: ${words}`);
}

test('starts from the environment, and after SIGTERM ends what it began and exits with 0', async () => {
  const child = run({
    HTTP_PORT: '0',
    SUPERGRAPH_PATH: join(folder, 'supergraph.graphql'),
    SUBGRAPH_REGISTRY_URL: subgraphs.registry.url,
    SUBGRAPH_COURSES_URL: subgraphs.courses.url,
    SUBGRAPH_CREDITS_URL: subgraphs.credits.url,
    SUBGRAPH_EVALUATION_URL: subgraphs.evaluation.url,
    AUTH_ISSUER: 'https://issuer.example',
    AUTH_JWKS_URL: 'http://127.0.0.1:1/jwks',
  });
  const exited = once(child, 'exit');
  const { url } = await line(child, 'the gateway listens');
  const arrived = Promise.withResolvers<void>();
  const go = Promise.withResolvers<void>();
  subgraphs.credits.before = async () => {
    arrived.resolve();
    await go.promise;
  };
  const asked = fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ creditYear }' }),
  });
  await arrived.promise;
  child.kill('SIGTERM');
  await line(child, 'stopping');
  go.resolve();
  expect(await (await asked).json()).toEqual({ data: { creditYear: 2026 } });
  expect((await exited)[0]).toBe(0);
});

test('says everything that is wrong with its environment at once, and exits with 1', async () => {
  const child = run({
    NODE_ENV: 'production',
    HTTP_PORT: '99999',
    SUBGRAPH_CREDITS_URL: 'nowhere',
  });
  let said = '';
  child.stderr?.on('data', (chunk) => {
    said += chunk;
  });
  expect((await once(child, 'close'))[0]).toBe(1);
  for (const name of [
    'HTTP_PORT',
    'SUBGRAPH_REGISTRY_URL',
    'SUBGRAPH_CREDITS_URL',
    'AUTH_ISSUER',
    'AUTH_JWKS_URL',
  ]) {
    expect(said).toContain(name);
  }
  expect(said).not.toMatch(/\n\s+at /);
});
