import { expect, test } from '@jest/globals';
import { authorityFaults, type Designation } from './authority.ts';

const today = '2026-10-01';
const open: Designation = { from: '2026-09-01', to: null, previousFrom: null };
const county = new Map([['140105', open]]);
const city = new Map([['140100', open]]);

function faults(
  role: string,
  regionCode: string,
  designations: ReadonlyMap<string, Designation>,
  day = today,
) {
  const grants = [{ role, regionCode }];
  return authorityFaults({ regionCode: '140105', grants, designations }, day).map(
    ({ code }) => code.name,
  );
}

test.each([
  ['the county’s own body', 'QualityMonitor', '140105', county, []],
  ['the city’s body, above it', 'QualityMonitor', '140100', city, []],
  [
    'a monitor whose bureau has named none',
    'QualityMonitor',
    '140100',
    county,
    ['NOT_THE_MONITOR'],
  ],
  [
    'the neighbouring county’s body',
    'QualityMonitor',
    '140106',
    new Map([['140106', open]]),
    ['NOT_THE_MONITOR'],
  ],
  ['the county bureau, above its body', 'CountyAdmin', '140105', county, []],
  ['the city bureau, above both', 'CityAdmin', '140100', county, []],
  ['a bureau where nobody is named', 'CountyAdmin', '140105', new Map(), ['NOT_THE_MONITOR']],
  ['somebody else', 'Auditor', '140105', county, ['NOT_THE_MONITOR']],
])('REG-03: spot checks in a county by %s: %j', (_who, role, regionCode, named, refusals) => {
  expect(faults(role, regionCode, named)).toEqual(refusals);
});

test.each([
  ['2026-08-31', ['NOT_THE_MONITOR']],
  ['2026-09-01', []],
  ['2026-12-31', []],
  ['2027-01-01', ['NOT_THE_MONITOR']],
])('REG-03: on %s a body named from 2026-09-01 to 2027-01-01 has: %j', (day, refusals) => {
  const designated = new Map([['140105', { ...open, to: '2027-01-01' }]]);
  expect(faults('QualityMonitor', '140105', designated, day)).toEqual(refusals);
});

test('REG-03: until the next designation begins the one before it stands', () => {
  const next = new Map([['140105', { ...open, from: '2026-11-01', previousFrom: '2025-01-01' }]]);
  expect(faults('QualityMonitor', '140105', next)).toEqual([]);
});
