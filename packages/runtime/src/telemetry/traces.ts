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
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';

let provider: NodeTracerProvider | undefined;

/** Turns tracing on for the process (once) when there is a collector; answers how to send what is left at the end. */
export function startTracing(service: string, otlpEndpoint: string): () => Promise<void> {
  if (otlpEndpoint === '' || provider !== undefined) return async () => {};
  const exporter = new OTLPTraceExporter({ url: `${otlpEndpoint.replace(/\/$/, '')}/v1/traces` });
  provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': service, 'service.namespace': 'shixun' }),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  provider.register({ propagator: new W3CTraceContextPropagator() });
  const started = provider;
  return async () => {
    await started.shutdown();
    provider = undefined;
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
