/** One part of the gateway's bench as a process of its own: `subgraphs`, `ours` or `stock`. Tells its URL when it answers. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { buildGateway } from '@shixun/gateway';
import { type SubgraphName, startSubgraphs } from '@shixun/gateway/fixtures/subgraphs';
import { fixtureSupergraph } from '@shixun/gateway/fixtures/supergraph';

export type Part = 'subgraphs' | 'ours' | 'stock';
type Urls = Record<SubgraphName, string>;

async function subgraphs(): Promise<Urls> {
  const running = Object.values(await startSubgraphs());
  return Object.fromEntries(running.map(({ name, url }) => [name, url])) as Urls;
}

/** Our gateway as it runs in development: every check on, the public asking. */
async function ours(urls: Urls): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'shixun-bench-'));
  const supergraphPath = join(folder, 'supergraph.graphql');
  await writeFile(supergraphPath, fixtureSupergraph(urls));
  const app = await buildGateway({
    production: false,
    supergraphPath,
    subgraphUrls: {},
    authenticate: async () => null,
  });
  process.once('disconnect', () => void rm(folder, { recursive: true, force: true }));
  return `${await app.listen({ host: '127.0.0.1', port: 0 })}/graphql`;
}

/** Apollo Server and @apollo/gateway as their documentation starts them. */
async function stock(urls: Urls): Promise<string> {
  const gateway = new ApolloGateway({ supergraphSdl: fixtureSupergraph(urls) });
  const server = new ApolloServer({ gateway });
  const { url } = await startStandaloneServer(server, { listen: { host: '127.0.0.1', port: 0 } });
  return url;
}

process.on('disconnect', () => setTimeout(() => process.exit(0), 200));
process.on('message', () => process.send?.({ cpuMicros: cpuMicros() }));

function cpuMicros(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

const [part, urls = '{}'] = process.argv.slice(2);
const start = { subgraphs, ours, stock }[part as Part];
process.send?.({ ready: await start(JSON.parse(urls)) });
