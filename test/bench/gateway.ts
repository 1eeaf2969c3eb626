/**
 * Our gateway beside Apollo Server with @apollo/gateway as they come, over the same subgraphs: a page of 20 projects
 * with institutions, grades, 80 teachers and their credits (5 subgraph requests in 2 levels), 32 connections, cursors
 * that differ. Every part is a process of its own; the two gateways take turns, so that the machine's mood hits both.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { projectsPage } from '@shixun/gateway/fixtures/supergraph';
import autocannon from 'autocannon';
import type { Part } from './gateway-process.ts';
import type { Row } from './ledger.ts';

export const name = 'gateway';

export type GatewayLoad = { readonly rounds: number; readonly seconds: number };

const load: GatewayLoad = { rounds: 3, seconds: 8 };
const connections = 32;
const warmSeconds = 4;
const cursors = 200;

type Started = { readonly child: ChildProcess; readonly ready: unknown };
type Round = {
  readonly requests: number;
  readonly seconds: number;
  readonly cpuMicros: number;
  readonly p99: number;
};

const bodies = Array.from({ length: cursors }, (_, index) =>
  JSON.stringify({
    query: projectsPage,
    variables: { first: 20, after: `prj-${(index * 7919) % 100_000}` },
  }),
);

/** Needs nothing running. */
export async function run({ rounds, seconds } = load): Promise<Row[]> {
  const children: ChildProcess[] = [];
  const started = async (
    part: Part,
    flags: readonly string[],
    urls: unknown = {},
  ): Promise<Started> => {
    const answer = await start(part, flags, urls);
    children.push(answer.child);
    return answer;
  };
  try {
    const subgraphs = await started('subgraphs', []);
    const ours = await started('ours', ['--max-semi-space-size=64'], subgraphs.ready);
    const stock = await started('stock', [], subgraphs.ready);
    await expectSameAnswers(String(ours.ready), String(stock.ready));
    for (const gateway of [ours, stock]) await measure(gateway, warmSeconds);
    const measured: { ours: Round[]; stock: Round[] } = { ours: [], stock: [] };
    for (let round = 0; round < rounds; round += 1) {
      measured.ours.push(await measure(ours, seconds));
      measured.stock.push(await measure(stock, seconds));
    }
    return rows(measured.ours, measured.stock);
  } finally {
    for (const child of children) child.disconnect();
    await Promise.all(children.map((child) => once(child, 'exit')));
  }
}

async function start(part: Part, execArgv: readonly string[], urls: unknown): Promise<Started> {
  const child = fork(
    join(import.meta.dirname, 'gateway-process.ts'),
    [part, JSON.stringify(urls)],
    {
      execArgv: [...execArgv],
      env: { ...process.env, NODE_ENV: 'production', APOLLO_TELEMETRY_DISABLED: 'true' },
    },
  );
  const [{ ready }] = await once(child, 'message');
  return { child, ready };
}

async function expectSameAnswers(ours: string, stock: string): Promise<void> {
  for (const body of bodies.slice(0, 10)) {
    const [left, right] = await Promise.all([post(ours, body), post(stock, body)]);
    if (left !== right) throw new Error(`the gateways answer differently:\n${left}\n${right}`);
  }
}

async function post(url: string, body: string): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body });
  const { data, errors } = (await response.json()) as { data: unknown; errors?: unknown };
  if (errors !== undefined)
    throw new Error(`a gateway answers with errors: ${JSON.stringify(errors)}`);
  return JSON.stringify(data);
}

async function measure({ child, ready }: Started, seconds: number): Promise<Round> {
  const before = await cpuOf(child);
  const result = await autocannon({
    url: String(ready),
    connections,
    duration: seconds,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    requests: bodies.map((body) => ({ body })),
  });
  if (result.non2xx + result.errors > 0) throw new Error('a gateway failed under load');
  return {
    requests: result.requests.total,
    seconds: result.duration,
    cpuMicros: (await cpuOf(child)) - before,
    p99: result.latency.p99,
  };
}

async function cpuOf(child: ChildProcess): Promise<number> {
  const answer = once(child, 'message');
  child.send('cpu');
  const [{ cpuMicros }] = await answer;
  return cpuMicros;
}

function rows(ours: readonly Round[], stock: readonly Round[]): Row[] {
  const sum = (rounds: readonly Round[], of: (round: Round) => number) =>
    rounds.reduce((total, round) => total + of(round), 0);
  const perSecond = (rounds: readonly Round[]) =>
    sum(rounds, (r) => r.requests) / sum(rounds, (r) => r.seconds);
  const cpu = (rounds: readonly Round[]) =>
    sum(rounds, (r) => r.cpuMicros) / sum(rounds, (r) => r.requests) / 1000;
  const p99 = (rounds: readonly Round[]) => sum(rounds, (r) => r.p99) / rounds.length;
  const beside = (title: string, unit: string, value: number, peer: number): Row => ({
    name: `${title}, beside Apollo Server 5 + @apollo/gateway`,
    value: round2(value),
    unit,
    peer: round2(peer),
    ratio: round2(value / peer),
  });
  return [
    beside(
      'gateway: a page in 5 subgraph requests',
      'requests/s',
      perSecond(ours),
      perSecond(stock),
    ),
    beside('gateway: CPU of its process per request', 'ms', cpu(ours), cpu(stock)),
    beside('gateway: p99 at 32 connections', 'ms', p99(ours), p99(stock)),
  ];
}

function round2(value: number): number {
  return Math.round(value * 100) / 100;
}

if (import.meta.main) console.table(await run());
