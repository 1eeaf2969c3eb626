import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { getIntrospectionQuery } from 'graphql';
import { type GatewayFixture, gatewayFixture } from '../fixtures/gateway.ts';
import { hashOf, persistedDocuments } from './persisted-documents.ts';

const published = 'query CreditYear { creditYear }';
const introspecting = getIntrospectionQuery();
const wrong = 'query Wrong { creditYeer }';
const manifest = (...documents: string[]) =>
  persistedDocuments(Object.fromEntries(documents.map((document) => [hashOf(document), document])));

let gateway: GatewayFixture;
beforeAll(async () => {
  gateway = await gatewayFixture({
    production: true,
    persistedDocuments: manifest(published, introspecting, wrong),
    explorer: { operations: [] },
  });
});
afterAll(() => gateway.close());

describe('S4: in production only published documents are executed, by their hash', () => {
  test('by documentId, and as Apollo’s clients name it', async () => {
    const documentId = `sha256:${hashOf(published)}`;
    expect((await gateway.ask({ documentId })).data).toEqual({ creditYear: 2026 });
    const extensions = { persistedQuery: { version: 1, sha256Hash: hashOf(published) } };
    expect((await gateway.ask({ extensions })).data).toEqual({ creditYear: 2026 });
  });

  test('a text is refused, published or not', async () => {
    for (const query of [published, '{ gradesPublished }']) {
      const { status, code } = await gateway.ask({ query });
      expect({ status, code }).toEqual({ status: 400, code: 'PERSISTED_DOCUMENT_REQUIRED' });
    }
    expect((await gateway.ask({})).code).toBe('PERSISTED_DOCUMENT_REQUIRED');
  });

  test('a text beside its hash registers nothing', async () => {
    const query = '{ gradesPublished }';
    const extensions = { persistedQuery: { version: 1, sha256Hash: hashOf(query) } };
    expect((await gateway.ask({ query, extensions })).code).toBe('PERSISTED_DOCUMENT_REQUIRED');
    expect((await gateway.ask({ extensions })).code).toBe('PERSISTED_DOCUMENT_NOT_FOUND');
  });

  test('1,000 unknown hashes are refused, 1,000 times', async () => {
    const codes = new Set<unknown>();
    for (let index = 0; index < 1000; index += 1) {
      codes.add((await gateway.ask({ documentId: hashOf(`{ a${index} }`) })).code);
    }
    expect([...codes]).toEqual(['PERSISTED_DOCUMENT_NOT_FOUND']);
  });

  test.each(['__proto__', 'constructor', 'toString', '', 'sha256:'])(
    'the hash %j is unknown',
    async (documentId) => {
      expect((await gateway.ask({ documentId })).code).toBe('PERSISTED_DOCUMENT_NOT_FOUND');
    },
  );
});

describe('S14: production tells nothing about the schema', () => {
  test('introspection is refused even when published', async () => {
    const { code, text } = await gateway.ask({ documentId: hashOf(introspecting) });
    expect(code).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(text).not.toMatch(/__schema|introspection/i);
  });

  test('no suggestion, no text of graphql-js', async () => {
    const { errors, text } = await gateway.ask({ documentId: hashOf(wrong) });
    expect(Object.keys(errors[0]?.extensions ?? {}).sort()).toEqual([
      'code',
      'messageEn',
      'messageZh',
      'requestId',
    ]);
    expect(text).not.toMatch(/creditYear|Did you mean/);
  });

  test('no explorer', async () => {
    expect((await gateway.app.inject('/')).statusCode).toBe(404);
  });
});

test('GOV-03: outside production a validation error says what graphql-js says, but not what was typed', async () => {
  const open = await gatewayFixture();
  try {
    const { errors } = await open.ask({ query: wrong });
    expect(errors[0]?.extensions.detail).toBe(
      'Cannot query field "…" on type "Query". Did you mean "creditYear"?',
    );
    expect((await open.ask({ query: introspecting })).status).toBe(200);
  } finally {
    await open.close();
  }
});

test('outside production a hash is found in the manifest too, and texts are taken', async () => {
  const open = await gatewayFixture({ persistedDocuments: manifest(published) });
  try {
    expect((await open.ask({ documentId: hashOf(published) })).data).toEqual({ creditYear: 2026 });
    expect((await open.ask({ documentId: hashOf('{ a }') })).code).toBe(
      'PERSISTED_DOCUMENT_NOT_FOUND',
    );
    expect((await open.ask({ query: '{ gradesPublished }' })).data).toEqual({
      gradesPublished: 20,
    });
  } finally {
    await open.close();
  }
});

test('a manifest with a hash that is not its document’s is refused', () => {
  expect(() => persistedDocuments({ [hashOf('{ a }')]: '{ b }' })).toThrow(
    /not its document's hash/,
  );
  expect(() => persistedDocuments({ short: '{ b }' })).toThrow();
});
