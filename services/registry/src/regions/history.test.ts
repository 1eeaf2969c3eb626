import { describe, expect, test } from '@jest/globals';
import { endedBy, type RegionVersion, versionOn } from './history.ts';

const common = { code: '140726', level: 'county', parentCode: '140700', basis: null } as const;
const first: RegionVersion = {
  ...common,
  name: '甲县',
  from: null,
  to: '2010-01-01',
  successors: ['140726'],
};
const second: RegionVersion = {
  ...common,
  name: '太谷县',
  from: '2010-01-01',
  to: '2019-12-09',
  successors: ['140703'],
};
const versions = [first, second];

describe('REG-01: a code resolves on a date', () => {
  test.each([
    ['1990-01-01', '甲县'],
    ['2009-12-31', '甲县'],
    ['2010-01-01', '太谷县'],
    ['2019-12-08', '太谷县'],
    ['2019-12-09', undefined],
  ])('on %s it is %s', (date, name) => {
    expect(versionOn(versions, date)?.name).toBe(name);
  });

  test.each([
    ['2009-12-31', undefined],
    ['2010-01-01', '甲县'],
    ['2019-12-08', '甲县'],
    ['2019-12-09', '太谷县'],
  ])('on %s the last that had ended is %s', (date, name) => {
    expect(endedBy(versions, date)?.name).toBe(name);
  });
});
