/**
 * `npm run roles`: makes the collections, the role and the user of each service in MongoDB, so that no service can
 * alter what may only ever be added to: audit, checkpoints, ledger entries, disclosures. Run by MongoDB's
 * administrator at set-up and before each upgrade. Reads MONGODB_URI (with an administrator's account) and, for the
 * users, REGISTRY_MONGODB_PASSWORD and so on; a service without one keeps its user, or gets none. [GOV-02, GOV-03]
 */
import { owners } from '@shixun/contracts';
import { service as courses } from '@shixun/courses';
import { service as credits } from '@shixun/credits';
import { requireBalance } from '@shixun/credits/guard';
import { service as evaluation } from '@shixun/evaluation';
import { service as registry } from '@shixun/registry';
import { connectDatabase } from '@shixun/runtime';
import { Command } from 'commander';
import { MongoClient } from 'mongodb';
import { grantServiceRole, grantServiceUser } from './roles/service-role.ts';

// Whoever asks for help, or for what there isn't, must not change the users of a database.
new Command('npm run roles --')
  .description(
    'Makes the collections, the role and the user of each service. 建立各服务的角色与用户。',
  )
  .addHelpText(
    'after',
    `
Environment:
  MONGODB_URI                 of MongoDB's administrator
  REGISTRY_MONGODB_PASSWORD   and so on for each service: its user gets this password
  DATABASE_PREFIX             before the names of the databases`,
  )
  .parse();

const { MONGODB_URI, DATABASE_PREFIX = '' } = process.env;
if (!MONGODB_URI) {
  console.error(
    "请设置 MONGODB_URI（管理员账号）。 Set MONGODB_URI with an administrator's account.",
  );
  process.exit(2);
}
const client = new MongoClient(MONGODB_URI, { serverSelectionTimeoutMS: 10_000 });
try {
  await client.connect();
  const services = { registry, courses, credits, evaluation };
  for (const service of owners) {
    const database = `${DATABASE_PREFIX}${service}`;
    const { allCollections } = services[service];
    const db = await connectDatabase({ uri: MONGODB_URI, database });
    try {
      await db.ensureIndexes(allCollections);
      // The ledger's own guard changes the collection, which its service must not be able to.
      if (service === 'credits') await requireBalance(db);
    } finally {
      await db.close();
    }
    const collections = allCollections.map(({ name }) => name);
    const added = await grantServiceRole(client, service, { database, collections });
    console.log(
      `${database}: role ${service}-service; only added to 只增不改: ${added.join(', ')}`,
    );
    const password = process.env[`${service.toUpperCase()}_MONGODB_PASSWORD`];
    if (!password) continue;
    await grantServiceUser(client, service, password);
    console.log(`${database}: user ${service}`);
  }
} finally {
  await client.close();
}
