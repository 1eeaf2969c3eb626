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

/** A line per master key; 1 when somebody's data can't be opened with what is configured. */
async function status(registry: Held): Promise<void> {
  for (const { masterId, keys, place } of await keysByMaster(registry)) {
    const people = `${String(keys).padStart(9)} people 人`;
    if (masterId === null) {
      console.log(`destroyed 已销毁  ${people}`);
    } else if (place === null) {
      console.log(
        `${masterId}  ${people}  NOT in PERSONAL_DATA_KEY: unreadable 不在配置中，无法读取`,
      );
      process.exitCode = 1;
    } else {
      const seals =
        place === 1 ? ', current: seals 当前，用于加密' : ', former: opens only 旧，仅解密';
      console.log(`${masterId}  ${people}  key 密钥 ${place}${seals}`);
    }
  }
}

program
  .command('status')
  .description(
    "How many people's data lie under which master key, in the order of PERSONAL_DATA_KEY",
  )
  .action(() => withRegistry(status));

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
