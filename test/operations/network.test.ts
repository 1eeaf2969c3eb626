/** K7: nobody talks to anybody but for this list; an edge more fails as well as an edge less. */
import { expect, test } from '@jest/globals';
import {
  canRender,
  type Labels,
  type Overlay,
  ofKind,
  overlays,
  picks,
  type Selector,
  type Workload,
  workloads,
} from './rendered.ts';

const whenRendered = canRender ? test : test.skip;

type Peer = { readonly namespaceSelector?: Selector; readonly podSelector?: Selector };
type Port = { readonly protocol: string; readonly port: string | number };
type Rule = {
  readonly from?: readonly Peer[];
  readonly to?: readonly Peer[];
  readonly ports?: readonly Port[];
};
type Policy = {
  readonly podSelector: Selector;
  readonly policyTypes: readonly string[];
  readonly ingress?: readonly Rule[];
  readonly egress?: readonly Rule[];
};

const ports = { registry: 4001, courses: 4002, credits: 4003, evaluation: 4004 } as const;
const services = Object.entries(ports);
const everyPod = ['gateway', ...Object.keys(ports), 'topics'];
const answering = ['gateway', ...Object.keys(ports)];

/** Of the services that have commands which one replica executes for all. */
const betweenReplicas = (['courses', 'evaluation'] as const).map(
  (name) => `${name} → ${name} TCP ${ports[name]}`,
);

const expected = {
  egress: [
    ...everyPod.flatMap((pod) => [
      `${pod} → kube-system/kube-dns UDP 53`,
      `${pod} → kube-system/kube-dns TCP 53`,
    ]),
    ...services.map(([name, port]) => `gateway → ${name} TCP ${port}`),
    ...services.map(([name]) => `${name} → mongodb/* TCP 27017`),
    'registry → objects/* TCP 9000',
    'courses → objects/* TCP 9000',
    ...betweenReplicas,
    ...[...Object.keys(ports), 'topics'].map((pod) => `${pod} → kafka/* TCP 9092`),
    ...answering.flatMap((pod) => [
      `${pod} → identity/* TCP 8443`,
      `${pod} → observability/opentelemetry-collector TCP 4318`,
    ]),
  ],
  ingress: [
    'ingress-nginx/* → gateway TCP 4000',
    ...betweenReplicas,
    ...services.map(([name, port]) => `gateway → ${name} TCP ${port}`),
    'observability/prometheus → gateway TCP 4000',
    ...services.map(([name, port]) => `observability/prometheus → ${name} TCP ${port}`),
  ],
};

/** Peers by name: our own pods, or `namespace/what` for others'. A rule without peers or ports lets everything in. */
function namesOf(peers: readonly Peer[] | undefined, pods: readonly Workload[]): readonly string[] {
  if (peers === undefined) return ['anybody'];
  return peers.flatMap(({ namespaceSelector, podSelector }) => {
    if (namespaceSelector === undefined) {
      return pods.filter(({ labels }) => picks(podSelector ?? {}, labels)).map(({ name }) => name);
    }
    const namespace = namespaceSelector.matchLabels?.['kubernetes.io/metadata.name'] ?? 'any';
    return [`${namespace}/${whatOf(podSelector?.matchLabels)}`];
  });
}

function whatOf(labels: Labels | undefined): string {
  return labels === undefined ? '*' : (Object.values(labels)[0] ?? '*');
}

function portsOf(rule: Rule, server: Workload | undefined): readonly string[] {
  if (rule.ports === undefined) return ['any port'];
  return rule.ports.map(({ protocol, port }) => {
    const named = server?.pod.containers[0]?.ports?.find(({ name }) => name === port);
    return `${protocol} ${named?.containerPort ?? port}`;
  });
}

async function edges(
  overlay: Overlay,
  direction: 'ingress' | 'egress',
): Promise<readonly string[]> {
  const pods = await workloads(overlay);
  const policies = (await ofKind(overlay, 'NetworkPolicy')).map(({ spec }) => spec as Policy);
  const found = policies.flatMap((policy) =>
    pods
      .filter(({ labels }) => picks(policy.podSelector, labels))
      .flatMap((pod) =>
        (policy[direction] ?? []).flatMap((rule) =>
          namesOf(direction === 'ingress' ? rule.from : rule.to, pods).flatMap((peer) => {
            const [client, server] = direction === 'ingress' ? [peer, pod.name] : [pod.name, peer];
            const serving = pods.find(({ name }) => name === server);
            return portsOf(rule, serving).map((port) => `${client} → ${server} ${port}`);
          }),
        ),
      ),
  );
  return [...new Set(found)].sort();
}

whenRendered.each([...overlays])(
  'K7: %s lets exactly the needed edges through',
  async (overlay) => {
    expect(await edges(overlay, 'egress')).toEqual([...expected.egress].sort());
    expect(await edges(overlay, 'ingress')).toEqual([...expected.ingress].sort());
  },
);

whenRendered.each([...overlays])(
  'K7: %s denies by default, for every pod and both ways',
  async (overlay) => {
    const policies = (await ofKind(overlay, 'NetworkPolicy')).map(({ spec }) => spec as Policy);
    const denying = policies.filter(
      ({ podSelector, policyTypes, ingress, egress }) =>
        Object.keys(podSelector).length === 0 &&
        [...policyTypes].sort().join() === 'Egress,Ingress' &&
        ingress === undefined &&
        egress === undefined,
    );
    expect(denying).toHaveLength(1);
  },
);

whenRendered.each([...overlays])(
  '%s: a service of Kubernetes leads to the port its pods listen on',
  async (overlay) => {
    const pods = await workloads(overlay);
    const found = await ofKind(overlay, 'Service');
    expect(found.map(({ metadata }) => metadata.name).sort()).toEqual([...answering].sort());
    for (const { metadata, spec } of found) {
      const served = pods.filter(({ labels }) =>
        picks({ matchLabels: spec?.selector as Labels }, labels),
      );
      expect(served.map(({ name }) => name)).toEqual([metadata.name]);
      const [port] = (spec?.ports ?? []) as readonly {
        readonly port: number;
        readonly targetPort: string;
      }[];
      const target = served[0]?.pod.containers[0]?.ports?.find(
        ({ name }) => name === port?.targetPort,
      );
      expect(target?.containerPort).toBe(port?.port);
    }
  },
);
