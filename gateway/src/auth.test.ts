import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { authenticator } from '@shixun/runtime';
import { type GatewayFixture, gatewayFixture } from '../fixtures/gateway.ts';

type Json = Record<string, unknown>;
type Keys = { readonly privateKey: KeyObject; readonly publicKey: KeyObject };

const issuer = 'https://issuer.example';
const ec = (): Keys => generateKeyPairSync('ec', { namedCurve: 'P-256' });
const rsa = (): Keys => generateKeyPairSync('rsa', { modulusLength: 2048 });
const published = ec();
const foreign = ec();
const now = () => Math.floor(Date.now() / 1000);
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwk = (keys: Keys, kid: string, alg = 'ES256') => ({
  ...(keys.publicKey.export({ format: 'jwk' }) as Json),
  kid,
  alg,
  use: 'sig',
});

const claims = (more: Json = {}): Json => ({
  iss: issuer,
  aud: 'shixun',
  sub: 'tea_1',
  exp: now() + 600,
  grants: [{ role: 'Teacher', personId: 'tea_1' }],
  ...more,
});

function token(header: Json, payload: Json, keys: Keys = published): string {
  const input = `${encode({ alg: 'ES256', kid: 'k1', ...header })}.${encode(payload)}`;
  const signature = sign('sha256', Buffer.from(input), {
    key: keys.privateKey,
    dsaEncoding: 'ieee-p1363',
  });
  return `${input}.${signature.toString('base64url')}`;
}

function without(name: string): Json {
  const { [name]: _left, ...others } = claims();
  return others;
}

let keySet: Json[] = [jwk(published, 'k1')];
let issuerServer: Server;
let fetches = 0;
let gateway: GatewayFixture;

beforeAll(async () => {
  issuerServer = createServer((_request, response) => {
    fetches += 1;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ keys: keySet }));
  });
  await new Promise<void>((done) => issuerServer.listen(0, '127.0.0.1', done));
  const { port } = issuerServer.address() as AddressInfo;
  const jwksUrl = `http://127.0.0.1:${port}/jwks`;
  gateway = await gatewayFixture({
    authenticate: authenticator({ issuer, audience: 'shixun', jwksUrl }),
  });
});
afterAll(async () => {
  await gateway.close();
  issuerServer.closeAllConnections();
  issuerServer.close();
});

async function askWith(authorization: string | undefined) {
  const { courses } = gateway.subgraphs;
  const before = courses.seen.length;
  const answer = await gateway.ask(
    { query: '{ project(id: "prj-1") { id } }' },
    authorization === undefined ? {} : { authorization },
  );
  return { ...answer, reached: courses.seen.length - before };
}

describe('tokens that verify', () => {
  test('the public may ask without one', async () => {
    const { data, reached } = await askWith(undefined);
    expect(data).toEqual({ project: { id: 'prj-1' } });
    expect(reached).toBe(1);
    expect(gateway.subgraphs.courses.seen.at(-1)?.authorization).toBeUndefined();
  });

  test('a good one is handed on to the subgraph as it is', async () => {
    const authorization = `Bearer ${token({}, claims())}`;
    expect((await askWith(authorization)).status).toBe(200);
    expect(gateway.subgraphs.courses.seen.at(-1)?.authorization).toBe(authorization);
  });

  test('a clock may be 60 s wrong at most: 10 s is forgiven, 61 s is not', async () => {
    const expired = (seconds: number) => `Bearer ${token({}, claims({ exp: now() - seconds }))}`;
    expect((await askWith(expired(10))).status).toBe(200);
    expect((await askWith(expired(61))).status).toBe(401);
    const early = (seconds: number) => `Bearer ${token({}, claims({ nbf: now() + seconds }))}`;
    expect((await askWith(early(10))).status).toBe(200);
    expect((await askWith(early(61))).status).toBe(401);
  });
});

