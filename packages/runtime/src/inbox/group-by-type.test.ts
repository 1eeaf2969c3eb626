import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { groupByType } from './group-by-type.ts';

type Event = { readonly key: string; readonly type: string; readonly at: number };

const group = (events: readonly Event[]) =>
  groupByType(
    events,
    ({ key }) => key,
    ({ type }) => type,
  );

const events = fc
  .array(fc.record({ key: fc.constantFrom('a', 'b', 'c'), type: fc.constantFrom('x', 'y', 'z') }))
  .map((list) => list.map((event, at) => ({ ...event, at })));

test('events of one type of different keys share a group', () => {
  const groups = group([
    { key: 'a', type: 'x', at: 0 },
    { key: 'b', type: 'y', at: 1 },
    { key: 'c', type: 'x', at: 2 },
  ]);
  expect(groups.map(({ type, events: list }) => [type, list.length])).toEqual([
    ['x', 2],
    ['y', 1],
  ]);
});

test('a key whose type changes to and fro is not turned round', () => {
  const types = ['x', 'y', 'x'].map((type, at) => ({ key: 'a', type, at }));
  expect(group(types).map(({ type }) => type)).toEqual(['x', 'y', 'x']);
});

test('whatever comes, no event is lost and each key keeps its order', () => {
  fc.assert(
    fc.property(events, (list) => {
      const groups = group(list);
      const flat = groups.flatMap((one) => one.events);
      expect(flat).toHaveLength(list.length);
      for (const one of groups)
        expect(one.events.every(({ type }) => type === one.type)).toBe(true);
      for (const key of ['a', 'b', 'c']) {
        const places = flat.filter((event) => event.key === key).map(({ at }) => at);
        expect(places).toEqual(places.toSorted((a, b) => a - b));
      }
    }),
  );
});
