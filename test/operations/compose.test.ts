/** infra/compose.yaml: what the specification knows, in an order that starts, reachable only where it must be. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { projectRoot } from '@shixun/infra/local/cache-folder';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { composeSchema } from './tools.ts';

const infra = join(projectRoot, 'infra');
const schemaFile = await composeSchema();

type Service = {
  readonly image: string;
  readonly build?: unknown;
  readonly command?: readonly string[];
  readonly ports?: readonly string[];
  readonly networks?: readonly string[];
  readonly volumes?: readonly string[];
  readonly restart?: string;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
};
type Compose = {
  readonly services: Readonly<Record<string, Service>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean }>>;
  readonly volumes: Readonly<Record<string, unknown>>;
};

async function compose(): Promise<Compose> {
  const text = await readFile(join(infra, 'compose.yaml'), 'utf8');
  return parse(text, { merge: true }) as Compose;
}

(schemaFile === null ? test.skip : test)('is what the Compose Specification knows', async () => {
  const { $schema: _, ...schema } = JSON.parse(await readFile(schemaFile ?? '', 'utf8'));
  const ajv = new Ajv({ strict: false, validateFormats: false, logger: false, allErrors: true });
  const validate = ajv.compile(schema);
  const file = await compose();
  validate(file);
  expect(validate.errors ?? []).toEqual([]);
  expect(validate({ ...file, services: { gateway: { imaeg: 'shixun' } } })).toBe(false);
});

test('waits for what it needs: health where there is a check, the end of what only prepares', async () => {
  const { services } = await compose();
  for (const [name, { depends_on = {} }] of Object.entries(services)) {
    for (const [needed, { condition }] of Object.entries(depends_on)) {
      const healthy = condition === 'service_healthy';
      const other = services[needed];
      expect({ name, needed, exists: other !== undefined }).toMatchObject({ exists: true });
      if (healthy) expect({ needed, check: other?.healthcheck }).toMatchObject({ check: {} });
      else
        expect({ needed, condition, restart: other?.restart }).toEqual({
          needed,
          condition: 'service_completed_successfully',
          restart: 'on-failure',
        });
    }
  }
});

test('every program of ours starts a file that is there, with nothing it may write to', async () => {
  const { services } = await compose();
  const ours = Object.entries(services).filter(([, { image }]) => image.startsWith('shixun:'));
  expect(ours).toHaveLength(7);
  for (const [name, { command = [], ...service }] of ours) {
    expect({ name, there: existsSync(join(projectRoot, command[0] ?? '')) }).toEqual({
      name,
      there: true,
    });
    expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
    expect(service.build).toEqual({ context: '..', dockerfile: 'Dockerfile' });
  }
});

test('nothing but gateway, Prometheus and Grafana is published, and that on the loopback address', async () => {
  const { services, networks } = await compose();
  const published = Object.entries(services).flatMap(([name, { ports = [] }]) =>
    ports.map((port) => `${name} ${port}`),
  );
  expect(published.sort()).toEqual([
    'gateway 127.0.0.1:4000:4000',
    'grafana 127.0.0.1:3000:3000',
    'prometheus 127.0.0.1:9090:9090',
  ]);
  expect(networks.inside).toEqual({ internal: true });
  for (const name of ['kafka', 'mongodb', 'mongodb-replica-set', 'topics', 'otel-collector']) {
    expect({ name, networks: services[name]?.networks }).toEqual({ name, networks: ['inside'] });
  }
});

test('every mounted file is there, every named volume is declared, every image has a version', async () => {
  const { services, volumes } = await compose();
  for (const { image, volumes: mounts = [] } of Object.values(services)) {
    expect(image).toMatch(/:(?!latest)/);
    for (const [source = ''] of mounts.map((mount) => mount.split(':'))) {
      const there = source.startsWith('.') ? existsSync(join(infra, source)) : source in volumes;
      expect({ source, there }).toEqual({ source, there: true });
    }
  }
});

test('the collector uses what it defines', async () => {
  const text = await readFile(join(infra, 'otel', 'collector.yml'), 'utf8');
  const config = parse(text) as Record<string, Record<string, unknown>> & {
    readonly service: { readonly pipelines: Record<string, Record<string, readonly string[]>> };
  };
  for (const pipeline of Object.values(config.service.pipelines)) {
    for (const [room, used] of Object.entries(pipeline)) {
      expect(used.filter((name) => !(name in (config[room] ?? {})))).toEqual([]);
    }
  }
});
