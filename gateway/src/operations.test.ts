import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type GatewayFixture, gatewayFixture } from '../fixtures/gateway.ts';
import { projectsPage } from '../fixtures/supergraph.ts';
import { errorAnswers } from './errors.ts';

let gateway: GatewayFixture;
beforeAll(async () => {
  gateway = await gatewayFixture({
    deadlines: { callMs: 300, operationMs: 700 },
    credential: 'between-gateway-and-subgraphs',
  });
});
afterAll(() => gateway.close());
afterEach(() => {
  for (const subgraph of Object.values(gateway.subgraphs)) subgraph.before = async () => undefined;
});

const never = () => new Promise<void>(() => undefined);

test('a page from four subgraphs takes five calls, and no more than one of each kind', async () => {
  const before = Object.values(gateway.subgraphs).map(({ seen }) => seen.length);
  const { data } = await gateway.ask({ query: projectsPage, variables: { first: 20 } });
  const { edges } = (data as { projects: { edges: { node: Record<string, unknown> }[] } }).projects;
  expect(edges).toHaveLength(20);
  expect(edges[3]?.node).toMatchObject({
    id: 'prj-3',
    institution: { id: 'ins-3', name: 'Normal University 3' },
    grade: { letter: 'A', scoreCenti: 9003 },
  });
  const calls = Object.values(gateway.subgraphs).map(
    ({ seen }, index) => seen.length - (before[index] ?? 0),
  );
  expect(calls.reduce((sum, each) => sum + each)).toBe(5);
});

test('a subgraph gets the trace, the request id and the credential, and no other header of the client', async () => {
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  const { headers } = await gateway.ask(
    { query: '{ creditYear }' },
    { traceparent, 'x-request-id': 'portal-12345678', 'accept-language': 'zh', 'x-other': 'y' },
  );
  const seen = gateway.subgraphs.credits.seen.at(-1) ?? {};
  expect(headers['x-request-id']).toBe('portal-12345678');
  expect(seen).toMatchObject({
    traceparent,
    'x-request-id': 'portal-12345678',
    'x-gateway-credential': 'between-gateway-and-subgraphs',
  });
  expect(Object.keys(seen)).not.toContain('x-other');
  expect(Object.keys(seen)).not.toContain('accept-language');
});

test('a request id that could do harm in a log is replaced', async () => {
  const { headers } = await gateway.ask(
    { query: '{ creditYear }' },
    { 'x-request-id': 'a b"{}\u00e9' },
  );
  expect(headers['x-request-id']).toMatch(/^req_[0-9a-f-]{36}$/);
});

describe('a part of the platform is down: the other parts of the answer stay intact', () => {
  const nodeOf = (data: unknown) =>
    (data as { projects: { edges: { node: Record<string, unknown> }[] } }).projects.edges[0]?.node;

  async function expectWithoutGrade(code: string) {
    const { status, data, errors } = await gateway.ask({
      query: projectsPage,
      variables: { first: 1 },
    });
    expect(status).toBe(200);
    expect(nodeOf(data)).toMatchObject({
      title: 'Reading lessons in multi-grade classes, group 0',
      grade: null,
      institution: { name: 'Normal University 0' },
    });
    expect(nodeOf(data)?.teachers).toHaveLength(4);
    expect(errors.map(({ extensions }) => extensions.code)).toEqual([code]);
    expect(errors[0]?.path).toEqual(['projects', 'edges']);
  }

  test('it hangs: DEADLINE_EXCEEDED', async () => {
    gateway.subgraphs.evaluation.before = never;
    await expectWithoutGrade('DEADLINE_EXCEEDED');
  });

  test('it answers 500: SUBGRAPH_UNAVAILABLE', async () => {
    const hook = gateway.subgraphs.evaluation.replyWith('{"error":"down"}', 500);
    await expectWithoutGrade('SUBGRAPH_UNAVAILABLE');
    hook.restore();
  });

  test.each(['<html>bad gateway</html>', '{', '[]', 'null', '{"data":1}', '{}', '{"data":null}'])(
    'it answers %s: SUBGRAPH_UNAVAILABLE',
    async (text) => {
      const hook = gateway.subgraphs.evaluation.replyWith(text);
      await expectWithoutGrade('SUBGRAPH_UNAVAILABLE');
      hook.restore();
    },
  );

  test('it closes the connection in the middle: a query is asked once more, then SUBGRAPH_UNAVAILABLE', async () => {
    const { evaluation } = gateway.subgraphs;
    const before = evaluation.seen.length;
    evaluation.before = async (request) => {
      request.raw.socket.destroy();
      return never();
    };
    await expectWithoutGrade('SUBGRAPH_UNAVAILABLE');
    expect(evaluation.seen.length - before).toBe(2);
  });

  test('a connection that breaks once is not noticed by who asks', async () => {
    const { credits } = gateway.subgraphs;
    let broken = 0;
    credits.before = async (request) => {
      if (broken > 0) return undefined;
      broken += 1;
      request.raw.socket.destroy();
      return never();
    };
    expect(await gateway.ask({ query: '{ creditYear }' })).toMatchObject({
      data: { creditYear: 2026 },
      errors: [],
    });
    expect(broken).toBe(1);
  });

  test('a mutation whose connection breaks is not sent a second time', async () => {
    const { courses } = gateway.subgraphs;
    const before = courses.seen.length;
    courses.before = async (request) => {
      request.raw.socket.destroy();
      return never();
    };
    const query = 'mutation { enroll(input: { idempotencyKey: "k", classId: "c" }) }';
    expect((await gateway.ask({ query })).code).toBe('SUBGRAPH_UNAVAILABLE');
    expect(courses.seen.length - before).toBe(1);
  });

  test('it is not there at all: the answer comes at once, and the same again when it is back', async () => {
    await gateway.subgraphs.evaluation.pause();
    await expectWithoutGrade('SUBGRAPH_UNAVAILABLE');
    await gateway.subgraphs.evaluation.resume();
    expect((await gateway.ask({ query: projectsPage, variables: { first: 1 } })).errors).toEqual(
      [],
    );
  });

  test('several calls one after the other end at the deadline of the whole operation', async () => {
    const slow = () => new Promise((done) => setTimeout(done, 280));
    for (const subgraph of Object.values(gateway.subgraphs)) subgraph.before = slow;
    const query = `{ project(id: "prj-1") { id review { related { review { grade { letter } } } } } }`;
    const { status, errors } = await gateway.ask({ query });
    expect(status).toBe(200);
    expect(errors.map(({ extensions }) => extensions.code)).toContain('DEADLINE_EXCEEDED');
  });
});

