/** The overlays as a cluster would get them. */
import { join } from 'node:path';
import { projectRoot } from '@shixun/infra/local/cache-folder';
import { parseAllDocuments } from 'yaml';
import { kustomize, run } from './tools.ts';

export const overlays = ['staging', 'production'] as const;
export type Overlay = (typeof overlays)[number];

export type Labels = Readonly<Record<string, string>>;

export type Probe = {
  readonly httpGet: { readonly path: string; readonly port: string | number };
  readonly periodSeconds: number;
  readonly failureThreshold: number;
};

export type EnvironmentEntry = {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?:
    | { readonly secretKeyRef: { readonly name: string; readonly key: string } }
    | { readonly fieldRef: { readonly fieldPath: string } };
};

export type Container = {
  readonly name: string;
  readonly image: string;
  readonly args: readonly string[];
  readonly env?: readonly EnvironmentEntry[];
  readonly envFrom?: readonly { readonly configMapRef: { readonly name: string } }[];
  readonly ports?: readonly { readonly name: string; readonly containerPort: number }[];
  readonly resources: Readonly<Record<'requests' | 'limits', Labels>>;
  readonly securityContext: Readonly<Record<string, unknown>>;
  readonly lifecycle?: { readonly preStop: { readonly sleep: { readonly seconds: number } } };
  readonly startupProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly livenessProbe?: Probe;
};

export type PodSpec = {
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly serviceAccountName: string;
  readonly automountServiceAccountToken: boolean;
  readonly securityContext: Readonly<Record<string, unknown>>;
  readonly terminationGracePeriodSeconds?: number;
  readonly topologySpreadConstraints?: readonly { readonly topologyKey: string }[];
  readonly volumes?: readonly unknown[];
  readonly hostNetwork?: boolean;
  readonly hostPID?: boolean;
};

/** An object of Kubernetes; `spec` is read by those who know its kind. */
export type Manifest = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Labels;
  };
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly data?: Labels;
  readonly automountServiceAccountToken?: boolean;
};

export type Workload = {
  readonly manifest: Manifest;
  readonly name: string;
  readonly labels: Labels;
  readonly pod: PodSpec;
};

const renderer = await kustomize();

/** Whether anything here can render. */
export const canRender = renderer !== null;

const known = new Map<Overlay, Promise<readonly Manifest[]>>();

export function rendered(overlay: Overlay): Promise<readonly Manifest[]> {
  const present = known.get(overlay) ?? render(overlay);
  known.set(overlay, present);
  return present;
}

async function render(overlay: Overlay): Promise<readonly Manifest[]> {
  const [command, ...args] = renderer ?? [];
  if (command === undefined) throw new Error('nothing here can render a kustomization');
  const text = await run(command, [...args, join(projectRoot, 'k8s', 'overlays', overlay)]);
  return parseAllDocuments(text).map((document) => document.toJS() as Manifest);
}

export async function ofKind(overlay: Overlay, kind: string): Promise<readonly Manifest[]> {
  return (await rendered(overlay)).filter((manifest) => manifest.kind === kind);
}

/** Whatever makes pods. */
export async function workloads(overlay: Overlay): Promise<readonly Workload[]> {
  const manifests = (await rendered(overlay)).filter(({ spec }) => spec && 'template' in spec);
  return manifests.map((manifest) => {
    const { template } = manifest.spec as {
      readonly template: { readonly metadata: { readonly labels: Labels }; readonly spec: PodSpec };
    };
    const { labels } = template.metadata;
    return { manifest, name: manifest.metadata.name, labels, pod: template.spec };
  });
}

export async function deployments(overlay: Overlay): Promise<readonly Workload[]> {
  return (await workloads(overlay)).filter(({ manifest }) => manifest.kind === 'Deployment');
}

/** What a selector of labels picks. */
export function picks(selector: Selector, labels: Labels): boolean {
  const { matchLabels = {}, matchExpressions = [] } = selector;
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, operator, values }) => {
      if (operator !== 'In')
        throw new Error(`selectors here know the operator In, not ${operator}`);
      return values.includes(labels[key] ?? '');
    })
  );
}

export type Selector = {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values: readonly string[];
  }[];
};
