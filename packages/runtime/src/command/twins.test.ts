import { expect, test } from '@jest/globals';
import { Twins } from './twins.ts';

test('CRS-42: of two requests with one key the second is asked when the first is answered, well or badly', async () => {
  const twins = new Twins();
  const asked: string[] = [];
  const first = Promise.withResolvers<string>();
  const one = twins.ask('key', () => {
    asked.push('one');
    return first.promise;
  });
  const two = twins.ask('key', async () => {
    asked.push('two');
    return 'second';
  });
  const three = twins.ask('key', async () => {
    asked.push('three');
    return 'third';
  });
  await twins.ask('other', async () => asked.push('other'));
  await twins.ask(null, async () => asked.push('keyless'));
  expect(asked).toEqual(['one', 'other', 'keyless']);
  first.reject(new Error('the database is away'));
  await expect(one).rejects.toThrow('the database is away');
  expect(await Promise.all([two, three])).toEqual(['second', 'third']);
  expect(asked).toEqual(['one', 'other', 'keyless', 'two', 'three']);
  const later = twins.ask('key', async () => asked.push('later'));
  expect(asked.at(-1)).toBe('later');
  await later;
});
