import { runInNewContext, Script } from 'node:vm';
import { renderGraphiQL } from '@graphql-yoga/render-graphiql';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type GatewayFixture, gatewayFixture } from '../fixtures/gateway.ts';
import { explorerPage } from './explorer.ts';

const operations = [
  {
    name: 'page',
    document: 'query Page($first: Int!) { projects(first: $first) { nodes { id } } }',
    variables: { first: 3 },
    token: 'abc.def.ghi',
  },
  { name: 'awkward', document: '# </script><script>alert(1)</script>\n{ creditYear }' },
];

let gateway: GatewayFixture;
let page: string;
beforeAll(async () => {
  gateway = await gatewayFixture({ explorer: { operations } });
  page = (await gateway.app.inject('/')).body;
});
afterAll(() => gateway.close());

/** The page's scripts, as a browser would cut them out. */
const scripts = (html: string) =>
  [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, script]) => script ?? '');

describe('the explorer', () => {
  test('is a page with a policy that lets it reach this gateway and nothing else', async () => {
    const { statusCode, headers } = await gateway.app.inject('/');
    expect(statusCode).toBe(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("connect-src 'self'");
    expect(policy).not.toMatch(/https?:|\*/);
  });

  test('has everything in itself: no element loads anything from anywhere', () => {
    const outside = page
      .replaceAll(/<script>[\s\S]*?<\/script>/g, '')
      .match(
        /(?:src|href)\s*=\s*"(?!data:)[^"]*"|@import[^;]*;|url\((?!"?data:|'?data:|#)[^)]*\)/g,
      );
    expect(outside ?? []).toEqual([]);
    expect(/<script[^>]+src=/.test(page)).toBe(false);
  });

  test('its scripts parse, two of them, and no operation can end them early', () => {
    const found = scripts(page);
    expect(found).toHaveLength(scripts(renderGraphiQL()).length + 1);
    for (const script of found) new Script(script);
    expect(page.includes('<script>alert(1)')).toBe(false);
  });

  test('opens each ready-made operation with its variables and its token', () => {
    const call = scripts(page)
      .at(-1)
      ?.match(/YogaGraphiQL\.renderYogaGraphiQL\([\s\S]*$/)?.[0];
    const given: unknown[] = [];
    runInNewContext(call ?? '', {
      window: { document: { querySelector: () => null } },
      YogaGraphiQL: {
        renderYogaGraphiQL: (_root: unknown, options: unknown) => given.push(options),
      },
    });
    const [{ endpoint, defaultTabs }] = JSON.parse(JSON.stringify(given));
    expect(endpoint).toBe('/graphql');
    expect(defaultTabs[0].query).toBe(operations[0]?.document);
    expect(JSON.parse(defaultTabs[0].variables)).toEqual({ first: 3 });
    expect(JSON.parse(defaultTabs[0].headers)).toEqual({ authorization: 'Bearer abc.def.ghi' });
    expect(defaultTabs[1].query).toBe(operations[1]?.document);
    expect(defaultTabs).toHaveLength(2);
  });

  test('drops the tabs a browser kept when the operations, or their tokens, are new', () => {
    const kept = new Map([
      ['graphiql:tabState', 'old'],
      ['other', 'x'],
    ]);
    const open = (html: string) =>
      runInNewContext(scripts(html)[0] ?? '', {
        Object: { keys: () => [...kept.keys()] },
        localStorage: {
          getItem: (key: string) => kept.get(key) ?? null,
          setItem: (key: string, value: string) => kept.set(key, value),
          removeItem: (key: string) => kept.delete(key),
        },
      });
    open(page);
    expect(kept.has('graphiql:tabState')).toBe(false);
    kept.set('graphiql:tabState', 'mine');
    open(page);
    expect(kept.get('graphiql:tabState')).toBe('mine');
    open(explorerPage([{ name: 'page', document: '{ a }', token: 'new' }]));
    expect(kept.has('graphiql:tabState')).toBe(false);
    expect(kept.get('other')).toBe('x');
  });

  test('is not there unless it was asked for', async () => {
    const without = await gatewayFixture();
    try {
      expect((await without.app.inject('/')).statusCode).toBe(404);
    } finally {
      await without.close();
    }
  });
});
