import { rename, writeFile } from 'node:fs/promises';
import type { ProvinceSize } from '../province/size.ts';
import { inCache } from './cache-folder.ts';
import type { SignedIn } from './signed-in.ts';

/** Asks the first ready-made operation until it is answered without an error. */
export async function firstAnswer(url: string, { operations }: SignedIn): Promise<void> {
  const [first] = operations;
  if (first === undefined) throw new Error('the explorer has no operation');
  const { document: query, variables, token } = first;
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  const answer = (await response.json()) as { readonly errors?: readonly unknown[] };
  if (answer.errors !== undefined) {
    throw new Error(`The first query was not answered: ${JSON.stringify(answer.errors)}`);
  }
}

export type Where = {
  readonly url: string;
  readonly clockUrl: string;
  readonly size: ProvinceSize;
  readonly mongodbUri: string;
  readonly kafkaBrokers: string | null;
};

/** What a running platform leaves in the cache folder for `npm run demo` and other tools. */
export type Kept = Where & Pick<SignedIn, 'people' | 'teachers' | 'township'>;

/** Where it is kept; of the last start, so the platform may have ended since. */
export const keptFile = (): string => inCache('tokens.json');

/** Writes the tokens down and says where to go. */
export async function welcome(
  where: Where,
  { people, teachers, township }: SignedIn,
): Promise<void> {
  const file = keptFile();
  const kept: Kept = { ...where, people, teachers, township };
  await writeFile(`${file}.new`, JSON.stringify(kept, null, 2), { mode: 0o600 });
  await rename(`${file}.new`, file);
  const width = Math.max(...people.map(({ role }) => role.length));
  const tokens = people.map(
    ({ role, name, title, token }) =>
      `  ${role.padEnd(width)}  ${name}, ${title.zh} (${title.en})\n    ${token}`,
  );
  // From the start of this process: npm and the look at the installed packages come before it.
  const seconds = (performance.now() / 1000).toFixed(1);
  console.log(`
师训 shixun runs. First query answered ${seconds} s after the start.

  Explorer  ${where.url}/          ready-made operations, each with its token
  GraphQL   ${where.url}/graphql
  MongoDB   ${where.mongodbUri}
  Events    ${where.kafkaBrokers === null ? 'in process, from the outbox' : `Kafka at ${where.kafkaBrokers}`}

A token for one person of each role, as \`authorization: Bearer …\` (also in ${file}):

${tokens.join('\n')}

Ctrl-C stops everything; the data stays. \`npm start -- --reset\` begins afresh, \`--help\` says more.`);
}
