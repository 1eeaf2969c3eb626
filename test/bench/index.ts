/** `npm run bench [names]`: measures on real servers beside the raw limit or a peer, in the same run. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startKafka } from '@shixun/infra/local/kafka';
import { startMongod } from '@shixun/infra/local/mongod';
import * as enrollment from './enrollment.ts';
import * as gateway from './gateway.ts';
import * as imported from './import.ts';
import * as ledger from './ledger.ts';
import * as pages from './pages.ts';

type Row = {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly peer?: number;
  readonly ratio?: number;
};
type Bench = { readonly name: string; readonly run: () => Promise<readonly Row[]> };

const benches: readonly Bench[] = [enrollment, gateway, ledger, pages, imported];
const peers: Readonly<Record<string, string>> = {
  enrollment: 'raw conditional update of one document, same durability',
  import: 'none: 100,000 teachers in 60 s is the aim',
  gateway: 'Apollo Server 5 + @apollo/gateway as they come, same subgraphs and query',
  pages: 'the same page over the small province, turn by turn; the larger is 400,000 teachers',
  ledger: 'bare kafkajs consumer with JSON.parse, same topic',
};

/** As much as a production database has; by its own default mongod would take half of the memory. */
const cacheGigabytes = 4;

function tableOf(results: ReadonlyMap<string, readonly Row[]>): string {
  const [cpu] = cpus();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  const lines = [...results].flatMap(([bench, rows]) =>
    rows.map(({ name, value, unit, peer, ratio }) => {
      const compared = peer === undefined ? ['', ''] : [`${peer} ${unit}`, ratio ?? ''];
      return `| ${[bench, name, `${value} ${unit}`, ...compared].join(' | ')} |`;
    }),
  );
  const named = [...results.keys()].map((bench) => `- ${bench}: ${peers[bench]}`);
  return [
    '# Measured',
    '',
    `By \`npm run bench\` on ${cpus().length} cores (${cpu?.model.trim()}), ${gigabytes} GB, Node ${process.version}, client, services and servers together; MongoDB keeps ${cacheGigabytes} GB in memory. Ratios hold better than absolute figures.`,
    '',
    '| bench | what | ours | peer | ratio |',
    '| --- | --- | --- | --- | --- |',
    ...lines,
    '',
    'The peer is:',
    '',
    ...named,
    '',
  ].join('\n');
}

async function main(): Promise<void> {
  const { values, positionals: wanted } = parseArgs({
    allowPositionals: true,
    options: { write: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) {
    const names = benches.map(({ name }) => name).join(', ');
    console.log(`npm run bench -- [names] [--write]\n\nNames: ${names}; all without one.`);
    console.log('--write keeps the table in docs/bench.md.');
    return;
  }
  const unknown = wanted.filter((word) => !benches.some(({ name }) => name === word));
  if (unknown.length > 0) {
    throw new Error(
      `no bench is named ${unknown.join(', ')}: ${benches.map(({ name }) => name).join(', ')}`,
    );
  }
  const chosen = benches.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
  const folder = await mkdtemp(join(tmpdir(), 'shixun-bench-'));
  await using stack = new AsyncDisposableStack();
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const mongod = await startMongod({ dataFolder: join(folder, 'mongodb'), cacheGigabytes });
  stack.defer(() => mongod.stop());
  process.env['MONGODB_URI'] = mongod.uri;
  if (chosen.includes(ledger)) {
    const kafka = await startKafka({ dataFolder: join(folder, 'kafka') });
    stack.defer(() => kafka.stop());
    process.env['KAFKA_BROKERS'] = kafka.brokers;
  }
  const results = new Map<string, readonly Row[]>();
  for (const { name, run } of chosen) {
    console.error(`measuring ${name} …`);
    results.set(name, await run());
  }
  const table = tableOf(results);
  console.log(table);
  if (values.write) await writeFile(join(import.meta.dirname, '../../docs/bench.md'), table);
}

await main();
