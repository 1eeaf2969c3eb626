import type { Logger } from 'pino';
import { KafkaBus } from './bus/kafka/kafka-bus.ts';
import type { EventBus } from './bus/port.ts';
import type { ServiceConfig } from './config.ts';
import type { LivenessProbe } from './health.ts';
import { startConsumers } from './inbox/consumer.ts';
import { OutboxRelay } from './outbox/relay.ts';
import type { Service, ServiceRoom } from './service.ts';
import type { Metrics } from './telemetry/metrics.ts';

export type Events = {
  /** Says that something was put into the outbox. */
  readonly wake: () => void;
  readonly liveness: LivenessProbe;
  /** Leaves the group and gives the relay's leases back. */
  readonly stop: () => Promise<void>;
};

export type EventsOptions = {
  readonly service: Service;
  readonly config: ServiceConfig;
  readonly room: ServiceRoom;
  readonly metrics: Metrics;
  readonly log: Logger;
  /** The bus of a process that several services share; without it one of its own, to Kafka. */
  readonly bus: EventBus | undefined;
};

/** Both directions of a service's events: what it tells, from its outbox; what it hears, into its inbox. */
export function startEvents({ service, config, room, metrics, log, bus }: EventsOptions): Events {
  const own = bus === undefined;
  const shared = bus ?? new KafkaBus({ ...config.kafka, clientId: service.name, log });
  const relay = new OutboxRelay({
    db: room.db,
    bus: shared,
    service: service.name,
    log,
    metrics: metrics.registry,
    // In one process at most one relay runs, so after a kill it takes its own leases up again at once.
    ...(own ? {} : { relayId: service.name }),
  });
  relay.start();
  const consumers = startConsumers({
    db: room.db,
    bus: shared,
    run: room.run,
    handlers: service.allHandlers,
    context: room,
    log,
    metrics: metrics.registry,
  });
  return {
    wake: () => relay.wake(),
    liveness: consumers.liveness,
    stop: async () => {
      await consumers.stop();
      await relay.stop();
      if (own) await shared.stop();
    },
  };
}
