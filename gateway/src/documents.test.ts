import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type GatewayFixture, gatewayFixture } from '../fixtures/gateway.ts';
import { limits } from './limits.ts';

let gateway: GatewayFixture;
beforeAll(async () => {
  gateway = await gatewayFixture();
});
afterAll(() => gateway.close());

/** Plans asked for so far: a document that is refused before planning leaves this as it is. */
async function plansAsked(): Promise<number> {
  const { body } = await gateway.app.inject('/metrics');
  const counts = [...body.matchAll(/gateway_plan_cache_total\{[^}]*\} (\d+)/g)];
  return counts.reduce((sum, [, count]) => sum + Number(count), 0);
}

/** Each level spreads the next one under several fields, so that it grows by that factor per level when expanded. */
function fanOut(levels: number, fields: readonly string[]): string {
  const fragments = Array.from({ length: levels }, (_, level) => {
    const inner = level === levels - 1 ? 'title grade { letter }' : `...F${level + 1}`;
    const body =
      level === levels - 1 ? inner : fields.map((field) => `${field} { ${inner} }`).join(' ');
    return `fragment F${level} on Project { ${body} }`;
  });
  return `{ project(id: "prj-1") { ...F0 } } ${fragments.join(' ')}`;
}

describe('S2: what would take the planner seconds is refused before it plans', () => {
  test.each([
    [474, fanOut(8, ['a: related', 'b: review'])],
    [585, fanOut(10, ['a: related', 'b: review'])],
    [703, fanOut(12, ['a: related', 'b: review'])],
    [0, fanOut(30, ['a: related', 'b: review'])],
    [0, fanOut(7, ['related', 'review'])],
    [0, fanOut(8, ['related', 'similar', 'review'])],
    [
      0,
      `{ ${Array.from({ length: 21 }, (_, i) => `a${i}: project(id: "prj-${i}") { grade { letter } }`).join(' ')} }`,
    ],
  ])(
    'aliases or fields that fan out through fragments (%d bytes where it was measured)',
    async (_bytes, query) => {
      const before = await plansAsked();
      const { status, code, errors } = await gateway.ask({ query });
      expect({ status, code }).toEqual({ status: 400, code: 'LIMIT_EXCEEDED' });
      expect(Object.keys(limits)).toContain(errors[0]?.extensions.limit);
      expect(await plansAsked()).toBe(before);
    },
  );

  test('what is within the limits is planned and answered', async () => {
    const { errors, data } = await gateway.ask({ query: fanOut(5, ['related', 'review']) });
    expect(errors).toEqual([]);
    expect(data).toHaveProperty('project.related.review.related.review.grade.letter', 'A');
  });

  test('1,000 tokens are accepted, 1,001 refused', async () => {
    // Nine tokens stand around the numbers.
    const document = (tokens: number) => `{ echo(amounts: [${'1 '.repeat(tokens - 9)}]) }`;
    expect((await gateway.ask({ query: document(1000) })).errors).toEqual([]);
    const refused = await gateway.ask({ query: document(1001) });
    expect(refused.errors[0]?.extensions).toMatchObject({
      code: 'LIMIT_EXCEEDED',
      limit: 'tokens',
      maximum: 1000,
    });
  });

  test('one field 990 times over is refused before its duplicates are compared in pairs', async () => {
    const query = `{ project(id: "prj-1") { ${'id '.repeat(990)} } }`;
    expect((await gateway.ask({ query })).code).toBe('GRAPHQL_VALIDATION_FAILED');
  });

  test('a page’s size is judged by the variable of each request, though its document is known', async () => {
    const query = 'query ($n: Int!) { projects(first: $n) { nodes { id } } }';
    expect((await gateway.ask({ query, variables: { n: 100 } })).errors).toEqual([]);
    expect((await gateway.ask({ query, variables: { n: 101 } })).code).toBe('LIMIT_EXCEEDED');
    expect((await gateway.ask({ query, variables: { n: 1 } })).errors).toEqual([]);
  });

  test('only the operation that runs is measured, and it is found by its name', async () => {
    const query = `query Small { creditYear } query Large { ${'a'.repeat(3)}: creditYear ${Array.from({ length: 16 }, (_, i) => `a${i}: creditYear`).join(' ')} }`;
    expect((await gateway.ask({ query, operationName: 'Small' })).data).toEqual({
      creditYear: 2026,
    });
    expect((await gateway.ask({ query, operationName: 'Large' })).code).toBe('LIMIT_EXCEEDED');
  });
});
