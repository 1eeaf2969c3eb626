import { describe, expect, test } from '@jest/globals';
import { WaitingRoom } from './waiting-room.ts';

const full = { queued: 10, perSecond: 100 };
const roomFor = (free: number) => ({ queued: 10 - free, perSecond: 100 });
const open = (bounds = {}) => new WaitingRoom({ queueMax: 10, ...bounds });

describe('CRS-46: overload is answered by a place in the queue', () => {
  test('one below the bound is let in, at the bound a turn is given', () => {
    expect(open().enter('a', { queued: 9, perSecond: 100 }, 0)).toBeNull();
    expect(open().enter('a', full, 0)).toMatchObject({ position: 1 });
  });

  test('the same key keeps its position, and comes in before those behind it and anybody new', () => {
    const room = open();
    const positions = ['a', 'b', 'c'].map((key) => room.enter(key, full, 0)?.position);
    expect(positions).toEqual([1, 2, 3]);
    expect(room.enter('b', full, 1_000)?.position).toBe(2);
    expect(room.enter('new', roomFor(1), 1_000)?.position).toBe(4);
    expect(room.enter('b', roomFor(1), 1_000)?.position).toBe(2);
    expect(room.enter('a', roomFor(1), 1_000)).toBeNull();
    expect(room.enter('b', roomFor(1), 1_000)).toBeNull();
  });

  test('who stays away for a minute loses the turn, one millisecond earlier does not', () => {
    const room = open();
    room.enter('gone', full, 0);
    room.enter('here', full, 59_999);
    expect(room.enter('here', full, 59_999)?.position).toBe(2);
    expect(room.enter('here', full, 60_000)?.position).toBe(1);
  });

  test('the time to come back follows the queue, within half a second and twenty', () => {
    expect(open().enter('a', { queued: 10, perSecond: 11 }, 0)?.retryAfterMs).toBe(1_000);
    expect(open().enter('a', { queued: 10, perSecond: 10_000 }, 0)?.retryAfterMs).toBe(500);
    expect(open().enter('a', { queued: 10, perSecond: 0.1 }, 0)?.retryAfterMs).toBe(11_000);
    const crowd = { queued: 5_000, perSecond: 1 };
    expect(open().enter('a', crowd, 0)?.retryAfterMs).toBe(20_000);
  });

  test('a million askers do not fill the memory', () => {
    const room = open({ turnsMax: 1_000 });
    for (let n = 0; n < 100_000; n += 1) room.enter(`k${n}`, full, 0);
    expect(room.size).toBe(1_000);
    expect(room.enter('late', full, 0)?.position).toBe(1_001);
  });
});
