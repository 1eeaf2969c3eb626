import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { type Issuer, startIssuer } from './issuer.ts';

let folder: string;
let issuer: Issuer | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shixun-issuer-'));
});

afterEach(async () => {
  await issuer?.close();
  issuer = undefined;
  await rm(folder, { recursive: true, force: true });
});

const teacher = {
  sub: 'tch_1',
  name: '张老师',
  grants: [{ role: 'Teacher' as const, personId: 'tch_1' }],
};

test('a token verifies with the published keys and carries who and what', async () => {
  issuer = await startIssuer(folder);
  const discovered = await fetch(`${issuer.url}/.well-known/openid-configuration`);
  const { jwks_uri: jwks } = (await discovered.json()) as { jwks_uri: string };
  const { payload } = await jwtVerify(
    await issuer.issueToken(teacher),
    createRemoteJWKSet(new URL(jwks)),
    { issuer: issuer.url, audience: 'shixun', algorithms: ['ES256'] },
  );
  expect(payload).toMatchObject(teacher);
});

test('the private half of the key is neither published nor readable by others', async () => {
  issuer = await startIssuer(folder);
  const published = await (await fetch(issuer.jwksUrl)).text();
  expect(JSON.parse(published).keys).toHaveLength(1);
  expect(JSON.parse(published).keys[0]).not.toHaveProperty('d');
  expect((await stat(join(folder, 'issuer.json'))).mode & 0o077).toBe(0);
});

test('a token given out before a restart still holds', async () => {
  issuer = await startIssuer(folder);
  const token = await issuer.issueToken(teacher);
  const { url } = issuer;
  await issuer.close();
  issuer = await startIssuer(folder);
  expect(issuer.url).toBe(url);
  const keys = createRemoteJWKSet(new URL(issuer.jwksUrl));
  await expect(jwtVerify(token, keys, { issuer: url })).resolves.toBeDefined();
});

test('it refuses to run in production', async () => {
  const before = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  try {
    await expect(startIssuer(folder)).rejects.toThrow('NODE_ENV=production');
  } finally {
    process.env.NODE_ENV = before;
  }
});
