import type { FilesRoom, ServiceRoom } from '../service.ts';
import type { Unit } from '../unit/unit.ts';

/** One run of a chore, held under a lease. */
export type Turn = {
  /** What the run is for: the latest time at which the chore was due. */
  readonly dueAt: Date;
  /** Aborts when the service stops or the lease was lost: end after the batch at hand. */
  readonly signal: AbortSignal;
  /**
   * Binds a unit of work to the lease: it can't commit once another replica has taken the chore over, however long
   * this process slept.
   * @throws LeaseLost when that has happened already.
   */
  readonly fence: (unit: Unit) => Promise<void>;
};

/** What a chore works in; the objects for those that put files away. */
export type ChoreRoom = ServiceRoom & Partial<Pick<FilesRoom, 'objects'>>;

/**
 * Something that time alone brings about. Of all replicas exactly one runs it at a time, and a due time that was run
 * to its end is never run again. A run whose holder was killed or that failed is run once more, so a run must be
 * idempotent, bounded in what it reads, and look at the state rather than count its turns: what was due several times
 * during a downtime is run once.
 */
export type Chore = {
  readonly name: string;
  /** The scheduler always gives the turn; who runs a chore by hand needn't have one. */
  readonly run: (room: ChoreRoom, turn?: Turn) => Promise<void>;
} & (
  | { /** Due at every multiple of that many milliseconds. */ readonly everyMs: number }
  | { /** Due once per civil day in Asia/Shanghai at `HH:MM`. */ readonly daily: string }
);

/** Another replica has taken the chore over; nothing more may be written in its name. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}
