/** A service started whole: its door, its health, its trace, its stop. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { service } from '@shixun/courses';
import {
  createLogger,
  InProcessBus,
  outboxRows,
  type RunningService,
  serviceConfig,
  startService,
} from '@shixun/runtime';
import Fastify, { type FastifyInstance } from 'fastify';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

const gatewayCredential = 'a-credential-of-the-gateway';
let issuer: FastifyInstance;
let running: RunningService;
let token: string;

beforeAll(async () => {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  issuer = Fastify();
  issuer.get('/jwks', async () => ({
    keys: [{ ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256' }],
  }));
  const url = await issuer.listen({ host: '127.0.0.1', port: 0 });
  token = await new SignJWT({ grants: [{ role: 'CountyAdmin', regionCode: '140105' }] })
    .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
    .setIssuer(url)
    .setAudience('shixun')
    .setSubject('person_county')
    .setExpirationTime('1h')
    .sign(privateKey);
  const config = serviceConfig(
    {
      MONGODB_URI: process.env.MONGODB_URI ?? '',
      MONGODB_DATABASE: `runtime_${randomUUID().slice(0, 8)}`,
      HTTP_PORT: '0',
      EVENT_BUS: 'in-process',
      AUTH_ISSUER: url,
      AUTH_JWKS_URL: `${url}/jwks`,
      GATEWAY_CREDENTIAL: gatewayCredential,
      LOG_LEVEL: 'silent',
    },
    { database: 'courses', port: 0 },
  );
  const bus = new InProcessBus({ expected: ['courses'], log: createLogger('bus', 'silent') });
  running = await startService(service, config, { bus });
});

afterAll(async () => {
  await running.db.connection.dropDatabase();
  await running.close();
  await issuer.close();
});

const openMenu = `mutation ($input: OpenMenuInput!) { openMenu(input: $input) { menu { id } refusals { code } } }`;
const menu = () => ({
  idempotencyKey: randomUUID(),
  title: '选学',
  regionCode: '140105',
  opensAt: '2026-06-01T00:00:00Z',
  closesAt: '2026-06-06T00:00:00Z',
});

// biome-ignore lint/suspicious/noExplicitAny: a test reads the answer as the client would
type Body = { data: any; errors?: { extensions: object }[] };

async function ask(query: string, variables: object, headers: Record<string, string> = {}) {
  const response = await fetch(running.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-gateway-credential': gatewayCredential,
      authorization: `Bearer ${token}`,
      ...headers,
    },
    body: JSON.stringify({ query, variables }),
  });
  return {
    status: response.status,
    body: (await response.json()) as Body,
  };
}

test('only the gateway may ask, whatever the token', async () => {
  const { status } = await ask('{ __typename }', {}, { 'x-gateway-credential': 'guessed' });
  expect(status).toBe(403);
});

test('a token that does not verify is refused as such, and no token is the public', async () => {
  const forged = `${token.slice(0, -4)}AAAA`;
  expect((await ask('{ __typename }', {}, { authorization: `Bearer ${forged}` })).status).toBe(401);
  const { body } = await ask(openMenu, { input: menu() }, { authorization: '' });
  expect(JSON.stringify(body.errors)).toContain('UNAUTHENTICATED');
});

test('an error carries the gateway’s id of the request and no words of a library', async () => {
  const { body } = await ask('{ nothing }', {}, { 'x-request-id': 'req_from_gateway' });
  expect(body.errors?.[0]?.extensions).toMatchObject({
    code: 'GRAPHQL_VALIDATION_FAILED',
    requestId: 'req_from_gateway',
  });
});

test('the trace of a request is the trace of the events that its command caused', async () => {
  const trace = randomUUID().replaceAll('-', '');
  const traceparent = `00-${trace}-00f067aa0ba902b7-01`;
  const project = `mutation ($input: DraftProjectInput!) { draftProject(input: $input) { project { id } refusals { code path messageEn } } }`;
  const input = {
    idempotencyKey: randomUUID(),
    title: '阅读教学',
    level: 'COUNTY',
    sector: 'BASIC',
    modality: 'BLENDED',
    stage: 'PRIMARY',
    subject: 'chinese',
    audience: { stages: ['PRIMARY'], subjects: ['chinese'], careerStages: ['YOUNG'] },
    contentCode: 'reading',
    ownerRegionCode: '140105',
    year: 2026,
    hours: '12.00',
    startsOn: '2026-07-13',
    endsOn: '2026-07-14',
  };
  const { body } = await ask(project, { input }, { traceparent });
  expect(body.data.draftProject.refusals).toEqual([]);
  const row = await running.db
    .model(outboxRows)
    .findOne({ key: body.data.draftProject.project.id })
    .lean();
  expect(row?.traceparent).toContain(trace);
  expect(JSON.parse(row?.envelope ?? '{}').traceparent).toContain(trace);
});

test('live and ready answer, and the metrics name what was done', async () => {
  const base = running.url.replace('/graphql', '');
  expect((await fetch(`${base}/health/live`)).status).toBe(200);
  expect((await fetch(`${base}/health/ready`)).status).toBe(200);
  const metrics = await (await fetch(`${base}/metrics`)).text();
  expect(metrics).toMatch(
    /command_duration_seconds_count\{[^}]*command="draftProject"[^}]*outcome="accepted"/,
  );
});
