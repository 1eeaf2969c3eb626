import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type GatewayFixture, gatewayFixture } from '../fixtures/gateway.ts';

let gateway: GatewayFixture;
beforeAll(async () => {
  gateway = await gatewayFixture();
});
afterAll(() => gateway.close());

const mutation =
  '{"query":"mutation { enroll(input: {idempotencyKey: \\"k\\", classId: \\"c\\"}) }"}';
const form = `query=${encodeURIComponent('mutation { enroll(input: {idempotencyKey: "k", classId: "c"}) }')}`;

async function send(contentType: string | undefined, payload = mutation) {
  const before = gateway.subgraphs.courses.seen.length;
  const response = await gateway.app.inject({
    method: 'POST',
    url: '/graphql',
    payload,
    headers: contentType === undefined ? {} : { 'content-type': contentType },
  });
  return { response, executed: gateway.subgraphs.courses.seen.length - before };
}

describe('S11: nothing that a browser sends to another origin unasked is executed', () => {
  test.each([
    ['text/plain', mutation],
    ['text/plain;charset=utf-8', mutation],
    ['application/x-www-form-urlencoded', form],
    [
      'multipart/form-data; boundary=x',
      `--x\r\ncontent-disposition: form-data; name="query"\r\n\r\n${mutation}\r\n--x--`,
    ],
    ['message/http', mutation],
    ['application/jsonp', mutation],
    ['application/json-patch+json', mutation],
    ['text/plain; application/json', mutation],
    ['text/plain, application/json', mutation],
    ['application/json, text/plain', mutation],
    ['application/json; charset=utf-16', mutation],
    ['application/json;x=y', mutation],
    ['application/json\t; charset=utf-8', mutation],
    ['\tapplication/json', mutation],
    ['application/json ;\tcharset=utf-8', mutation],
    ['', mutation],
  ])('%j is refused', async (contentType, payload) => {
    const { response, executed } = await send(contentType, payload);
    expect(response.statusCode).toBe(415);
    expect(response.json().errors[0].extensions.code).toBe('UNSUPPORTED_MEDIA_TYPE');
    expect(executed).toBe(0);
  });

  test('no content type is refused', async () => {
    const { response, executed } = await send(undefined);
    expect(response.statusCode).toBe(415);
    expect(executed).toBe(0);
  });

  test.each([
    'application/json',
    'application/json; charset=utf-8',
    'application/json;charset=UTF-8',
    'Application/JSON',
  ])('%s is executed', async (contentType) => {
    const { response, executed } = await send(contentType);
    expect(response.json()).toEqual({ data: { enroll: 'c' } });
    expect(executed).toBe(1);
  });

  test.each(['GET', 'HEAD', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'] as const)(
    '%s is not taken, for queries neither',
    async (method) => {
      const before = gateway.subgraphs.courses.seen.length;
      const url = `/graphql?${form}`;
      const response = await gateway.app.inject({
        method,
        url,
        headers: { 'content-type': 'message/http' },
      });
      expect(response.statusCode).toBe(405);
      expect(response.headers.allow).toBe('POST');
      expect(gateway.subgraphs.courses.seen.length).toBe(before);
    },
  );

  test('no other origin is granted anything', async () => {
    const preflight = await gateway.app.inject({
      method: 'OPTIONS',
      url: '/graphql',
      headers: { origin: 'https://elsewhere.example', 'access-control-request-method': 'POST' },
    });
    expect(
      Object.keys(preflight.headers).filter((name) => name.startsWith('access-control')),
    ).toEqual([]);
  });
});
