import { expect, test } from '@jest/globals';
import { eligibilityFaults } from '../enrollment/eligibility.ts';
import { exampleFacts } from '../enrollment/enrollment.example.ts';
import { codes } from '../enrollment/refusals.ts';
import { distanceOf, rankOf, ratingOf } from './facets.ts';
import { closingCodes, remedyOf } from './remedies.ts';
import { opensFor, staggerFaults } from './window.ts';
import { searchTermsOf } from './words.ts';

const opensAt = new Date('2026-06-01T00:00:00Z');
const later = new Date('2026-06-02T00:00:00Z');
const closesAt = new Date('2026-06-06T00:00:00Z');
const teacher = { regionCode: '140105001', stage: 'primary' };

test('CRS-46: the first line that names region and stage is the teacher’s; nobody named keeps the menu’s own', () => {
  const lines = [
    { regionCode: '140106', stage: null, opensAt: closesAt },
    { regionCode: '140105', stage: 'junior', opensAt: closesAt },
    { regionCode: '140105', stage: 'primary', opensAt: later },
    { regionCode: null, stage: 'primary', opensAt: closesAt },
  ];
  expect(opensFor({ opensAt, staggers: lines }, teacher)).toEqual(later);
  expect(opensFor({ opensAt, staggers: lines.slice(0, 2) }, teacher)).toEqual(opensAt);
});

test('CRS-46: a millisecond before one’s turn is too early, at the instant it is open', () => {
  const staggers = [{ regionCode: '140105', stage: null, opensAt: later }];
  const facts = { ...exampleFacts, window: { opensAt, closesAt, staggers } };
  const at = (now: Date) => eligibilityFaults(facts, now).map(({ code }) => code);
  expect(at(new Date(later.getTime() - 1))).toEqual([codes.WINDOW_NOT_YET_OPEN]);
  expect(at(later)).toEqual([]);
  expect(at(new Date(opensAt.getTime() - 1))).toEqual([codes.WINDOW_CLOSED]);
});

test('CRS-46: lines lie in the menu’s window and region and name somebody', () => {
  const menu = { opensAt, closesAt, regionCode: '140105' };
  const line = { regionCode: '140105001', stage: null, opensAt };
  const faults = (change: object) =>
    staggerFaults({ ...menu, staggers: [{ ...line, ...change }] }).map(({ code }) => code.name);
  expect(faults({})).toEqual([]);
  expect(faults({ regionCode: null })).toEqual(['STAGGER_FOR_NOBODY']);
  expect(faults({ regionCode: '140106' })).toEqual(['STAGGER_OUTSIDE']);
  expect(faults({ opensAt: closesAt })).toEqual(['STAGGER_OUT_OF_WINDOW']);
  expect(faults({ opensAt: new Date(closesAt.getTime() - 1) })).toEqual([]);
});

test('CRS-40: every reason that can close an item has a remedy in both languages', () => {
  for (const { name } of closingCodes) {
    expect(remedyOf(name).zh.length).toBeGreaterThan(0);
    expect(remedyOf(name).en.length).toBeGreaterThan(0);
  }
  const elsewhere = /^(WITHDRAWAL|NO_OFFER|OFFER|NOTHING_ASKED|SCHOOL_|BY_DRAW|PLACES_)/;
  const closing = Object.keys(codes).filter((name) => !elsewhere.test(name));
  expect(closingCodes.map(({ name }) => name).toSorted()).toEqual(closing.toSorted());
});

test('CRS-40: distance is the nearest region that holds both; a grade sorts before none', () => {
  expect(distanceOf('140105', '140105001')).toBe('county');
  expect(distanceOf('140100', '140105001')).toBe('city');
  expect(distanceOf('140106', '140105001')).toBe('city');
  expect(distanceOf('140000', '140105001')).toBe('province');
  expect(distanceOf('140202', '140105001')).toBe('province');
  expect(distanceOf('330100', '140105001')).toBe('further');
  expect([rankOf('A'), rankOf(null), ratingOf(4)]).toEqual([1, 5, 'D']);
});

test('CRS-40: part of a longer Chinese word is found, too', () => {
  expect(searchTermsOf('班主任工作')).toEqual(expect.arrayContaining(['班主任', '主任', '工作']));
});
