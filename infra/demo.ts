/** `npm run demo`: tells the first story against a running platform, step by step. */
import { readFile } from 'node:fs/promises';
import { inspect } from 'node:util';
import { inCache } from './local/cache-folder.ts';
import { type DemoPerson, demoPeople } from './province/demo-people.ts';
import type { ProvinceSize } from './province/size.ts';
import { castOf } from './story/cast.ts';
import { tellStory } from './story/story.ts';
import { type Cast, StoryBroken, type World } from './story/world.ts';

type Person = DemoPerson & { readonly token: string };
type Kept = {
  readonly url: string;
  readonly clockUrl: string;
  readonly people: readonly Person[];
  readonly teachers: readonly Person[];
  readonly township: readonly Person[];
  readonly size: ProvinceSize;
};

/** What `npm start` wrote down for us. */
async function keptByStart(): Promise<Kept> {
  const text = await readFile(inCache('tokens.json'), 'utf8').catch(() => null);
  if (text === null)
    throw new StoryBroken('no platform was started here yet: run `npm start` first');
  return JSON.parse(text) as Kept;
}

/** The cast with the tokens that the start gave out. */
function castFrom({ people, teachers, township, size }: Kept, today: Date): Promise<Cast> {
  const given = [...people, ...teachers, ...township];
  return castOf(demoPeople(size, today.getUTCFullYear()), async ({ role, subject }) => {
    const person = given.find((each) => each.role === role && each.subject === subject);
    if (!person) throw new StoryBroken(`nobody is signed in as ${role} ${subject}`);
    return person.token;
  });
}

async function askClock(url: string, days?: number): Promise<Date> {
  const asked =
    days === undefined
      ? {}
      : {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ days }),
        };
  const response = await fetch(url, asked);
  const { now } = (await response.json()) as { now: string };
  return new Date(now);
}

function narrator(): World['tell'] {
  let step = 0;
  return ({ zh, en }, seen) => {
    step += 1;
    console.log(`\n${String(step).padStart(2)}. ${zh}\n    ${en}`);
    if (seen === undefined) return;
    const shown = inspect(seen, { colors: process.stdout.isTTY, depth: 8, breakLength: 100 });
    console.log(shown.replaceAll(/^/gm, '      '));
  };
}

async function main(): Promise<void> {
  const kept = await keptByStart();
  const reachable = await fetch(new URL('/health/live', kept.url)).catch(() => null);
  if (reachable === null) {
    throw new StoryBroken(`nothing answers at ${kept.url}: run \`npm start\` in another terminal`);
  }
  const startedAt = performance.now();
  await tellStory({
    cast: await castFrom(kept, await askClock(kept.clockUrl)),
    gatewayUrl: kept.url,
    now: () => askClock(kept.clockUrl),
    advance: async (days) => void (await askClock(kept.clockUrl, days)),
    tell: narrator(),
  });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`\n故事讲完，用时 ${seconds} 秒。 The story is told; it took ${seconds} s.`);
}

main().catch((error: unknown) => {
  console.error(error instanceof StoryBroken ? `\n${error.message}` : error);
  process.exitCode = 1;
});
