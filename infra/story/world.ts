/** What the story is told with: who asks whom what, at which hour, and who listens. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pRetry from 'p-retry';

/** A sentence of the story, in both languages. */
export type Sentence = { readonly zh: string; readonly en: string };

/** Someone who acts in the story; `token` null is the public. */
export type Actor = { readonly id: string; readonly name: string; readonly token: string | null };

/** The people and places of the story. */
export type Cast = {
  readonly regionCode: string;
  readonly institutionId: string;
  readonly bureau: Actor;
  /** The bureau above. */
  readonly city: Actor;
  readonly auditor: Actor;
  /** Speaks for a school of the county. */
  readonly school: Actor;
  readonly schoolId: string;
  readonly institution: Actor;
  readonly classHead: Actor;
  readonly evaluator: Actor;
  readonly monitor: Actor;
  /** Primary-school teachers of Chinese in the county: eight of them. */
  readonly teachers: readonly Actor[];
  /** A teacher of another county. */
  readonly outsider: Actor;
  /** A school in the country of the same county, to which a training comes. */
  readonly township: {
    readonly regionCode: string;
    readonly schoolId: string;
    readonly school: Actor;
    readonly teachers: readonly Actor[];
  };
  readonly trainerIds: readonly string[];
};

export type World = {
  readonly cast: Cast;
  readonly gatewayUrl: string;
  readonly now: () => Promise<Date>;
  /** Lets days pass, and parts of a day. */
  readonly advance: (days: number) => Promise<void>;
  /** Told at each step, with what was seen. */
  readonly tell: (sentence: Sentence, seen?: unknown) => void;
};

export type RefusalSeen = {
  readonly rule: string | null;
  readonly code: string;
  readonly messageZh: string;
  readonly messageEn: string;
  readonly required: string | null;
  readonly actual: string | null;
};

/** The story went otherwise than it should. */
export class StoryBroken extends Error {
  override readonly name = 'StoryBroken';
}

const dayMs = 24 * 3_600_000;
const operationsFolder = join(import.meta.dirname, '../../gateway/operations');

// biome-ignore lint/suspicious/noExplicitAny: what an operation answers is known where it is asked
export type Answered = any;

/** Asks the gateway one of its published operations, as that person. */
export async function ask(
  world: Pick<World, 'gatewayUrl'>,
  actor: Actor | null,
  operationName: string,
  variables: object,
): Promise<Answered> {
  const query = readFileSync(join(operationsFolder, `${operationName}.graphql`), 'utf8');
  const headers = {
    'content-type': 'application/json',
    ...(actor?.token ? { authorization: `Bearer ${actor.token}` } : {}),
  };
  const request = {
    method: 'POST',
    headers,
    body: JSON.stringify({ operationName, query, variables }),
  };
  const { data, errors } = await pRetry(() => answerTo(world.gatewayUrl, request), retrying);
  if (errors === undefined && data) return data;
  throw new StoryBroken(`${operationName}: ${JSON.stringify(errors)}`);
}

type Body = {
  readonly data?: Answered;
  readonly errors?: readonly { extensions?: { code?: string } }[];
};

/** What passes by itself: asked again with the same key, a command is still done once. */
const passing = new Set([
  'UNAVAILABLE',
  'SUBGRAPH_UNAVAILABLE',
  'OVERLOADED',
  'TIMEOUT',
  'DEADLINE_EXCEEDED',
]);
const retrying = {
  retries: 120,
  minTimeout: 250,
  maxTimeout: 1_000,
  shouldRetry: ({ error }: { error: Error }) => !(error instanceof StoryBroken),
};

/** The answer, whole: a gateway that goes away in the middle of it did not answer. */
async function fetched(url: URL, request: RequestInit): Promise<{ status: number; text: string }> {
  try {
    const signal = AbortSignal.timeout(20_000);
    const response = await fetch(url, { ...request, signal });
    return { status: response.status, text: await response.text() };
  } catch (cause) {
    throw new Error('the gateway did not answer', { cause });
  }
}

async function bodyOf(url: string, request: RequestInit): Promise<Body> {
  const { text } = await fetched(new URL('/graphql', url), request);
  try {
    return JSON.parse(text) as Body;
  } catch (cause) {
    throw new Error('the gateway did not answer in JSON', { cause });
  }
}

async function answerTo(url: string, request: RequestInit): Promise<Body> {
  const body = await bodyOf(url, request);
  const code = body.errors?.find(({ extensions }) => passing.has(extensions?.code ?? ''));
  if (code !== undefined) throw new Error(`not now: ${JSON.stringify(code)}`);
  return body;
}

/** Executes a command; answers the payload, refusals included. The key makes a repeated request harmless. */
export async function attempt(
  world: Pick<World, 'gatewayUrl'>,
  actor: Actor | null,
  operationName: string,
  input: object,
  idempotencyKey: string = randomUUID(),
): Promise<Answered & { readonly refusals: readonly RefusalSeen[] }> {
  const data = await ask(world, actor, operationName, { input: { idempotencyKey, ...input } });
  return Object.values(data)[0];
}

/** Executes a command that must go through. */
export async function command(
  world: Pick<World, 'gatewayUrl'>,
  actor: Actor,
  operationName: string,
  input: object,
): Promise<Answered> {
  const payload = await attempt(world, actor, operationName, input);
  if (payload.refusals.length === 0) return payload;
  throw new StoryBroken(`${operationName} was refused: ${JSON.stringify(payload.refusals)}`);
}

/** Asks until the answer is there: what travels by event takes a moment. */
export async function eventually<T>(
  what: string,
  look: () => Promise<T | null | undefined | false>,
  patienceMs = 150_000,
): Promise<T> {
  const until = Date.now() + patienceMs;
  while (Date.now() < until) {
    const seen = await look();
    if (seen) return seen;
    await sleep(150);
  }
  throw new StoryBroken(`this did not come to pass within ${patienceMs / 1000} s: ${what}`);
}

/** Lets time pass until an instant; one that is over has come already. */
export async function until(world: World, instant: Date): Promise<void> {
  const aheadMs = instant.getTime() - (await world.now()).getTime();
  if (aheadMs > 0) await world.advance(aheadMs / dayMs);
}

/** Puts a file where a command said that it goes. A file that is there already was put before a cut-off. */
export async function putFile(world: World, path: string, content: string): Promise<void> {
  const request = {
    method: 'PUT',
    headers: { 'content-type': 'application/octet-stream' },
    body: content,
  };
  const { status } = await pRetry(async () => {
    const answer = await fetched(new URL(path, world.gatewayUrl), request);
    if (answer.status >= 500) throw new Error(`not now: HTTP ${answer.status}`);
    return answer;
  }, retrying);
  expectThat(status < 300 || status === 409, `the file is taken, HTTP ${status}`);
}

/** What a reader of a refusal wants to know. */
export function reasonsOf(refusals: readonly RefusalSeen[]): readonly object[] {
  return refusals.map(({ rule, messageZh, messageEn }) => ({ rule, messageZh, messageEn }));
}

export function expectThat(condition: boolean, what: string, seen?: unknown): void {
  if (condition) return;
  throw new StoryBroken(`${what}${seen === undefined ? '' : `, seen: ${JSON.stringify(seen)}`}`);
}
