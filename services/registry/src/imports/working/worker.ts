import { setTimeout as sleep } from 'node:timers/promises';
import type { FilesRoom, Worker } from '@shixun/runtime';
import { ImportLease, ImportLeaseLost } from './lease.ts';
import { removeOldFiles } from './removal.ts';
import { workOn } from './work.ts';

const pollMs = 500;
const removalEveryMs = 600_000;

/** Works on imports one after another for as long as the service runs. */
export function importWorker(room: FilesRoom): Worker {
  const stopping = new AbortController();
  const { signal } = stopping;
  const loop = (async () => {
    let removedAt = Number.NEGATIVE_INFINITY;
    while (!signal.aborted && room.objects !== null) {
      const step = async () => {
        if (performance.now() - removedAt > removalEveryMs) {
          removedAt = performance.now();
          await removeOldFiles(room);
        }
        return workOnce(room, signal);
      };
      const worked = await step().catch((error: unknown) => {
        room.log.warn({ err: error }, 'an import was interrupted; it goes on from its checkpoint');
        return false;
      });
      if (!worked) await sleep(pollMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  })();
  return {
    stop: async () => {
      stopping.abort();
      await loop;
    },
  };
}

/** Takes one import as far as it goes. False when none waits. */
export async function workOnce(room: FilesRoom, signal: AbortSignal): Promise<boolean> {
  const lease = await ImportLease.take(room.db);
  if (lease === null) return false;
  try {
    await workOn({ ...room, lease, signal });
    await lease.release();
  } catch (error) {
    // After an error the lease runs out by itself, so that other imports come first.
    if (!(error instanceof ImportLeaseLost)) throw error;
  }
  return true;
}
