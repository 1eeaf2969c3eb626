import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** What every service measures of itself; the relay and the consumers add theirs to the same registry. */
export class Metrics {
  readonly registry: Registry;
  readonly #commands: Histogram<'command' | 'outcome'>;
  readonly #requests: Counter<'outcome'>;

  constructor(service: string) {
    this.registry = new Registry();
    this.registry.setDefaultLabels({ service });
    collectDefaultMetrics({ register: this.registry });
    this.#commands = new Histogram({
      name: 'command_duration_seconds',
      help: 'Duration of commands, by command and outcome (accepted, refused, failed)',
      labelNames: ['command', 'outcome'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers: [this.registry],
    });
    this.#requests = new Counter({
      name: 'graphql_requests_total',
      help: 'GraphQL requests answered, by outcome (ok, errors)',
      labelNames: ['outcome'],
      registers: [this.registry],
    });
  }

  /** Times a command; its outcome is read from the result. */
  async timeCommand<T extends { readonly refusals: readonly unknown[] }>(
    command: string,
    work: () => Promise<T>,
  ): Promise<T> {
    const end = this.#commands.startTimer({ command });
    try {
      const result = await work();
      end({ outcome: result.refusals.length === 0 ? 'accepted' : 'refused' });
      return result;
    } catch (error) {
      end({ outcome: 'failed' });
      throw error;
    }
  }

  countRequest(outcome: 'ok' | 'errors'): void {
    this.#requests.inc({ outcome });
  }
}
