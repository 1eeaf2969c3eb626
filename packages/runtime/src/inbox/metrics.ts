import { Counter, Gauge, type Registry } from 'prom-client';
import type { GroupHealth } from '../bus/port.ts';
import type { Database } from '../database.ts';
import type { Absorbed } from './absorber.ts';
import { type DeadLetter, deadLetters } from './store.ts';

export type ConsumerMetrics = {
  readonly absorbed: (type: string, became: Absorbed) => void;
  readonly buried: (count: number) => void;
  readonly ignored: (topic: string) => void;
  /** Shows the group's health as gauges. */
  readonly watch: (health: () => GroupHealth) => void;
};

export function consumerMetrics(registry: Registry, db: Database): ConsumerMetrics {
  const registers = [registry];
  const absorbed = new Counter({
    name: 'events_absorbed_total',
    help: 'Events by type and by what became of them: effective, redelivered (the inbox knew them), dead',
    labelNames: ['type', 'became'],
    registers,
  });
  const ignored = new Counter({
    name: 'events_ignored_total',
    help: 'Events of kinds that this service has no use for, by topic',
    labelNames: ['topic'],
    registers,
  });
  const unread = new Counter({
    name: 'events_unreadable_total',
    help: 'Messages that became dead letters because they could not be read',
    registers,
  });
  deadLettersGauge(registry, db);
  return {
    absorbed: (type, became) => {
      absorbed.inc({ type, became: 'effective' }, became.effective);
      absorbed.inc({ type, became: 'redelivered' }, became.redelivered);
      absorbed.inc({ type, became: 'dead' }, became.dead);
    },
    buried: (count) => unread.inc(count),
    ignored: (topic) => ignored.inc({ topic }),
    watch: (health) => healthGauges(registry, health),
  };
}

function deadLettersGauge(registry: Registry, db: Database): void {
  const letters = db.connection.collection<DeadLetter>(deadLetters.name);
  new Gauge({
    name: 'dead_letters',
    help: 'Dead letters that wait for an operator',
    registers: [registry],
    async collect() {
      await letters.countDocuments({ state: 'dead' }).then(
        (count) => this.set(count),
        () => undefined,
      );
    },
  });
}

function healthGauges(registry: Registry, health: () => GroupHealth): void {
  const gauge = (name: string, help: string, read: (now: GroupHealth) => number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read(health()));
      },
    });
  gauge('consumer_connected', 'Whether the group is joined: 1 or 0', ({ connected }) =>
    connected ? 1 : 0,
  );
  gauge('consumer_lag', 'Messages that wait in the topics, as of the last batch', ({ lag }) => lag);
  gauge(
    'consumer_failures_in_a_row',
    'Batches in a row that were not absorbed',
    ({ failuresInARow }) => failuresInARow,
  );
}
