/** Kubernetes' own schemas, and what a pod of ours must promise (K1, K4, K5, K8, K9 of the reliability goals). */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { Ajv, type ValidateFunction } from 'ajv';
import { PARTITIONS } from '../../packages/runtime/src/bus/kafka/topics.ts';
import {
  type Container,
  canRender,
  deployments,
  type Manifest,
  ofKind,
  overlays,
  picks,
  rendered,
  type Selector,
  workloads,
} from './rendered.ts';
import { kubernetesSchemas, kubernetesVersions } from './tools.ts';

const schemas = await kubernetesSchemas();
const whenRendered = canRender ? test : test.skip;
const whenValidated = canRender && schemas !== null ? test : test.skip;

/** The validator of each kind of one version of Kubernetes; unknown fields are refused. */
async function validators(version: string): Promise<(of: Manifest) => Promise<ValidateFunction>> {
  const ajv = new Ajv({ strict: false, validateFormats: false, logger: false, allErrors: true });
  const read = async (name: string) => {
    const text = await readFile(join(schemas ?? '', version, name), 'utf8');
    const { $schema: _, ...schema } = JSON.parse(text) as Record<string, unknown>;
    return schema;
  };
  ajv.addSchema(await read('_definitions.json'), '_definitions.json');
  return async ({ apiVersion, kind }) => {
    const [group, number] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
    const parts = [kind.toLowerCase(), group?.split('.')[0] ?? '', number].filter(Boolean);
    const name = `${parts.join('-')}.json`;
    return (
      ajv.getSchema(name) ?? ajv.addSchema(await read(name), name).getSchema(name) ?? never(name)
    );
  };
}

function never(name: string): never {
  throw new Error(`no schema ${name}`);
}

for (const version of kubernetesVersions) {
  whenValidated(
    `K1: every object of both overlays is what Kubernetes ${version} knows`,
    async () => {
      const validatorOf = await validators(version);
      const faults: string[] = [];
      for (const overlay of overlays) {
        for (const manifest of await rendered(overlay)) {
          const validate = await validatorOf(manifest);
          const { kind, metadata } = manifest;
          if (validate(manifest)) continue;
          const words = (validate.errors ?? []).map((e) => `${e.instancePath} ${e.message}`);
          faults.push(`${overlay} ${kind} ${metadata.name}: ${words.join('; ')}`);
        }
      }
      expect(faults).toEqual([]);
      const [deployment] = await ofKind('production', 'Deployment');
      const misspelled = { ...deployment, spec: { ...deployment?.spec, replica: 3 } } as Manifest;
      expect((await validatorOf(misspelled))(misspelled)).toBe(false);
    },
  );
}

whenRendered.each([...overlays])(
  '%s has gateway, four services and the topics job',
  async (overlay) => {
    const names = (await workloads(overlay)).map(
      ({ manifest, name }) => `${manifest.kind} ${name}`,
    );
    expect(names.sort()).toEqual([
      'Deployment courses',
      'Deployment credits',
      'Deployment evaluation',
      'Deployment gateway',
      'Deployment registry',
      'Job topics',
    ]);
  },
);

