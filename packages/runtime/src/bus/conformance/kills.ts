/** Processes that die between any two steps. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { deadLetters } from '../../inbox/store.ts';
import { type OutboxRow, outboxRows } from '../../outbox/store.ts';
import type { FaultPointName } from '../fault-point.ts';
import { all, eventually, eventuallyHeard, things } from './look.ts';
import { tell } from './node.ts';
import type { World } from './world.ts';

const relayPoints: readonly FaultPointName[] = [
  'before-claim',
  'after-claim',
  'after-send',
  'before-mark',
  'after-mark',
];
const hearerPoints: readonly FaultPointName[] = [
  'before-handle',
  'before-commit',
  'after-commit-before-ack',
];

/** A dozen processes are started one after the other, and Kafka waits for each dead member's session to end. */
const killsWithinMs = 400_000;

export function kills(w: World): void {
  test(
    'a kill between any two steps loses nothing, doubles nothing and turns nothing round',
    async () => {
      const names = things(15);
      let number = 0;
      const worker = (role: string, dieAt: string, dieAfter = 1) =>
        w.startWorker({ ROLE: role, DIE_AT: dieAt, DIE_AFTER: `${dieAfter}` });
      /** Goes on telling until the worker has killed itself at its step. */
      const tellUntilDead = async (role: string, point: FaultPointName, dieAfter: number) => {
        const dying = worker(role, point, dieAfter);
        let cause: string | undefined;
        void dying.died.then((signal) => {
          cause = signal;
        });
        while (cause === undefined) {
          await tell(w.teller, names, number + 1, number + 2);
          number += 2;
          await sleep(100);
        }
        expect(cause).toBe('SIGKILL');
      };
      const both = w.name === 'in-process';
      const hearing = both ? undefined : worker('hearer', '');
      for (const [at, point] of relayPoints.entries()) {
        await tellUntilDead(both ? 'both' : 'relay', point, 1 + (at % 3));
      }
      await hearing?.kill();
      const relaying = both ? undefined : worker('relay', '');
      for (const [at, point] of hearerPoints.entries()) {
        await tellUntilDead(both ? 'both' : 'hearer', point, 1 + (at % 3));
      }
      await relaying?.kill();
      const last = both ? [worker('both', '')] : [worker('relay', ''), worker('hearer', '')];
      await eventuallyHeard(w.hearer, names, number);
      await eventually(async () => {
        const rows = await all<OutboxRow>(w.teller, outboxRows.name);
        return rows.every(({ publishedAt }) => publishedAt !== null) || undefined;
      });
      expect(await all(w.hearer, deadLetters.name)).toHaveLength(0);
      await Promise.all(last.map((one) => one.kill()));
    },
    killsWithinMs,
  );
}
