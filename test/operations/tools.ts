/**
 * The programs and schemas by which manifests are checked. None is needed to run the platform: each is looked for,
 * then fetched into the cache folder once; where that fails too, one line says what was not checked.
 */
import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  alreadyFetched,
  type Fetchable,
  failedLately,
  fetchOnce,
} from '@shixun/infra/local/fetched';
import { programOnPath } from '@shixun/infra/local/program';
import { wheel } from '@shixun/infra/local/wheel';

const execute = promisify(execFile);
const inCi = process.env.CI === 'true';

/** Longest wait for a fetch or an installation; two cores compile kustomize in about two minutes. */
const fetchMs = 8 * 60_000;
const runMs = 60_000;
const outputBytesMax = 50_000_000;

/** The oldest and the newest Kubernetes that the manifests are held to. */
export const kubernetesVersions = ['v1.31.0', 'v1.37.0'] as const;

/** Runs a program and answers its standard output; rejects with what it said. */
export async function run(command: string, args: readonly string[], cwd?: string): Promise<string> {
  const options = { timeout: runMs, maxBuffer: outputBytesMax, ...(cwd ? { cwd } : {}) };
  const { stdout } = await execute(command, [...args], options);
  return stdout;
}

/** How to render a kustomization: command and first arguments; null when nothing here can. */
export async function kustomize(): Promise<readonly string[] | null> {
  const cached = alreadyFetched(kustomizeProgram.name);
  if (cached !== null) return [join(cached, 'kustomize'), 'build'];
  const own = programOnPath('kustomize');
  if (own !== null) return [own, 'build'];
  const kubectl = programOnPath('kubectl');
  if (kubectl !== null) return [kubectl, 'kustomize'];
  const fetched = await fetchedOrSaid(kustomizeProgram, 'the rendered Kubernetes manifests');
  return fetched === null ? null : [join(fetched, 'kustomize'), 'build'];
}

/** The folder with one folder of JSON schemas for each version; null when it can't be had. */
export async function kubernetesSchemas(): Promise<string | null> {
  return fetchedOrSaid(kubernetesValidate, 'the manifests against the schemas of Kubernetes');
}

/** The file of the Compose Specification's JSON schema; null when it can't be had. */
export async function composeSchema(): Promise<string | null> {
  const folder = await fetchedOrSaid(composeGo, 'compose.yaml against the Compose Specification');
  return folder === null ? null : join(folder, 'compose-spec.json');
}

/** Prometheus' own checker; only CI installs it, because that changes the machine. */
export async function promtool(): Promise<string | null> {
  const found = programOnPath('promtool');
  if (found !== null) return found;
  if (inCi) {
    const options = { timeout: fetchMs };
    await execute('apt-get', ['update', '-qq'], options)
      .then(() => execute('apt-get', ['install', '-y', '-qq', 'prometheus'], options))
      .catch(() => undefined);
    const installed = programOnPath('promtool');
    if (installed !== null) return installed;
  }
  say('the alerts, because promtool is missing (Debian: apt-get install prometheus)');
  return null;
}

const kustomizeProgram: Fetchable = {
  name: 'kustomize-5.7.1',
  async fetch(folder) {
    await go(['install', 'sigs.k8s.io/kustomize/kustomize/v5@v5.7.1'], { GOBIN: folder });
  },
};

const kubernetesValidate: Fetchable = {
  name: 'kubernetes-schemas-1.37.0',
  async fetch(folder, scratch, tell) {
    const unpacked = join(scratch, 'wheel');
    await mkdir(unpacked);
    await wheel('kubernetes-validate', '1.37.0').fetch(unpacked, scratch, tell);
    const schemas = join(unpacked, 'kubernetes_validate', 'kubernetes-json-schema');
    for (const version of kubernetesVersions) {
      await cp(join(schemas, `${version}-local-strict`), join(folder, version), {
        recursive: true,
      });
    }
    await rm(unpacked, { recursive: true });
  },
};

const composeGo: Fetchable = {
  name: 'compose-spec-2.6.0',
  async fetch(folder) {
    const answer = await go([
      'mod',
      'download',
      '-json',
      'github.com/compose-spec/compose-go/v2@v2.6.0',
    ]);
    const { Dir } = JSON.parse(answer) as { readonly Dir: string };
    const schema = join(Dir, 'schema', 'compose-spec.json');
    await cp(schema, join(folder, 'compose-spec.json'));
  },
};

async function go(args: readonly string[], env: Record<string, string> = {}): Promise<string> {
  const program = programOnPath('go');
  if (program === null) throw new Error('go is not installed');
  const options = { timeout: fetchMs, env: { ...process.env, ...env } };
  return (await execute(program, [...args], options)).stdout;
}

async function fetchedOrSaid(thing: Fetchable, unchecked: string): Promise<string | null> {
  const present = alreadyFetched(thing.name);
  if (present !== null) return present;
  if (!inCi && (await failedLately(thing.name))) {
    say(`${unchecked}: ${thing.name} could not be fetched within the last hour`);
    return null;
  }
  try {
    const folder = await fetchOnce(thing, () => undefined);
    return (await readdir(folder)).length === 0 ? null : folder;
  } catch (error) {
    const said = (error as { readonly stderr?: string }).stderr || String(error);
    const words = said.trim().split('\n').at(-1);
    say(`${unchecked}: ${thing.name} could not be fetched (${words})`);
    return null;
  }
}

function say(unchecked: string): void {
  process.stderr.write(`not checked here: ${unchecked}\n`);
}