whenRendered.each([...overlays])('K8: every container of %s is restricted', async (overlay) => {
  for (const { pod, name } of await workloads(overlay)) {
    expect({ name, ...pod.securityContext }).toMatchObject({
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(pod.securityContext.runAsUser).toBeGreaterThanOrEqual(10_000);
    expect(pod.automountServiceAccountToken).toBe(false);
    expect(pod.hostNetwork ?? pod.hostPID ?? false).toBe(false);
    for (const container of [...pod.containers, ...(pod.initContainers ?? [])]) {
      expect(container.securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        runAsNonRoot: true,
        capabilities: { drop: ['ALL'] },
      });
      for (const kind of ['requests', 'limits'] as const) {
        expect(Object.keys(container.resources[kind]).sort()).toEqual([
          'cpu',
          'ephemeral-storage',
          'memory',
        ]);
      }
      expect(container.image).toMatch(/(@sha256:[0-9a-f]{64}|:(?!latest$)[\w.-]+)$/);
    }
  }
});

whenRendered.each([...overlays])(
  'K8: %s has its own service account for each workload, none with a token',
  async (overlay) => {
    const accounts = await ofKind(overlay, 'ServiceAccount');
    expect(
      accounts.map(({ automountServiceAccountToken }) => automountServiceAccountToken),
    ).toEqual(accounts.map(() => false));
    const used = (await workloads(overlay)).map(({ pod }) => pod.serviceAccountName);
    expect(used.sort()).toEqual(accounts.map(({ metadata }) => metadata.name).sort());
  },
);

whenRendered.each([...overlays])(
  'K8: %s admits restricted pods only and keeps no secret',
  async (overlay) => {
    const [namespace] = await ofKind(overlay, 'Namespace');
    expect(namespace?.metadata.labels).toMatchObject({
      'pod-security.kubernetes.io/enforce': 'restricted',
    });
    expect(await ofKind(overlay, 'Secret')).toEqual([]);
    const elsewhere = (await rendered(overlay)).filter(
      ({ kind, metadata }) =>
        kind !== 'Namespace' && metadata.namespace !== namespace?.metadata.name,
    );
    expect(elsewhere).toEqual([]);
  },
);

whenRendered.each([...overlays])(
  'K4: whatever runs twice or more in %s has a budget that allows one to go',
  async (overlay) => {
    const budgets = await ofKind(overlay, 'PodDisruptionBudget');
    const scalers = await ofKind(overlay, 'HorizontalPodAutoscaler');
    for (const { name, labels, manifest } of await deployments(overlay)) {
      const scaler = scalers.find(
        ({ spec }) =>
          (spec?.scaleTargetRef as { readonly name: string } | undefined)?.name === name,
      );
      const least = Number(scaler?.spec?.minReplicas);
      expect(least).toBeGreaterThanOrEqual(2);
      // A number here would undo the autoscaler's at every apply.
      expect(manifest.spec).not.toHaveProperty('replicas');
      const own = budgets.filter(({ spec }) => picks(spec?.selector as Selector, labels));
      expect(own.map(({ spec }) => spec?.maxUnavailable)).toEqual([1]);
      if (labels['app.kubernetes.io/component'] === 'subgraph') {
        expect(scaler?.spec?.maxReplicas).toBeLessThanOrEqual(PARTITIONS);
      }
    }
  },
);

whenRendered.each([...overlays])(
  'K5: rolling %s never has one less, and spreads over nodes and zones',
  async (overlay) => {
    for (const { manifest, pod } of await deployments(overlay)) {
      expect(manifest.spec?.strategy).toEqual({
        type: 'RollingUpdate',
        rollingUpdate: { maxUnavailable: 0, maxSurge: 1 },
      });
      expect(pod.topologySpreadConstraints?.map(({ topologyKey }) => topologyKey)).toEqual([
        'kubernetes.io/hostname',
        'topology.kubernetes.io/zone',
      ]);
    }
  },
);

/** Seconds until a probe that always fails has its effect. */
function patience(
  container: Container,
  probe: 'startupProbe' | 'readinessProbe' | 'livenessProbe',
) {
  const { periodSeconds = 0, failureThreshold = 0 } = container[probe] ?? {};
  return periodSeconds * failureThreshold;
}

whenRendered.each([...overlays])(
  'K9: the probes of %s differ by purpose, and stopping waits for them',
  async (overlay) => {
    for (const { pod } of await deployments(overlay)) {
      for (const container of pod.containers) {
        // /health/live asks neither MongoDB nor Kafka (packages/runtime/src/health.ts); /health/ready asks MongoDB.
        expect(container.livenessProbe?.httpGet).toEqual({ path: '/health/live', port: 'http' });
        expect(container.startupProbe?.httpGet).toEqual({ path: '/health/live', port: 'http' });
        expect(container.readinessProbe?.httpGet).toEqual({ path: '/health/ready', port: 'http' });
        const [start, live, ready] = (
          ['startupProbe', 'livenessProbe', 'readinessProbe'] as const
        ).map((probe) => patience(container, probe));
        expect(start).toBeGreaterThan(live ?? 0);
        expect(live).toBeGreaterThan(ready ?? 0);
        expect(ready).toBeGreaterThan(0);
        const sleep = container.lifecycle?.preStop.sleep.seconds ?? 0;
        expect(sleep).toBeGreaterThanOrEqual(5);
        // The programs give the last answers 15 s after SIGTERM.
        expect(pod.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(sleep + 15 + 5);
      }
    }
  },
);

whenRendered.each([...overlays])('%s has three copies of every topic', async (overlay) => {
  const [job] = (await workloads(overlay)).filter(({ name }) => name === 'topics');
  const [name] = job?.pod.containers[0]?.envFrom ?? [];
  const maps = await ofKind(overlay, 'ConfigMap');
  const events = maps.find(({ metadata }) => metadata.name === name?.configMapRef.name);
  expect(events?.data?.KAFKA_REPLICATION_FACTOR).toBe('3');
  expect(job?.pod.containers[0]?.args).toEqual(['infra/topics/create.ts']);
});
