import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type GatewayFixture, gatewayFixture } from '../fixtures/gateway.ts';
import { readiness } from './health.ts';
import type { SubgraphClient } from './subgraph-client.ts';

describe('readiness', () => {
  let reachable: Record<string, boolean>;
  let asked: number;
  let now: number;
  const clients = () =>
    Object.keys(reachable).map(
      (name) =>
        ({
          name,
          isReady: async () => {
            asked += 1;
            return reachable[name];
          },
        }) as unknown as SubgraphClient,
    );
  beforeEach(() => {
    reachable = { courses: true, credits: true };
    asked = 0;
    now = 0;
  });

  test('comes once every subgraph has been reached, not before', async () => {
    const ready = readiness(clients, () => now);
    reachable.credits = false;
    expect(await ready()).toEqual({ ready: false, subgraphs: { courses: true, credits: false } });
    reachable.credits = true;
    now += 3000;
    expect(await ready()).toMatchObject({ ready: true });
  });

  test('stays while one subgraph is left, so that the rest of the graph is not lost', async () => {
    const ready = readiness(clients, () => now);
    await ready();
    reachable.credits = false;
    now += 3000;
    expect(await ready()).toMatchObject({ ready: true, subgraphs: { credits: false } });
    reachable.courses = false;
    now += 3000;
    expect(await ready()).toMatchObject({ ready: false });
  });

  test('asks the subgraphs once in 3 s, however many ask at once', async () => {
    const ready = readiness(clients, () => now);
    await Promise.all(Array.from({ length: 100 }, () => ready()));
    now += 2999;
    await ready();
    expect(asked).toBe(2);
    now += 1;
    await ready();
    expect(asked).toBe(4);
  });
});

describe('the routes', () => {
  let gateway: GatewayFixture;
  beforeEach(async () => {
    gateway = await gatewayFixture();
  });
  afterEach(() => gateway.close());

  test('live says only that the process turns', async () => {
    await Promise.all(Object.values(gateway.subgraphs).map((subgraph) => subgraph.pause()));
    expect((await gateway.app.inject('/health/live')).statusCode).toBe(200);
    expect((await gateway.app.inject('/health/ready')).statusCode).toBe(503);
  });

  test('ready names the subgraphs', async () => {
    const { statusCode, body } = await gateway.app.inject('/health/ready');
    expect(statusCode).toBe(200);
    expect(JSON.parse(body).subgraphs).toEqual({
      courses: true,
      credits: true,
      evaluation: true,
      registry: true,
    });
  });
});
