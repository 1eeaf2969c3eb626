/** What a bus promises while nothing goes wrong, and after. */
import { expect, test } from '@jest/globals';
import { forgetAbsorbed, redeliverFromOutbox } from '../../inbox/operator.ts';
import { outboxLag } from '../../outbox/metrics.ts';
import { runUnit } from '../../unit/run.ts';
import { rewindGroup } from '../kafka/operator.ts';
import { eventually, eventuallyHeard, things, told } from './look.ts';
import { counted, hear, heardRows, kafkaSettings, relayOf, tell } from './node.ts';
import type { World } from './world.ts';

export function delivery(w: World): void {
  test('order per key holds with several relays, groups and members, and each event takes effect once', async () => {
    const [one, two, three] = w.buses(3, ['credits', 'evaluation']);
    if (!one || !two || !three) throw new Error('too few buses');
    w.up(hear(w.hearer, one, 'credits'));
    if (w.name === 'kafka') w.up(hear(w.hearer, two, 'credits'));
    w.up(hear(w.second, three, 'evaluation'));
    const relays = [w.up(relayOf(w.teller, one)), w.up(relayOf(w.teller, two))];
    const names = things(120);
    const halves = [names.slice(0, 60), names.slice(60)];
    await Promise.all(
      halves.map((half, at) => tell(w.teller, half, 1, 25, () => relays[at]?.wake())),
    );
    await eventuallyHeard(w.hearer, names, 25);
    await eventuallyHeard(w.second, names, 25);
  });

  test('a redelivered event is absorbed, however often and late it comes', async () => {
    const bus = w.bus(['credits']);
    w.up(hear(w.hearer, bus, 'credits'));
    const relay = w.up(relayOf(w.teller, bus));
    const names = things(30);
    await tell(w.teller, names, 1, 10, () => relay.wake());
    await eventuallyHeard(w.hearer, names, 10);
    const again = await told(w.teller);
    for (let time = 0; time < 3; time += 1) await bus.publish(again);
    await bus.publish(again.toReversed());
    await tell(w.teller, names, 11, 11, () => relay.wake());
    await eventuallyHeard(w.hearer, names, 11);
  });

  test('what a unit told that did not commit is never heard', async () => {
    const bus = w.bus(['credits']);
    w.up(hear(w.hearer, bus, 'credits'));
    const relay = w.up(relayOf(w.teller, bus));
    const broken = async (thing: string): Promise<void> =>
      runUnit(
        w.teller,
        async (unit) => {
          unit.emit(counted, thing, { thing, number: 1 });
          throw new Error('changed its mind');
        },
        { service: 'courses', onOutbox: () => relay.wake() },
      );
    for (const thing of things(20)) await expect(broken(thing)).rejects.toThrow('changed');
    await tell(w.teller, ['last'], 1, 1, () => relay.wake());
    await eventuallyHeard(w.hearer, ['last'], 1);
  });

  test('a group that was away gets what it missed, and goes on where it was', async () => {
    const bus = w.bus(['credits']);
    const relay = w.up(relayOf(w.teller, bus));
    const names = things(20);
    const first = hear(w.hearer, bus, 'credits');
    await tell(w.teller, names, 1, 4, () => relay.wake());
    await eventuallyHeard(w.hearer, names, 4);
    await first.stop();
    await tell(w.teller, names, 5, 9, () => relay.wake());
    w.up(hear(w.hearer, bus, 'credits'));
    await eventuallyHeard(w.hearer, names, 9);
  });

  test('INT-04: a replay brings a period to one group again, and nothing to the others', async () => {
    const bus = w.bus(['credits', 'evaluation']);
    const relay = w.up(relayOf(w.teller, bus));
    const rebuilt = hear(w.hearer, bus, 'credits');
    w.up(hear(w.second, bus, 'evaluation'));
    const names = things(20);
    await tell(w.teller, names, 1, 5, () => relay.wake());
    await eventuallyHeard(w.hearer, names, 5);
    await eventuallyHeard(w.second, names, 5);
    const period = { from: new Date(Date.now() - 3_600_000), to: new Date() };
    await w.hearer.model(heardRows).deleteMany({});
    expect(await forgetAbsorbed(w.hearer, counted.topic, period)).toBe(names.length * 5);
    if (w.name === 'kafka') {
      await expect(
        rewindGroup(kafkaSettings(w.run), 'credits', counted.topic, period.from),
      ).rejects.toThrow('is running');
      await rebuilt.stop();
      await rewindGroup(kafkaSettings(w.run), 'credits', counted.topic, period.from);
      w.up(hear(w.hearer, bus, 'credits'));
    } else {
      w.up(rebuilt);
      await eventually(async () => (await outboxLag(w.teller)).unpublished === 0 || undefined);
      const again = await redeliverFromOutbox(w.teller, 'credits', counted.topic, period);
      expect(again).toBe(names.length * 5);
    }
    await eventuallyHeard(w.hearer, names, 5);
    await tell(w.teller, names, 6, 6, () => relay.wake());
    await eventuallyHeard(w.hearer, names, 6);
    await eventuallyHeard(w.second, names, 6);
  });
}
