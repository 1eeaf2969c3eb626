import { Counter, Gauge, type Registry } from 'prom-client';

export type ChoreMetrics = {
  readonly runs: Counter<'chore' | 'outcome'>;
  readonly finished: Gauge<'chore'>;
};

/** Registers what is measured of chores. Only the replica that ran one tells of it: take the maximum over all. */
export function choreMetrics(registry: Registry): ChoreMetrics {
  const registers = [registry];
  return {
    runs: new Counter({
      name: 'chore_runs_total',
      help: 'Runs of chores by this replica, by outcome (done, failed, lost)',
      labelNames: ['chore', 'outcome'],
      registers,
    }),
    finished: new Gauge({
      name: 'chore_last_done_timestamp_seconds',
      help: "When a run of the chore was last done by this replica, by the machine's clock",
      labelNames: ['chore'],
      registers,
    }),
  };
}
