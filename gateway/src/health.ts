/** Whether requests should be sent here, asked of the subgraphs at most once in a while however often it is asked. */
import type { FastifyInstance } from 'fastify';
import type { SubgraphClient } from './subgraph-client.ts';

/** An answer about the subgraphs is believed for this long. */
const believedMs = 3000;

export type Readiness = () => Promise<{ ready: boolean; subgraphs: Record<string, boolean> }>;

/**
 * Ready once every subgraph has been reached, and from then on while any is: taking every gateway out because one
 * subgraph is down would lose the parts of the graph that still work.
 */
export function readiness(
  clients: () => readonly SubgraphClient[],
  now: () => number = performance.now.bind(performance),
): Readiness {
  let complete = false;
  let asked: { readonly at: number; readonly answer: ReturnType<Readiness> } | undefined;
  async function ask() {
    const known = clients();
    const reached = await Promise.all(known.map((client) => client.isReady()));
    complete ||= reached.every(Boolean);
    return {
      ready: complete && reached.some(Boolean),
      subgraphs: Object.fromEntries(
        known.map(({ name }, index) => [name, reached[index] ?? false]),
      ),
    };
  }
  return () => {
    if (asked === undefined || now() - asked.at >= believedMs) asked = { at: now(), answer: ask() };
    return asked.answer;
  };
}

/** `/health/live` says that the process turns; `/health/ready` that it can answer. */
export function addHealthRoutes(app: FastifyInstance, ready: Readiness): void {
  app.get('/health/live', async () => ({ live: true }));
  app.get('/health/ready', async (_request, reply) => {
    const answer = await ready();
    return reply.status(answer.ready ? 200 : 503).send(answer);
  });
}
