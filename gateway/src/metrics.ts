/** What Prometheus reads of the gateway. Labels come from bounded sets, so that no client can add to them. */
import { Counter, Histogram, Registry } from 'prom-client';
import type { SubgraphCall } from './subgraph-client.ts';

export type Metrics = {
  readonly registry: Registry;
  readonly operation: (name: string, outcome: string, seconds: number) => void;
  readonly plan: (cache: 'hit' | 'miss') => void;
  readonly call: (call: SubgraphCall) => void;
};

const buckets = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export function gatewayMetrics(registry: Registry = new Registry()): Metrics {
  const operations = new Histogram({
    name: 'gateway_operation_seconds',
    help: 'Time from a request to its answer, by published operation (others together) and outcome (ok, or the first error code).',
    labelNames: ['operation', 'outcome'] as const,
    buckets,
    registers: [registry],
  });
  const plans = new Counter({
    name: 'gateway_plan_cache_total',
    help: 'Query plans asked for, by whether they were known.',
    labelNames: ['cache'] as const,
    registers: [registry],
  });
  const calls = new Histogram({
    name: 'gateway_subgraph_call_seconds',
    help: 'Time of one call to a subgraph, by subgraph and outcome (answered, failed, timed_out).',
    labelNames: ['subgraph', 'outcome'] as const,
    buckets,
    registers: [registry],
  });
  return {
    registry,
    operation: (operation, outcome, seconds) => operations.observe({ operation, outcome }, seconds),
    plan: (cache) => plans.inc({ cache }),
    call: ({ subgraph, outcome, seconds }) => calls.observe({ subgraph, outcome }, seconds),
  };
}
