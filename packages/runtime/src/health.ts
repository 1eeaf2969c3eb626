import type { Database } from './database.ts';

/** What makes a process not worth keeping: it works no more and only a restart helps. Never the database or broker. */
export type LivenessProbe = () => { readonly live: boolean; readonly reason?: string };

export type Health = {
  readonly live: () => { readonly live: boolean; readonly reasons: readonly string[] };
  readonly ready: () => Promise<{ readonly ready: boolean; readonly reason?: string }>;
  /** Readiness turns false before the server closes, so that no request is sent into a closing door. */
  readonly stopping: () => void;
};

const pingedMs = 1_000;
const pingDeadlineMs = 1_500;

/**
 * Live: every probe says so. Ready: the database answered within the last second or answers now; asked at most once
 * a second, however many ask. An absent broker leaves a service ready: what it tells waits in the outbox.
 */
export function createHealth(db: Database, probes: readonly LivenessProbe[]): Health {
  let stopping = false;
  let pingedAt = 0;
  let ping: Promise<boolean> = Promise.resolve(false);
  return {
    live: () => {
      const dead = probes.map((probe) => probe()).filter(({ live }) => !live);
      return { live: dead.length === 0, reasons: dead.flatMap(({ reason }) => reason ?? []) };
    },
    ready: async () => {
      if (stopping) return { ready: false, reason: 'stopping' };
      if (Date.now() - pingedAt > pingedMs) {
        pingedAt = Date.now();
        ping = pingDatabase(db);
      }
      return (await ping) ? { ready: true } : { ready: false, reason: 'the database is away' };
    },
    stopping: () => {
      stopping = true;
    },
  };
}

async function pingDatabase(db: Database): Promise<boolean> {
  try {
    await db.connection.db?.command({ ping: 1 }, { timeoutMS: pingDeadlineMs });
    return db.connection.db !== undefined;
  } catch {
    return false;
  }
}
