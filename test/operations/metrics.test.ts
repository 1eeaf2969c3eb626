/** Dashboard and alerts ask for what the programs really tell: names, labels and outcomes; promtool for the rest. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { errorAnswers } from '@shixun/gateway/errors';
import { projectRoot } from '@shixun/infra/local/cache-folder';
import { type Database, Metrics } from '@shixun/runtime';
import { parse } from 'yaml';
import { gatewayMetrics } from '../../gateway/src/metrics.ts';
import { consumerMetrics } from '../../packages/runtime/src/inbox/metrics.ts';
import { relayMetrics } from '../../packages/runtime/src/outbox/metrics.ts';
import { choreMetrics } from '../../packages/runtime/src/scheduler/metrics.ts';
import { promtool, run } from './tools.ts';

const prometheus = join(projectRoot, 'infra', 'prometheus');
const promtoolPath = await promtool();

/** What Prometheus itself adds to each series, and the default label of both registries. */
const everywhere = ['job', 'instance', 'service'];

/** Every series that a service or the gateway tells, with its labels: read from their own registries. */
function toldSeries(): ReadonlyMap<string, readonly string[]> {
  const { registry } = new Metrics('courses');
  // Gauges ask the database only when they are read, which nobody does here.
  const unread = { connection: { collection: () => ({}) } } as unknown as Database;
  relayMetrics(registry, unread, 'courses');
  choreMetrics(registry);
  consumerMetrics(registry, unread).watch(() => {
    throw new Error('nobody reads this');
  });
  const series = new Map<string, readonly string[]>([['up', everywhere]]);
  for (const { registry: told } of [{ registry }, gatewayMetrics()]) {
    for (const metric of told.getMetricsAsArray()) {
      const { labelNames = [] } = metric as unknown as { readonly labelNames?: readonly string[] };
      const labels = [...everywhere, ...labelNames];
      series.set(metric.name, labels);
      if (String(metric.type) !== 'histogram') continue;
      series.set(`${metric.name}_bucket`, [...labels, 'le']);
      series.set(`${metric.name}_count`, labels);
      series.set(`${metric.name}_sum`, labels);
    }
  }
  return series;
}

const words = new Set(['by', 'without', 'on', 'ignoring', 'and', 'or', 'unless', 'offset', 'bool']);

/** The series that an expression selects, each with the labels it asks for. */
function selected(expression: string) {
  const grouped = [...expression.matchAll(/\b(?:by|without)\s*\(([^)]*)\)/g)].flatMap((match) =>
    (match[1] ?? '').split(',').map((label) => label.trim()),
  );
  const plain = expression
    .replaceAll(/\b(?:by|without)\s*\([^)]*\)/g, ' ')
    .replaceAll(/\[[^\]]*\]/g, ' ');
  const found = [...plain.matchAll(/\b([a-z_]\w*)\b(?!\s*\()\s*(?:\{([^}]*)\})?/g)]
    .filter(([, name = '']) => !words.has(name) && !inString(plain, name))
    .map(([, name = '', matchers = '']) => ({
      name,
      labels: [...matchers.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g)].map((match) => match[1] ?? ''),
    }));
  return { found, grouped };
}

/** Words that stand in label values only. */
function inString(expression: string, word: string): boolean {
  return !new RegExp(`\\b${word}\\b`).test(
    expression.replaceAll(/"[^"]*"/g, '""').replaceAll(/\{[^}]*\}/g, '{}'),
  );
}

/** What is wrong with an expression; nothing when it asks for what is told. */
function faultsOf(expression: string): readonly string[] {
  const told = toldSeries();
  const { found, grouped } = selected(expression);
  const unknown = found
    .filter(({ name }) => !told.has(name))
    .map(({ name }) => `no series ${name}`);
  const labels = found.flatMap(({ name, labels }) =>
    labels
      .filter((label) => !(told.get(name) ?? []).includes(label))
      .map((label) => `${name} has no label ${label}`),
  );
  const all = found.flatMap(({ name }) => told.get(name) ?? []);
  const groups = grouped
    .filter((label) => !all.includes(label))
    .map((label) => `no label ${label} to group by`);
  return [...(found.length === 0 ? ['selects nothing'] : []), ...unknown, ...labels, ...groups];
}

type Alert = {
  readonly alert: string;
  readonly expr: string;
  readonly annotations: { readonly runbook: string };
};

async function alerts(): Promise<readonly Alert[]> {
  const text = await readFile(join(prometheus, 'rules.yml'), 'utf8');
  const { groups } = parse(text) as {
    readonly groups: readonly { readonly rules: readonly Alert[] }[];
  };
  return groups.flatMap(({ rules }) => rules);
}

type Panel = {
  readonly title: string;
  readonly type: string;
  readonly targets?: readonly { readonly expr: string }[];
};

