import { describe, expect, test } from '@jest/globals';
import { exampleDraft } from '../projects/project.example.ts';
import type { Audience } from '../projects/project.ts';
import { type ComparedProject, isDuplicate } from './duplicates.ts';

const one: ComparedProject = { ...exampleDraft, startsOn: '2026-07-01', endsOn: '2026-07-10' };
const duplicates = (change: Partial<ComparedProject>) => {
  const other = { ...one, ...change };
  expect(isDuplicate(one, other)).toBe(isDuplicate(other, one));
  return isDuplicate(one, other);
};
const audience = (change: Partial<Audience>) => ({ audience: { ...one.audience, ...change } });

describe('PLN-06: duplicate training', () => {
  test('PLN-06: the last day of one as first day of the other overlaps, the next day does not', () => {
    expect(duplicates({ startsOn: '2026-07-10', endsOn: '2026-07-20' })).toBe(true);
    expect(duplicates({ startsOn: '2026-07-11', endsOn: '2026-07-20' })).toBe(false);
    expect(duplicates({ startsOn: '2026-06-01', endsOn: '2026-07-01' })).toBe(true);
    expect(duplicates({ startsOn: '2026-06-01', endsOn: '2026-06-30' })).toBe(false);
  });

  test('PLN-06: another subject or another stage is no duplicate', () => {
    expect(duplicates({ subject: 'mathematics' })).toBe(false);
    expect(duplicates({ stage: 'senior' })).toBe(false);
  });

  test('PLN-06: audiences that share a career stage are the same, of another type are not', () => {
    expect(duplicates(audience({ careerStages: ['young', 'backbone'] }))).toBe(true);
    expect(duplicates(audience({ careerStages: [] }))).toBe(true);
    expect(duplicates(audience({ careerStages: ['young'] }))).toBe(false);
    expect(duplicates(audience({ ruralOnly: true }))).toBe(false);
  });

  test('PLN-06: a region contains what lies below it, neighbours don’t meet', () => {
    expect(duplicates({ ownerRegionCode: '140100' })).toBe(true);
    expect(duplicates({ ownerRegionCode: '140106' })).toBe(false);
    const province = { ownerRegionCode: '140000' };
    expect(duplicates({ ...province, ...audience({ regionCodes: ['140105'] }) })).toBe(true);
    expect(duplicates({ ...province, ...audience({ regionCodes: ['140200'] }) })).toBe(false);
  });

  test('PLN-06: a school’s own training duplicates that of the same school only', () => {
    expect(duplicates({ schoolId: 'sch_1' })).toBe(false);
    const own = { ...one, schoolId: 'sch_1' };
    expect(isDuplicate(own, { ...own })).toBe(true);
  });
});