describe('S10: attacks by token (RFC 8725) are refused before anything is asked of a subgraph', () => {
  const publicPem = published.publicKey.export({ type: 'spki', format: 'pem' });
  const unsigned = (alg: string) => `${encode({ alg, kid: 'k1' })}.${encode(claims())}.`;
  const hmac = (secret: string | Buffer) => {
    const input = `${encode({ alg: 'HS256', kid: 'k1' })}.${encode(claims())}`;
    return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
  };
  const rs256 = () => {
    const keys = rsa();
    const input = `${encode({ alg: 'RS256', kid: 'k1' })}.${encode(claims())}`;
    return `${input}.${sign('sha256', Buffer.from(input), keys.privateKey).toString('base64url')}`;
  };
  const tampered = () => {
    const [header, , signature] = token({}, claims()).split('.');
    return `${header}.${encode(claims({ sub: 'tea_2' }))}.${signature}`;
  };
  const ownKey = jwk(foreign, 'k1');

  const attacks: readonly (readonly [string, () => string])[] = [
    ['alg none', () => unsigned('none')],
    ['alg None', () => unsigned('None')],
    ['alg none, no signature part', () => unsigned('none').slice(0, -1)],
    ['HS256 with the public key as the secret', () => hmac(publicPem)],
    ['HS256 with an empty secret', () => hmac('')],
    ['RS256', rs256],
    ['a foreign key under a known kid', () => token({}, claims(), foreign)],
    ['a foreign key in the header', () => token({ jwk: ownKey }, claims(), foreign)],
    [
      'a foreign key set by jku',
      () => token({ jku: 'http://evil.example/jwks' }, claims(), foreign),
    ],
    [
      'a foreign certificate by x5u',
      () => token({ x5u: 'http://evil.example/x' }, claims(), foreign),
    ],
    ['an unknown kid', () => token({ kid: 'k9' }, claims(), foreign)],
    ['a kid that is a path', () => token({ kid: '../../../../dev/null' }, claims(), foreign)],
    ['a kid that is a URL', () => token({ kid: 'http://evil.example/k' }, claims(), foreign)],
    ['a kid that is a query', () => token({ kid: "' OR '1'='1" }, claims(), foreign)],
    ['a critical extension', () => token({ crit: ['b64'], b64: false }, claims())],
    ['claims changed after signing', tampered],
    ['another issuer', () => token({}, claims({ iss: 'https://issuer.example.evil' }))],
    ['another audience', () => token({}, claims({ aud: 'another' }))],
    ['expired', () => token({}, claims({ exp: now() - 3600 }))],
    ['not valid yet', () => token({}, claims({ nbf: now() + 3600 }))],
    ['exp as text', () => token({}, claims({ exp: '9999999999' }))],
    ['without exp', () => token({}, without('exp'))],
    ['without iss', () => token({}, without('iss'))],
    ['without aud', () => token({}, without('aud'))],
    ['without sub', () => token({}, without('sub'))],
    ['a role that nobody has', () => token({}, claims({ grants: [{ role: 'Root' }] }))],
    ['10 KB', () => token({}, claims({ pad: 'x'.repeat(10_240) }))],
    ['no token at all', () => ''],
    ['no JWT', () => 'abc'],
    ['two tokens', () => `${token({}, claims())} ${token({}, claims())}`],
    ['a line feed', () => `${token({}, claims())}\n`],
  ];

  test.each(attacks)('%s', async (_name, forge) => {
    const { status, code, data, reached, headers } = await askWith(`Bearer ${forge()}`);
    expect({ status, code, data }).toEqual({
      status: 401,
      code: 'UNAUTHENTICATED',
      data: undefined,
    });
    expect(headers['www-authenticate']).toBe('Bearer');
    expect(reached).toBe(0);
  });

  test.each(['Basic dGVhOnB3', 'bearer', 'Token x', 'Bearer'])('%s', async (authorization) => {
    expect((await askWith(authorization)).status).toBe(401);
  });

  test('who says who they are in a header is not believed, and not handed on', async () => {
    await gateway.ask(
      { query: '{ project(id: "prj-1") { id } }' },
      {
        'x-user-id': 'tea_1',
        'x-user-roles': 'ProvinceAdmin',
        'x-gateway-credential': 'guess',
        cookie: 'a=b',
      },
    );
    const seen = Object.keys(gateway.subgraphs.courses.seen.at(-1) ?? {});
    expect(seen.filter((name) => /user|credential|cookie/.test(name))).toEqual([]);
  });

  test('many unknown kids ask the issuer for its keys a few times, not each time', async () => {
    const before = fetches;
    for (let index = 0; index < 50; index += 1) {
      await askWith(`Bearer ${token({ kid: `guess-${index}` }, claims(), foreign)}`);
    }
    expect(fetches - before).toBeLessThanOrEqual(1);
  });
});

test('S10: a key published before it is used rotates without one refused request', async () => {
  const next = ec();
  keySet = [jwk(published, 'k1'), jwk(next, 'k2')];
  const { port } = issuerServer.address() as AddressInfo;
  const fresh = authenticator({
    issuer,
    audience: 'shixun',
    jwksUrl: `http://127.0.0.1:${port}/jwks`,
  });
  await expect(fresh(`Bearer ${token({}, claims())}`)).resolves.toMatchObject({ subject: 'tea_1' });
  const rotated = token({ kid: 'k2' }, claims(), next);
  await expect(fresh(`Bearer ${rotated}`)).resolves.toMatchObject({ subject: 'tea_1' });
});

test('when tokens cannot be verified at all, the answer says so and not that the token is bad', async () => {
  const away = await gatewayFixture({
    authenticate: async (authorization) => {
      if (authorization === undefined) return null;
      throw new Error('connect ECONNREFUSED 127.0.0.1:1');
    },
  });
  try {
    const query = '{ creditYear }';
    const { status, code, text, headers } = await away.ask(
      { query },
      { authorization: 'Bearer a' },
    );
    expect({ status, code }).toEqual({ status: 503, code: 'AUTHENTICATION_UNAVAILABLE' });
    expect(headers['retry-after']).toBe('1');
    expect(text).not.toContain('ECONNREFUSED');
    expect((await away.ask({ query })).data).toEqual({ creditYear: 2026 });
  } finally {
    await away.close();
  }
});
