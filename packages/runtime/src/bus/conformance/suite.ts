/** What every event bus must hold, whatever is behind it. Both adapters run this one suite on a real MongoDB. */
import { describe } from '@jest/globals';
import { delivery } from './delivery.ts';
import { failures } from './failures.ts';
import { kills } from './kills.ts';
import type { BusName } from './node.ts';
import { eachInItsWorld } from './world.ts';

export function conformance(name: BusName): void {
  describe(`${name} event bus`, () => {
    const world = eachInItsWorld(name);
    delivery(world);
    failures(world);
    kills(world);
  });
}
