/**
 * `npm run keys`: what operators do with the master keys of personal data. Reads MONGODB_URI and PERSONAL_DATA_KEY of
 * the registry; after `--`: `status` or `rotate`. [GOV-03]
 */
import { keysByMaster, rotateKeys } from '@shixun/registry/bulk';
import { connectDatabase, masterKeys } from '@shixun/runtime';
import { Command } from 'commander';

type Held = Parameters<typeof rotateKeys>[0];

async function withRegistry<T>(errand: (registry: Held) => Promise<T>): Promise<T> {
  const { MONGODB_URI, PERSONAL_DATA_KEY, DATABASE_PREFIX = '' } = process.env;
  if (!MONGODB_URI || !PERSONAL_DATA_KEY) {
    throw new Error('Set MONGODB_URI and PERSONAL_DATA_KEY as the registry has them.');
  }
  const db = await connectDatabase({
    uri: MONGODB_URI,
    database: `${DATABASE_PREFIX}registry`,
    timeoutMs: 5_000,
  });
  try {
    const personalDataKey = masterKeys(PERSONAL_DATA_KEY);
    return await errand({ db, personalDataKey, run: { service: 'registry' } });
  } finally {
    await db.close();
  }
}

const program = new Command('npm run keys --').description(
  'The master keys that wrap the keys of personal data. 个人信息主密钥。',
);

program
  .command('status')
  .description('How many keys of people each master key wraps')
  .action(() =>
    withRegistry(async (registry) => {
      const held = await keysByMaster(registry);
      for (const { masterId, keys, current, known } of held) {
        const note = current ? ' (current)' : known ? '' : ' (not in PERSONAL_DATA_KEY!)';
        console.log(`${masterId ?? 'destroyed'}  ${keys}${masterId === null ? '' : note}`);
      }
    }),
  );

program
  .command('rotate')
  .description('Rewraps everything by the first key of PERSONAL_DATA_KEY; can be interrupted')
  .action(() =>
    withRegistry(async (registry) => {
      const { done } = await rotateKeys(registry, {
        told: (progress) => {
          if (process.stderr.isTTY) process.stderr.write(`\r${progress.done} keys 密钥 …`);
        },
      });
      console.log(
        `${done} keys rewrapped: the former master keys can go. 已重新封装 ${done} 个密钥，旧主密钥可以撤下。`,
      );
    }),
  );

try {
  await program.parseAsync();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
