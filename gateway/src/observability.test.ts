import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type GatewayFixture, gatewayFixture, logInto } from '../fixtures/gateway.ts';
import { hashOf, persistedDocuments } from './persisted-documents.ts';

const published = 'query CreditYear { creditYear }';
const lines: string[] = [];
let gateway: GatewayFixture;
beforeAll(async () => {
  gateway = await gatewayFixture({
    log: logInto(lines),
    persistedDocuments: persistedDocuments({ [hashOf(published)]: published }),
  });
});
afterAll(() => gateway.close());

const metrics = async () => (await gateway.app.inject('/metrics')).body;

describe('metrics', () => {
  test('operations are counted by name when published, together when not', async () => {
    await gateway.ask({ query: published });
    for (let index = 0; index < 5; index += 1) {
      await gateway.ask({ query: `query Guess${index} { creditYear }` });
    }
    await gateway.ask({ query: '{ nothing }' });
    const text = await metrics();
    expect(text).toContain(
      'gateway_operation_seconds_count{operation="CreditYear",outcome="ok"} 1',
    );
    expect(text).toContain('gateway_operation_seconds_count{operation="other",outcome="ok"} 5');
    expect(text).toContain(
      'gateway_operation_seconds_count{operation="other",outcome="GRAPHQL_VALIDATION_FAILED"} 1',
    );
    expect(text).not.toContain('Guess');
  });

  test('a plan is made once per operation', async () => {
    const counts = async () => {
      const text = await metrics();
      const of = (cache: string) =>
        Number(
          new RegExp(`gateway_plan_cache_total\\{cache="${cache}"\\} (\\d+)`).exec(text)?.[1] ?? 0,
        );
      return { hit: of('hit'), miss: of('miss') };
    };
    const query = '{ gradesPublished creditYear }';
    const before = await counts();
    for (let index = 0; index < 4; index += 1) await gateway.ask({ query });
    const after = await counts();
    expect({ hit: after.hit - before.hit, miss: after.miss - before.miss }).toEqual({
      hit: 3,
      miss: 1,
    });
  });

  test('calls are counted by subgraph and outcome', async () => {
    const hook = gateway.subgraphs.evaluation.replyWith('down', 503);
    await gateway.ask({ query: '{ gradesPublished }' });
    hook.restore();
    expect(await metrics()).toContain(
      'gateway_subgraph_call_seconds_count{subgraph="evaluation",outcome="failed"} 1',
    );
  });
});

describe('logs', () => {
  test('S16: nothing that a client sent stands in them, however the request ends', async () => {
    const planted = ['140105199001011234', '13912345678', '王秀英', 'secret.token.part'];
    const [identity, phone, name, token] = planted;
    lines.length = 0;
    const headers = { authorization: `Bearer ${token}`, 'user-agent': `${phone}` };
    await gateway.ask(
      { query: `query Q${identity} { echo(text: "${name}") }`, variables: { phone } },
      headers,
    );
    await gateway.ask({ query: `{ echo(text: "${name}"`, variables: { name } }, headers);
    await gateway.ask({ query: `{ nothing(name: "${name}") }` }, headers);
    await gateway.ask({
      query: 'query ($n: Int!) { projects(first: $n) { nodes { id } } }',
      variables: { n: identity },
    });
    await gateway.ask({ documentId: identity }, headers);
    await gateway.app.inject({
      method: 'GET',
      url: `/${encodeURIComponent(String(name))}?p=${phone}`,
    });
    const hook = gateway.subgraphs.credits.replyWith(
      JSON.stringify({
        data: null,
        errors: [{ message: `no teacher ${identity}`, path: ['creditYear'] }],
      }),
    );
    await gateway.ask({ query: '{ creditYear }' }, headers);
    hook.restore();
    expect(lines.length).toBeGreaterThanOrEqual(6);
    for (const value of planted) expect(lines.join('\n')).not.toContain(value);
  });

  test('an operation is logged by its published name, its hash, its outcome and its request id', async () => {
    lines.length = 0;
    await gateway.ask({ query: published }, { 'x-request-id': 'portal-87654321' });
    const entry = lines
      .map((line) => JSON.parse(line))
      .find(({ msg }) => msg === 'operation answered');
    expect(entry).toMatchObject({
      reqId: 'portal-87654321',
      operation: 'CreditYear',
      document: hashOf(published),
      outcome: 'ok',
    });
  });
});