test('a client that goes away takes its calls with it', async () => {
  const { credits } = gateway.subgraphs;
  const arrived = Promise.withResolvers<void>();
  const gone = Promise.withResolvers<void>();
  credits.before = async (request) => {
    request.raw.socket.once('close', () => gone.resolve());
    arrived.resolve();
    return never();
  };
  const url = await gateway.app.listen({ host: '127.0.0.1', port: 0 });
  const leaving = new AbortController();
  const asked = fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ creditYear }' }),
    signal: leaving.signal,
  }).catch(() => 'left');
  await arrived.promise;
  leaving.abort();
  expect(await asked).toBe('left');
  await gone.promise;
});

describe('S20: errors say what the closed list says, and nothing from inside', () => {
  const inside =
    /mongo|E11000|\/srv|140105199001011234|127\.0\.0\.1|graphql-js|at .*\.ts|stack|__Type|serviceName/i;

  test('a subgraph that fails with its driver’s words', async () => {
    const { text, errors, code } = await gateway.ask({ query: '{ failing creditYear }' });
    expect(code).toBe('INTERNAL');
    expect(errors[0]?.path).toEqual(['failing']);
    expect(text).not.toMatch(inside);
  });

  test.each([
    ['UNAVAILABLE', 'SUBGRAPH_UNAVAILABLE'],
    ['FORBIDDEN', 'FORBIDDEN'],
    ['UNAUTHENTICATED', 'UNAUTHENTICATED'],
    ['GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT'],
    ['SECRET_CODE', 'INTERNAL'],
    ['__proto__', 'INTERNAL'],
  ])('code %s of a subgraph is shown as %s', async (theirs, ours) => {
    const answer = {
      data: { creditYear: null },
      errors: [
        {
          message: 'MongoError',
          path: ['creditYear'],
          extensions: { code: theirs, stack: 'x', serviceName: 'y' },
        },
      ],
    };
    const hook = gateway.subgraphs.credits.replyWith(JSON.stringify(answer));
    const { code, text } = await gateway.ask({ query: '{ creditYear }' });
    hook.restore();
    expect(code).toBe(ours);
    expect(text).not.toMatch(inside);
  });

  test('a value that a subgraph promised and did not give is an error, not silence', async () => {
    const hook = gateway.subgraphs.credits.replyWith('{"data":{"creditYear":null}}');
    const { data, code, text } = await gateway.ask({ query: '{ creditYear }' });
    hook.restore();
    expect({ data, code }).toEqual({ data: null, code: 'INCOMPLETE_ANSWER' });
    expect(text).not.toMatch(/extensions":\{"valueCompletion|non-nullable/);
  });

  test.each([
    ['{ projects(first: "x") { nodes { id } } }', {}, 'GRAPHQL_VALIDATION_FAILED'],
    ['query ($n: Int!) { projects(first: $n) { nodes { id } } }', { n: 'x' }, 'BAD_USER_INPUT'],
    ['query ($n: Int!) { projects(first: $n) { nodes { id } } }', {}, 'BAD_USER_INPUT'],
    ['query ($a: [Int!]) { echo(amounts: $a) }', { a: { $ne: 1 } }, 'BAD_USER_INPUT'],
    ['subscription { a }', {}, 'GRAPHQL_VALIDATION_FAILED'],
    ['{', {}, 'GRAPHQL_PARSE_FAILED'],
    ['', {}, 'GRAPHQL_PARSE_FAILED'],
    ['fragment F on Query { creditYear }', {}, 'OPERATION_NOT_FOUND'],
    ['{ ...F } fragment F on Query { ...F }', {}, 'GRAPHQL_VALIDATION_FAILED'],
    ['{ _entities(representations: []) { __typename } }', {}, 'GRAPHQL_VALIDATION_FAILED'],
    ['{ _service { sdl } }', {}, 'GRAPHQL_VALIDATION_FAILED'],
  ])('%s with %j is refused with %s', async (query, variables, code) => {
    const answer = await gateway.ask({ query, variables });
    expect(answer.status).toBe(400);
    expect(answer.code).toBe(code);
    expect(answer.data).toBeUndefined();
    expect(answer.errors[0]?.message).toBe(errorAnswers[code as keyof typeof errorAnswers].en);
    expect(answer.errors[0]?.extensions.messageZh).toMatch(/[\u4e00-\u9fff]/);
    expect(answer.errors[0]?.extensions.requestId).toBe(answer.headers['x-request-id']);
  });
});
