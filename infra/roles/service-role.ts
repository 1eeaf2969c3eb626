import type { Owner } from '@shixun/contracts';
import type { Document, MongoClient } from 'mongodb';

/** Collections that the service's user may read and add to, and never change. */
const appendOnlyEverywhere = ['audit', 'audit_checkpoints'];
const appendOnlyOf: Readonly<Record<Owner, readonly string[]>> = {
  registry: [...appendOnlyEverywhere, 'disclosures'],
  courses: appendOnlyEverywhere,
  credits: [...appendOnlyEverywhere, 'entries'],
  evaluation: appendOnlyEverywhere,
};

/** No index either: one that lets rows expire would remove them. */
const addOnly = ['find', 'insert', 'listIndexes', 'collStats'];
const keep = [...addOnly, 'update', 'remove', 'createIndex', 'collMod'];

/** The role that a service's user has, in the admin database. */
export function roleName(service: Owner): string {
  return `${service}-service`;
}

/**
 * Makes or renews the role of a service. MongoDB adds rights up and takes none away, so a right on the database as a
 * whole would reach the append-only collections too: the role names every collection of the service, and makes none.
 * Hence the collections are made first, by whoever grants the role. Answers the append-only ones.
 */
export async function grantServiceRole(
  client: MongoClient,
  service: Owner,
  of: { readonly database: string; readonly collections: readonly string[] },
): Promise<readonly string[]> {
  const { database, collections } = of;
  const appendOnly = appendOnlyOf[service];
  const others = [...new Set(collections)].filter((name) => !appendOnly.includes(name));
  const privileges: Document[] = [
    { resource: { db: database, collection: '' }, actions: ['listCollections'] },
    ...appendOnly.map((collection) => ({
      resource: { db: database, collection },
      actions: addOnly,
    })),
    ...others.map((collection) => ({ resource: { db: database, collection }, actions: keep })),
  ];
  await createOrUpdate(client, 'Role', roleName(service), { privileges, roles: [] });
  return appendOnly;
}

/** Makes or renews the user of a service: it has the service's role and nothing else. */
export async function grantServiceUser(
  client: MongoClient,
  service: Owner,
  password: string,
): Promise<void> {
  const roles = [{ role: roleName(service), db: 'admin' }];
  await createOrUpdate(client, 'User', service, { pwd: password, roles });
}

async function createOrUpdate(
  client: MongoClient,
  kind: 'Role' | 'User',
  name: string,
  body: Document,
): Promise<void> {
  const admin = client.db('admin');
  const info = await admin.command(kind === 'Role' ? { rolesInfo: name } : { usersInfo: name });
  const known: unknown[] = info[kind === 'Role' ? 'roles' : 'users'];
  const verb = known.length > 0 ? 'update' : 'create';
  await admin.command({ [`${verb}${kind}`]: name, ...body });
}