async function dashboard() {
  const text = await readFile(join(projectRoot, 'infra/grafana/dashboards/shixun.json'), 'utf8');
  const { panels, templating } = JSON.parse(text) as {
    readonly panels: readonly Panel[];
    readonly templating: {
      readonly list: readonly { readonly query: { readonly query: string } }[];
    };
  };
  const queries = panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ expr }) => ({ title, expr })),
  );
  return { panels, queries, variables: templating.list.map(({ query }) => query.query) };
}

test('an expression that asks for what nobody tells is found out', () => {
  expect(faultsOf('max by (service) (outbox_oldest_seconds)')).toEqual([]);
  expect(faultsOf('max(outbox_oldest_minutes) > 1')).toEqual(['no series outbox_oldest_minutes']);
  expect(faultsOf('dead_letters{queue="a b"}')).toEqual(['dead_letters has no label queue']);
  expect(faultsOf('sum by (region) (dead_letters)')).toEqual(['no label region to group by']);
  expect(faultsOf('rate(command_duration_seconds_total[5m])')).toEqual([
    'no series command_duration_seconds_total',
  ]);
});

test('every panel of the dashboard asks for series and labels that are told', async () => {
  const { queries, variables } = await dashboard();
  expect(queries.length).toBeGreaterThan(20);
  expect(
    queries.flatMap(({ title, expr }) => faultsOf(expr).map((fault) => `${title}: ${fault}`)),
  ).toEqual([]);
  for (const query of variables) {
    const [, series = '', label = ''] = /^label_values\((\w+), (\w+)\)$/.exec(query) ?? [];
    expect(faultsOf(`sum by (${label}) (${series})`)).toEqual([]);
  }
});

test('the dashboard shows commands, outbox, consumers, dead letters, the gateway and the event loop', async () => {
  const { queries } = await dashboard();
  const asked = new Set(
    queries.flatMap(({ expr }) => selected(expr).found.map(({ name }) => name)),
  );
  expect([...asked]).toEqual(
    expect.arrayContaining([
      'command_duration_seconds_bucket',
      'command_duration_seconds_count',
      'outbox_unpublished',
      'outbox_oldest_seconds',
      'consumer_lag',
      'dead_letters',
      'gateway_operation_seconds_bucket',
      'gateway_operation_seconds_count',
      'nodejs_eventloop_lag_p99_seconds',
    ]),
  );
});

test('K10: every alert asks for series, labels and outcomes that are told', async () => {
  const faults = (await alerts()).flatMap(({ alert, expr }) =>
    faultsOf(expr).map((fault) => `${alert}: ${fault}`),
  );
  expect(faults).toEqual([]);
  const { queries } = await dashboard();
  const all = [...(await alerts()), ...queries].map(({ expr }) => expr).join('\n');
  const outcomes = [
    ...all.matchAll(/gateway_operation_seconds_count\{outcome=~"([^"]*)"/g),
  ].flatMap((match) => (match[1] ?? '').split('|'));
  expect(outcomes.length).toBeGreaterThan(0);
  expect(outcomes.filter((code) => !(code in errorAnswers))).toEqual([]);
});

test('every alert is explained in the operators’ guide, and nothing else is', async () => {
  const guide = await readFile(join(projectRoot, 'docs', 'howto', 'operate.md'), 'utf8');
  const explained = [...guide.matchAll(/^### ([A-Z]\w+)$/gm)].map((match) => match[1]);
  const all = await alerts();
  expect([...explained].sort()).toEqual(all.map(({ alert }) => alert).sort());
  for (const { alert, annotations } of all) {
    expect(annotations.runbook).toBe(`docs/howto/operate.md#${alert.toLowerCase()}`);
  }
});

test('K10: every alert has a test of its own', async () => {
  const { tests } = parse(await readFile(join(prometheus, 'rules.test.yml'), 'utf8')) as {
    readonly tests: readonly {
      readonly alert_rule_test: readonly {
        readonly alertname: string;
        readonly exp_alerts: readonly unknown[];
      }[];
    }[];
  };
  const cases = tests.flatMap(({ alert_rule_test }) => alert_rule_test);
  for (const { alert } of await alerts()) {
    const own = cases.filter(({ alertname }) => alertname === alert);
    expect({ alert, fires: own.some(({ exp_alerts }) => exp_alerts.length > 0) }).toEqual({
      alert,
      fires: true,
    });
    expect({ alert, silent: own.some(({ exp_alerts }) => exp_alerts.length === 0) }).toEqual({
      alert,
      silent: true,
    });
  }
});

(promtoolPath === null ? test.skip : test)(
  'K10: promtool accepts configuration and rules, and their tests pass',
  async () => {
    const program = promtoolPath ?? '';
    await run(program, ['check', 'config', 'prometheus.yml'], prometheus);
    await run(program, ['check', 'rules', 'rules.yml'], prometheus);
    await expect(run(program, ['test', 'rules', 'rules.test.yml'], prometheus)).resolves.toContain(
      'SUCCESS',
    );
  },
);
