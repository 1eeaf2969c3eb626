import { expect, test } from '@jest/globals';
import { gatewayFixture } from '../fixtures/gateway.ts';

test('one operation more than the limit at once is refused with OVERLOADED; health is not; all is well afterwards', async () => {
  const gateway = await gatewayFixture({ overload: { concurrentOperations: 3 } });
  try {
    const go = Promise.withResolvers<void>();
    let waiting = 0;
    const all = Promise.withResolvers<void>();
    gateway.subgraphs.credits.before = async () => {
      waiting += 1;
      if (waiting === 3) all.resolve();
      await go.promise;
    };
    const query = '{ creditYear }';
    const accepted = [1, 2, 3].map(() => gateway.ask({ query }));
    await all.promise;
    const refused = await gateway.ask({ query });
    expect({ status: refused.status, code: refused.code }).toEqual({
      status: 503,
      code: 'OVERLOADED',
    });
    expect(refused.headers['retry-after']).toBe('1');
    expect((await gateway.app.inject('/health/ready')).statusCode).toBe(200);
    expect((await gateway.app.inject('/metrics')).body).toContain('outcome="OVERLOADED"} 1');
    go.resolve();
    for (const { data } of await Promise.all(accepted)) expect(data).toEqual({ creditYear: 2026 });
    // Places are given back, by refused requests too.
    for (let index = 0; index < 10; index += 1) {
      expect((await gateway.ask({ query: index % 2 === 0 ? query : '{' })).code).not.toBe(
        'OVERLOADED',
      );
    }
  } finally {
    await gateway.close();
  }
});

test('an event loop that is late refuses operations until it has caught up', async () => {
  const gateway = await gatewayFixture({ overload: { eventLoopDelayMs: 5 } });
  try {
    const seen = new Set<unknown>();
    const end = Date.now() + 15_000;
    while (!seen.has('OVERLOADED') && Date.now() < end) {
      const blocked = Date.now() + 300;
      while (Date.now() < blocked);
      await new Promise((done) => setTimeout(done, 1));
      seen.add((await gateway.ask({ query: '{ creditYear }' })).code);
    }
    expect(seen).toContain('OVERLOADED');
  } finally {
    await gateway.close();
  }
});
