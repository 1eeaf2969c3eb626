/** Refuses what can't be answered in time, so that what is accepted still can be. */
import underPressure from '@fastify/under-pressure';
import type { FastifyInstance } from 'fastify';
import { RequestRefused } from './errors.ts';

export type OverloadLimits = {
  /** Operations being answered at once. */
  readonly concurrentOperations: number;
  /** Mean delay of the event loop over the last second. */
  readonly eventLoopDelayMs: number;
};

export const overloadLimits: OverloadLimits = { concurrentOperations: 512, eventLoopDelayMs: 1000 };

/** Adds both limits to the routes of this scope; health and metrics stay outside and keep answering. */
export async function shedOverload(scope: FastifyInstance, limits: OverloadLimits): Promise<void> {
  await scope.register(underPressure, {
    maxEventLoopDelay: limits.eventLoopDelayMs,
    pressureHandler: () => {
      throw new RequestRefused('OVERLOADED');
    },
  });
  let operations = 0;
  const admitted = new WeakSet<object>();
  scope.addHook('onRequest', async (request, reply) => {
    if (operations >= limits.concurrentOperations) throw new RequestRefused('OVERLOADED');
    operations += 1;
    admitted.add(request.raw);
    reply.raw.once('close', () => {
      if (admitted.delete(request.raw)) operations -= 1;
    });
  });
  scope.addHook('onResponse', async (request) => {
    if (admitted.delete(request.raw)) operations -= 1;
  });
}
