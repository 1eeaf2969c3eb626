/**
 * What manifests and compose set is what the programs read: nothing unknown, nothing missing. Each environment is
 * given to the very function that reads it at the start.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { gatewayConfig, gatewayEnvironment } from '@shixun/gateway/config';
import { projectRoot } from '@shixun/infra/local/cache-folder';
import { serviceConfig, serviceEnvironment } from '@shixun/runtime';
import { parse } from 'yaml';
import { canRender, type Overlay, ofKind, overlays, type Workload, workloads } from './rendered.ts';

const whenRendered = canRender ? test : test.skip;
type Environment = Readonly<Record<string, string>>;

/** Stands for any secret: 32 bytes in base64 are long enough for each of them. */
const secret = Buffer.alloc(32, 7).toString('base64');

const podAddress = '10.0.0.7';

/** No port and no database of the programs' own: both have to be said. */
const nothing = { database: '', port: -1 };

async function environmentOf(overlay: Overlay, { pod }: Workload): Promise<Environment> {
  const maps = await ofKind(overlay, 'ConfigMap');
  const given: Record<string, string> = {};
  for (const { env = [], envFrom = [] } of pod.containers) {
    for (const { configMapRef } of envFrom) {
      const map = maps.find(({ metadata }) => metadata.name === configMapRef.name);
      if (map === undefined) throw new Error(`no ConfigMap ${configMapRef.name}`);
      Object.assign(given, map.data);
    }
    const ofPod = env.filter(({ valueFrom }) => valueFrom && 'fieldRef' in valueFrom);
    for (const { name, value, valueFrom } of env) {
      // What the pod is told of itself is there for other values to name.
      if (ofPod.some((each) => each.name === name)) continue;
      given[name] = valueFrom === undefined ? String(value) : secret;
      for (const each of ofPod) given[name] = given[name].replace(`$(${each.name})`, podAddress);
    }
  }
  return given;
}

function expectComplete(name: string, given: Environment): void {
  if (name === 'topics') {
    expect(unknown(given, serviceEnvironment.shape)).toEqual([]);
    expect(given.KAFKA_BROKERS).toMatch(/:9092/);
    return;
  }
  if (name === 'gateway') {
    expect(unknown(given, gatewayEnvironment.shape)).toEqual([]);
    const read = gatewayConfig(given);
    expect(read).toMatchObject({ production: true, host: '0.0.0.0', port: 4000 });
    expect(read.persistedDocumentsPath).toBe('/app/gateway/persisted-documents.json');
    return;
  }
  expect(unknown(given, serviceEnvironment.shape)).toEqual([]);
  const read = serviceConfig(given, nothing);
  expect(read).toMatchObject({ production: true, host: '0.0.0.0', database: name });
  expect(read).toMatchObject({ eventBus: 'kafka' });
  expect(Buffer.from(read.personalDataKey, 'base64')).toHaveLength(32);
  expect(read.auditSigningKey).not.toBe('');
  if (read.advertisedUrl !== '')
    expect(read.advertisedUrl).toBe(`http://${podAddress}:${read.port}`);
}

function unknown(given: Environment, shape: object): readonly string[] {
  return Object.keys(given).filter((name) => !(name in shape));
}

describe('Kubernetes', () => {
  whenRendered.each([...overlays])(
    '%s sets every variable, and none that nobody reads',
    async (overlay) => {
      for (const workload of await workloads(overlay)) {
        const given = await environmentOf(overlay, workload);
        expectComplete(workload.name, given);
        if (workload.name === 'topics') continue;
        const [port] = workload.pod.containers[0]?.ports ?? [];
        expect(given.HTTP_PORT).toBe(String(port?.containerPort));
      }
    },
  );

  whenRendered.each([...overlays])(
    '%s sends the gateway where the services are',
    async (overlay) => {
      const all = await workloads(overlay);
      const gateway = all.find(({ name }) => name === 'gateway');
      if (gateway === undefined) throw new Error('no gateway');
      const { subgraphUrls } = gatewayConfig(await environmentOf(overlay, gateway));
      const services = await ofKind(overlay, 'Service');
      for (const [name, url] of Object.entries(subgraphUrls)) {
        const service = services.find(({ metadata }) => metadata.name === name);
        const [port] = (service?.spec?.ports ?? []) as readonly { readonly port: number }[];
        expect(url).toBe(`http://${name}:${port?.port}/graphql`);
      }
    },
  );

  whenRendered.each([...overlays])(
    'S18: what is secret in %s comes from a Secret',
    async (overlay) => {
      const secretNames = [
        'MONGODB_URI',
        'GATEWAY_CREDENTIAL',
        'PERSONAL_DATA_KEY',
        'AUDIT_SIGNING_KEY',
      ];
      for (const { data = {} } of await ofKind(overlay, 'ConfigMap')) {
        expect(Object.keys(data).filter((name) => secretNames.includes(name))).toEqual([]);
      }
      for (const { pod } of await workloads(overlay)) {
        const said = pod.containers.flatMap(({ env = [] }) => env);
        const open = said.filter(
          ({ name, value }) => secretNames.includes(name) && value !== undefined,
        );
        expect(open).toEqual([]);
      }
    },
  );
});

describe('compose', () => {
  type ComposeService = { readonly environment?: Readonly<Record<string, string | number>> };
  const programs = ['gateway', 'registry', 'courses', 'credits', 'evaluation', 'topics'];

  async function composeServices(): Promise<Readonly<Record<string, ComposeService>>> {
    const text = await readFile(join(projectRoot, 'infra', 'compose.yaml'), 'utf8');
    return (parse(text, { merge: true }) as { readonly services: Record<string, ComposeService> })
      .services;
  }

  /** As compose puts it in: `${NAME:?message}` is what the operator gave, `${NAME:-fallback}` the fallback. */
  function interpolated(text: string): string {
    return text.replaceAll(/\$\{(\w+)(?::([?-])([^}]*))?\}/g, (_, name, kind, rest) =>
      kind === '-' ? rest : name.endsWith('_URL') ? 'https://login.example.org/keys' : secret,
    );
  }

  test.each(programs)('sets every variable of %s, and none that nobody reads', async (name) => {
    const { environment = {} } = (await composeServices())[name] ?? {};
    const given = Object.fromEntries(
      Object.entries(environment).map(([key, value]) => [key, interpolated(String(value))]),
    );
    expectComplete(name, given);
  });

  test('S18: what is secret comes from the environment, and is asked for when it is absent', async () => {
    const secretive = /PASSWORD|CREDENTIAL|_KEY$|MONGODB_URI/;
    for (const [name, { environment = {} }] of Object.entries(await composeServices())) {
      for (const [key, value] of Object.entries(environment).filter(([key]) =>
        secretive.test(key),
      )) {
        expect({ name, key, value }).toEqual({
          name,
          key,
          value: expect.stringMatching(/\$\{\w+:\?.+\}/),
        });
      }
    }
  });
});
