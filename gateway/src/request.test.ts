import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type GatewayFixture, gatewayFixture } from '../fixtures/gateway.ts';

let gateway: GatewayFixture;
beforeAll(async () => {
  gateway = await gatewayFixture();
});
afterAll(() => gateway.close());

function send(payload: string) {
  return gateway.app.inject({
    method: 'POST',
    url: '/graphql',
    headers: { 'content-type': 'application/json' },
    payload,
  });
}

describe('the body', () => {
  const sized = (bytes: number) => {
    const frame = JSON.stringify({ query: '{ __typename }', variables: { pad: '' } });
    return JSON.stringify({
      query: '{ __typename }',
      variables: { pad: 'x'.repeat(bytes - frame.length) },
    });
  };

  test('of 100 KB is accepted, a byte more refused', async () => {
    const accepted = await send(sized(102_400));
    expect(accepted.json()).toEqual({ data: { __typename: 'Query' } });
    const refused = await send(sized(102_401));
    expect(refused.statusCode).toBe(413);
    expect(refused.json().errors[0].extensions.code).toBe('PAYLOAD_TOO_LARGE');
  });

  test.each([
    ['', 'BAD_REQUEST'],
    ['{', 'BAD_REQUEST'],
    ['null', 'BAD_REQUEST'],
    ['"{ __typename }"', 'BAD_REQUEST'],
    ['{}', 'BAD_REQUEST'],
    ['{"query":["{ __typename }"]}', 'BAD_REQUEST'],
    ['{"query":"{ __typename }","variables":"{}"}', 'BAD_REQUEST'],
    ['{"query":"{ __typename }","variables":[1]}', 'BAD_REQUEST'],
    ['{"query":"{ __typename }","operationName":{"$ne":1}}', 'BAD_REQUEST'],
    ['{"query":"{ __typename }","more":1}', 'BAD_REQUEST'],
    ['[{"query":"{ __typename }"}]', 'BATCH_NOT_SUPPORTED'],
    ['[]', 'BATCH_NOT_SUPPORTED'],
  ])('%s is refused with %s', async (payload, code) => {
    const response = await send(payload);
    expect(response.statusCode).toBe(400);
    expect(response.json().errors[0].extensions.code).toBe(code);
  });
});

describe('several operations in one document', () => {
  const query = 'query A { creditYear } query B { gradesPublished }';

  test('the named one is executed', async () => {
    expect((await gateway.ask({ query, operationName: 'B' })).data).toEqual({
      gradesPublished: 20,
    });
  });

  test('none or an unknown one named is refused', async () => {
    expect((await gateway.ask({ query })).code).toBe('OPERATION_NOT_FOUND');
    expect((await gateway.ask({ query, operationName: 'C' })).code).toBe('OPERATION_NOT_FOUND');
  });
});

describe('S13: no prototype is changed by what clients or subgraphs send', () => {
  const untouched = () => {
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(({} as Record<string, unknown>).title).toBeUndefined();
  };

  test.each(['__proto__', 'constructor', 'prototype'])('an alias %s', async (alias) => {
    const { status } = await gateway.ask({
      query: `{ ${alias}: project(id: "prj-1") { title ${alias}: institution { ${alias}: name } grade { letter } } }`,
    });
    expect([200, 400]).toContain(status);
    untouched();
  });

  test.each([
    '{"query":"query ($a: [Int!]) { echo(amounts: $a) }","variables":{"__proto__":{"polluted":1}}}',
    '{"query":"query ($a: [Int!]) { echo(amounts: $a) }","variables":{"constructor":{"prototype":{"polluted":1}}}}',
    '{"query":"{ creditYear }","__proto__":{"polluted":1}}',
  ])('a body %s is refused', async (payload) => {
    const response = await send(payload);
    expect(response.statusCode).toBe(400);
    untouched();
  });

  test('a variable called __proto__', async () => {
    await gateway.ask({ query: 'query ($__proto__: String) { echo(text: $__proto__) }' });
    untouched();
  });

  test('a subgraph that answers with __proto__', async () => {
    const { courses } = gateway.subgraphs;
    const answer =
      '{"data":{"__proto__":{"polluted":1},"project":{"__typename":"Project","id":"prj-1","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}}}';
    const hook = courses.replyWith(answer);
    const { data } = await gateway.ask({
      query: '{ project(id: "prj-1") { id grade { letter } } }',
    });
    hook.restore();
    expect(data).toEqual({ project: { id: 'prj-1', grade: { letter: 'A' } } });
    untouched();
  });
});
