import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import {
  InMemorySpanExporter,
  NodeTracerProvider,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-node';
import { type GatewayFixture, gatewayFixture } from '../fixtures/gateway.ts';

const exporter = new InMemorySpanExporter();
const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
let gateway: GatewayFixture;
beforeAll(async () => {
  provider.register({ propagator: new W3CTraceContextPropagator() });
  gateway = await gatewayFixture();
});
afterAll(async () => {
  await gateway.close();
  await provider.shutdown();
});

test('one trace goes from the client through plan and calls to the subgraph, and carries no document', async () => {
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  const query = 'query Named { echo(text: "王秀英") creditYear }';
  await gateway.ask({ query }, { traceparent: `00-${traceId}-b7ad6b7169203331-01` });
  const spans = exporter.getFinishedSpans();
  expect(new Set(spans.map((span) => span.spanContext().traceId))).toEqual(new Set([traceId]));
  const names = spans.map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining(['gateway.request', 'gateway.plan', 'gateway.execute', 'gateway.fetch']),
  );
  const calls = spans
    .filter(({ name }) => name === 'gateway.fetch')
    .map((span) => span.spanContext().spanId);
  const [, seenTrace, seenSpan] = String(gateway.subgraphs.credits.seen.at(-1)?.traceparent).split(
    '-',
  );
  expect(seenTrace).toBe(traceId);
  expect(calls).toContain(seenSpan);
  const told = JSON.stringify(spans.map(({ attributes, events }) => ({ attributes, events })));
  expect(told).not.toContain('王秀英');
});
