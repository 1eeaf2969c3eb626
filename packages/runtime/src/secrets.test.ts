import { expect, test } from '@jest/globals';
import { eachMaster, NotOpened, openBytes, sealBytes } from './secrets.ts';

const [one, two] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
const place = { purpose: 'dead letters', id: 'dead_1' };
const bytes = Buffer.from('{"phone":"17700001234"}');

test('GOV-03: what is sealed opens at its place and for its purpose, and nowhere else', () => {
  const sealed = sealBytes(one, place, bytes);
  expect(openBytes(one, place, sealed)).toEqual(bytes);
  expect(() => openBytes(one, { ...place, id: 'dead_2' }, sealed)).toThrow(NotOpened);
  expect(() => openBytes(one, { ...place, purpose: 'x' }, sealed)).toThrow(NotOpened);
  expect(() => openBytes(one, place, `${sealed.slice(0, -4)}AAAA`)).toThrow(NotOpened);
  expect(() => openBytes(one, place, '1.x')).toThrow(NotOpened);
  expect(sealed).not.toBe(sealBytes(one, place, bytes));
});

test('GOV-03: after a rotation the former master still opens, and without it nobody does', () => {
  const sealed = sealBytes(one, place, bytes);
  expect(openBytes(Buffer.concat([two, one]), place, sealed)).toEqual(bytes);
  expect(() => openBytes(two, place, sealed)).toThrow('PERSONAL_DATA_KEY');
  const newer = sealBytes(Buffer.concat([two, one]), place, bytes);
  expect(openBytes(two, place, newer)).toEqual(bytes);
});

test('a secret is split the same way each time, so that what is derived from a key can be kept with it', () => {
  const both = Buffer.concat([two, one]);
  expect(eachMaster(both)).toEqual([two, one]);
  expect(eachMaster(both)[0]).toBe(eachMaster(both)[0]);
});
