/** Waits until the other services know the province: what the registry has, they have too. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '@shixun/runtime';

type Rooms = Readonly<
  Record<'registry' | 'courses' | 'credits' | 'evaluation', { readonly db: Database }>
>;

/** Which of the registry's collections each service keeps a projection of. */
const projected = {
  courses: ['institutions', 'schools', 'teachers', 'trainers'],
  credits: ['teachers'],
  evaluation: ['institutions', 'schools', 'teachers'],
} as const;

const patienceMs = 30 * 60_000;

/** Rows told and rows heard, over all projections. */
export async function heardSoFar(rooms: Rooms): Promise<{ done: number; total: number }> {
  const count = (room: { readonly db: Database }, name: string) =>
    room.db.connection.collection(name).estimatedDocumentCount();
  let done = 0;
  let total = 0;
  for (const service of ['courses', 'credits', 'evaluation'] as const) {
    for (const name of projected[service]) {
      const told = await count(rooms.registry, name);
      total += told;
      done += Math.min(told, await count(rooms[service], name));
    }
  }
  return { done, total };
}

export async function untilHeard(
  rooms: Rooms,
  onProgress: (progress: { readonly done: number; readonly total: number }) => void = () => {},
): Promise<void> {
  const until = Date.now() + patienceMs;
  for (;;) {
    const progress = await heardSoFar(rooms);
    onProgress(progress);
    if (progress.done === progress.total) return;
    if (Date.now() > until) throw new Error('the services did not hear of the province in time');
    await sleep(200);
  }
}
