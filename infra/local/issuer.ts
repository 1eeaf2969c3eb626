import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Grant } from '@shixun/runtime';
import {
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
  SignJWT,
} from 'jose';
import { systemCode, Trouble } from './trouble.ts';

/** Whom a token speaks for. */
export type TokenSubject = {
  /** Person or client id. */
  readonly sub: string;
  /** Shown to people; never decides anything. */
  readonly name: string;
  readonly grants: readonly Grant[];
};

export type Issuer = {
  readonly url: string;
  readonly jwksUrl: string;
  readonly audience: string;
  /** A signed token that holds for a week. */
  issueToken(subject: TokenSubject): Promise<string>;
  close(): Promise<void>;
};

const audience = 'shixun';
const algorithm = 'ES256';

/**
 * Starts the demo's own OIDC issuer on the loopback address. Its key and port stay the same between starts, so that
 * tokens given out earlier still hold.
 * @throws Trouble in production, where identities come from a real issuer.
 */
export async function startIssuer(folder: string): Promise<Issuer> {
  if (process.env.NODE_ENV === 'production') {
    throw new Trouble(
      'The demo token issuer does not run with NODE_ENV=production: anyone on this machine could become anyone. Set AUTH_ISSUER and AUTH_JWKS_URL to a real OIDC issuer.',
    );
  }
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const privateJwk = await keptKey(join(folder, 'issuer.json'));
  const { d: _, ...publicJwk } = privateJwk;
  const documents = new Map<string, unknown>();
  const server = createServer((request, response) => {
    const found = request.method === 'GET' ? documents.get(request.url ?? '') : undefined;
    response.writeHead(found === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(found ?? { error: 'not_found' }));
  });
  const url = await listen(server, join(folder, 'issuer.port'));
  const jwksUrl = `${url}/jwks`;
  documents.set('/jwks', { keys: [publicJwk] });
  documents.set('/.well-known/openid-configuration', {
    issuer: url,
    jwks_uri: jwksUrl,
    id_token_signing_alg_values_supported: [algorithm],
    response_types_supported: ['id_token'],
    subject_types_supported: ['public'],
  });
  const key = await importJWK(privateJwk, algorithm);
  return {
    url,
    jwksUrl,
    audience,
    issueToken: ({ sub, name, grants }) =>
      new SignJWT({ name, grants })
        .setProtectedHeader({ alg: algorithm, kid: String(privateJwk.kid), typ: 'JWT' })
        .setIssuer(url)
        .setAudience(audience)
        .setSubject(sub)
        .setJti(randomUUID())
        .setIssuedAt()
        .setExpirationTime('7d')
        .sign(key),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function keptKey(file: string): Promise<JWK> {
  const kept = await readFile(file, 'utf8').catch(() => null);
  if (kept !== null) return JSON.parse(kept) as JWK;
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
  const jwk = await exportJWK(privateKey);
  const full = { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: algorithm, use: 'sig' };
  await writeFile(`${file}.new`, JSON.stringify(full), { mode: 0o600 });
  await rename(`${file}.new`, file);
  return full;
}

/** Listens on the port of the last start, or on any when that one is taken. */
async function listen(server: Server, portFile: string): Promise<string> {
  const last = Number(await readFile(portFile, 'utf8').catch(() => '0'));
  await listenOn(server, last).catch((error: unknown) => {
    if (systemCode(error) !== 'EADDRINUSE') throw error;
    return listenOn(server, 0);
  });
  const { port } = server.address() as AddressInfo;
  await writeFile(portFile, String(port));
  return `http://127.0.0.1:${port}`;
}

async function listenOn(server: Server, port: number): Promise<void> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
}
