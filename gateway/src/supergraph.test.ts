import { rename, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type GatewayFixture, gatewayFixture, logInto } from '../fixtures/gateway.ts';
import { subgraphSdl } from '../fixtures/subgraphs.ts';
import { fixtureSupergraph } from '../fixtures/supergraph.ts';

/** The same graph with one more field, which the running subgraphs can't answer but the gateway can plan. */
const grown = fixtureSupergraph(
  {},
  {
    ...subgraphSdl,
    credits: subgraphSdl.credits.replace('creditYear: Int!', 'creditYear: Int! added: Int'),
  },
);

let gateway: GatewayFixture;
beforeEach(async () => {
  gateway = await gatewayFixture();
});
afterEach(() => gateway.close());

const knowsAdded = async () => {
  const { data } = await gateway.ask({ query: '{ __type(name: "Query") { fields { name } } }' });
  const { fields } = (data as { __type: { fields: { name: string }[] } }).__type;
  return fields.some(({ name }) => name === 'added');
};

async function until(condition: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 20_000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error('it did not come to pass');
    await new Promise((done) => setTimeout(done, 50));
  }
}

const logged = (lines: readonly string[], words: string) => async () =>
  lines.some((line) => line.includes(words));

describe('the supergraph follows its file', () => {
  test('a change is served without a restart', async () => {
    expect(await knowsAdded()).toBe(false);
    await writeFile(gateway.supergraphPath, grown);
    await until(knowsAdded);
  });

  test('a file put in its place by renaming is followed, and the next one too', async () => {
    for (const content of [grown, fixtureSupergraph()]) {
      await writeFile(`${gateway.supergraphPath}.new`, content);
      await rename(`${gateway.supergraphPath}.new`, gateway.supergraphPath);
      const wanted = content === grown;
      await until(async () => (await knowsAdded()) === wanted);
    }
  });

  test('requests in flight end on the graph they began with', async () => {
    const { credits } = gateway.subgraphs;
    const go = Promise.withResolvers<void>();
    const arrived = Promise.withResolvers<void>();
    credits.before = async () => {
      arrived.resolve();
      await go.promise;
    };
    const asked = gateway.ask({ query: '{ creditYear }' });
    await arrived.promise;
    await writeFile(gateway.supergraphPath, grown);
    await until(knowsAdded);
    go.resolve();
    expect(await asked).toMatchObject({ status: 200, data: { creditYear: 2026 }, errors: [] });
  });
});

describe('a broken file', () => {
  test.each([
    ['is empty', ''],
    ['is no GraphQL', '{{{'],
    ['is a schema but no supergraph', 'type Query { a: Int }'],
    ['is cut in half', grown.slice(0, grown.length / 2)],
  ])('that %s leaves the old graph serving, and is logged', async (_name, content) => {
    const lines: string[] = [];
    const watched = await gatewayFixture({ log: logInto(lines) });
    try {
      await writeFile(watched.supergraphPath, content);
      await until(logged(lines, 'the changed supergraph was refused'));
      expect((await watched.ask({ query: '{ creditYear }' })).data).toEqual({ creditYear: 2026 });
      await writeFile(watched.supergraphPath, grown);
      await until(logged(lines, 'the supergraph was replaced'));
    } finally {
      await watched.close();
    }
  });

  test('at the start is an error at once', async () => {
    await expect(
      gatewayFixture({ supergraphPath: '/nonexistent/supergraph.graphql' }),
    ).rejects.toThrow(/ENOENT/);
  });
});

test('an address from the environment goes before the one in the file', async () => {
  // The file says `*.invalid` for every subgraph; the fixture's addresses come in as the environment's do.
  expect(fixtureSupergraph()).toContain('http://credits.invalid/graphql');
  expect((await gateway.ask({ query: '{ creditYear }' })).data).toEqual({ creditYear: 2026 });
  const credits = gateway.subgraphs.credits.url;
  const direct = await gatewayFixture({ subgraphUrls: { credits } });
  try {
    expect((await direct.ask({ query: '{ creditYear }' })).data).toEqual({ creditYear: 2026 });
    expect((await direct.ask({ query: '{ gradesPublished }' })).code).toBe('SUBGRAPH_UNAVAILABLE');
  } finally {
    await direct.close();
  }
});
