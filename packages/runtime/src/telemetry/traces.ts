import {
  type Attributes,
  context,
  propagation,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  NodeTracerProvider,
  ParentBasedSampler,
} from '@opentelemetry/sdk-trace-node';

let provider: NodeTracerProvider | undefined;

/**
 * Carries trace contexts through the process, once: from a request through its command to its events. Spans are
 * recorded and sent only where there is a collector. Answers how to send what is left at the end.
 */
export function startTracing(service: string, otlpEndpoint: string): () => Promise<void> {
  if (provider !== undefined) return async () => {};
  const sent = otlpEndpoint !== '';
  const url = `${otlpEndpoint.replace(/\/$/, '')}/v1/traces`;
  const started = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': service, 'service.namespace': 'shixun' }),
    sampler: sent
      ? new ParentBasedSampler({ root: new AlwaysOnSampler() })
      : new AlwaysOffSampler(),
    spanProcessors: sent ? [new BatchSpanProcessor(new OTLPTraceExporter({ url }))] : [],
  });
  started.register({ propagator: new W3CTraceContextPropagator() });
  provider = started;
  return async () => {
    provider = undefined;
    await started.shutdown();
    trace.disable();
    context.disable();
    propagation.disable();
  };
}

/** The W3C trace context of what is going on now, to be carried by an event or a request; undefined when not traced. */
export function currentTraceparent(): string | undefined {
  const carrier: Record<string, string> = {};
  propagation.inject(context.active(), carrier);
  return carrier['traceparent'];
}

export type SpanOptions = {
  readonly name: string;
  /** W3C trace context of the cause; without it the span is a child of what is going on now. */
  readonly traceparent?: string | null | undefined;
  readonly kind?: SpanKind;
  readonly attributes?: Attributes;
};

/** Does the work inside a span; an error marks the span and goes on its way. */
export async function inSpan<T>(
  options: SpanOptions,
  work: (span: Span) => Promise<T>,
): Promise<T> {
  const parent = options.traceparent
    ? propagation.extract(context.active(), { traceparent: options.traceparent })
    : context.active();
  const spanOptions = {
    kind: options.kind ?? SpanKind.INTERNAL,
    ...(options.attributes ? { attributes: options.attributes } : {}),
  };
  const span = trace.getTracer('shixun').startSpan(options.name, spanOptions, parent);
  return context.with(trace.setSpan(parent, span), async () => {
    try {
      return await work(span);
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}

/**
 * Begins the span of a request that another service sent, a child of the trace it names. `within` runs what follows
 * inside it; `end` closes it.
 */
export function serverSpan(name: string, traceparent: string | undefined) {
  const parent = traceparent
    ? propagation.extract(context.active(), { traceparent })
    : context.active();
  const span = trace.getTracer('shixun').startSpan(name, { kind: SpanKind.SERVER }, parent);
  const active = trace.setSpan(parent, span);
  return {
    within: (next: () => void): void => context.with(active, next),
    end: (failed: boolean): void => {
      if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    },
  };
}
