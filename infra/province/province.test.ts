import { describe, expect, test } from '@jest/globals';
import { regionLevel } from '@shixun/kernel';
import { demoPeople, demoTeacherIds } from './demo-people.ts';
import { plannedInstitutions } from './institutions.ts';
import { identityNumberOf, phoneOf } from './people.ts';
import { shanxiRegions } from './regions.ts';
import { plannedSchools } from './schools.ts';
import { focusCounty, provinceSizes, teachersOf } from './size.ts';
import { profileAt } from './teachers.ts';

const regions = shanxiRegions();

describe('the table of regions', () => {
  test('REG-01: Shanxi has 11 cities and 117 counties, zones left out', () => {
    const count = (level: string) => regions.filter((region) => region.level === level).length;
    expect([count('province'), count('city'), count('county')]).toEqual([1, 11, 117]);
    expect(count('township')).toBe(regions.length - 129);
    const counties = regions.filter(({ level }) => level === 'county');
    expect(counties.filter(({ name }) => !/[区县市]$/.test(name) || name.length > 6)).toEqual([]);
    expect(counties.filter(({ _id }) => _id.charAt(4) === '7')).toEqual([]);
  });

  test('REG-01: every region comes after the one above it, and none twice', () => {
    const before = new Set<string>();
    for (const { _id, parentCode } of regions) {
      expect(before.has(_id)).toBe(false);
      expect(parentCode === null ? _id === '140000' : before.has(parentCode)).toBe(true);
      before.add(_id);
    }
  });

  test('REG-01: every county has townships', () => {
    const parents = new Set(regions.map(({ parentCode }) => parentCode));
    expect(regions.filter(({ _id, level }) => level === 'county' && !parents.has(_id))).toEqual([]);
  });
});

describe.each(provinceSizes)('the schools of size %s', (size) => {
  const schools = plannedSchools(regions, size);

  test('hold exactly the teachers of that size, numbered without a gap', () => {
    const last = schools.at(-1);
    expect((last?.firstTeacher ?? 0) + (last?.staff ?? 0)).toBe(teachersOf[size]);
    const gaps = schools.filter(({ firstTeacher, staff }, i) => {
      const next = schools[i + 1];
      return next !== undefined && next.firstTeacher !== firstTeacher + staff;
    });
    expect(gaps).toEqual([]);
  });

  test('have names and codes of their own, codes of ten digits', () => {
    const names = schools.map(({ name, regionCode }) => regionCode + name);
    expect(new Set(names).size).toBe(schools.length);
    expect(new Set(schools.map(({ code }) => code)).size).toBe(schools.length);
    expect(schools.filter(({ code }) => !/^\d{2}14\d{6}$/.test(code))).toEqual([]);
  });

  test('REG-04: village schools and teaching points belong to a central school of their township', () => {
    const byId = new Map(schools.map((school) => [school._id, school]));
    const small = schools.filter(({ kind }) => kind === 'village' || kind === 'teaching_point');
    const astray = small.filter(({ centralSchoolId, regionCode }) => {
      const central = byId.get(centralSchoolId ?? '');
      const near = central?.kind === 'central' && central.regionCode === regionCode;
      return !near || regionLevel(regionCode) !== 'township';
    });
    expect(astray).toEqual([]);
    expect(small.length).toBeGreaterThan(0);
  });
});

describe('invented people', () => {
  test('REG-05: nobody can hold the identity numbers: no county has the address 140000', () => {
    const numbers = new Set<string>();
    for (let n = 0; n < 400_000; n += 7) numbers.add(identityNumberOf(n));
    expect(numbers.size).toBe(Math.ceil(400_000 / 7));
    for (const number of numbers) {
      if (!/^140000\d{11}[\dX]$/.test(number)) throw new Error(number);
    }
  });

  test('REG-05: phones lie in a range for machines', () => {
    expect(phoneOf(0)).toBe('14000000000');
    expect(phoneOf(399_999)).toBe('14000399999');
  });
});

describe('the cast of the story', () => {
  test.each(provinceSizes)('is the same at size %s, but for the outsider', (size) => {
    const people = demoPeople(size, 2026);
    const small = demoPeople('small', 2027);
    expect(people.schoolId).toBe(small.schoolId);
    expect(people.institutionId).toBe(small.institutionId);
    expect(people.teachers.slice(0, -1)).toEqual(small.teachers.slice(0, -1));
  });

  test('has the roles of the story and eight teachers of one stage and subject', () => {
    const { staff, teachers, institutionId } = demoPeople('small', 2026);
    expect(staff.map(({ role }) => role)).toEqual(
      expect.arrayContaining(['CountyAdmin', 'InstitutionAdmin', 'ClassHead', 'Trainer']),
    );
    expect(teachers).toHaveLength(9);
    const schools = plannedSchools(regions, 'small');
    const profiles = new Map(
      schools
        .flatMap((school) =>
          Array.from({ length: school.staff }, (_, i) => profileAt(school, i, 2026)),
        )
        .map((profile) => [profile._id as string, profile]),
    );
    const cast = teachers.map(({ subject }) => profiles.get(subject));
    for (const member of cast.slice(0, -1)) {
      expect(member).toMatchObject({ stage: 'primary', subjects: ['chinese'] });
      expect(member?.regionCode.startsWith(focusCounty)).toBe(true);
    }
    expect(cast.at(-1)?.regionCode.startsWith(focusCounty)).toBe(false);
    expect(plannedInstitutions(regions, '2026-01-01')[0]).toMatchObject({
      _id: institutionId,
      name: '小店区教师发展中心',
    });
    expect(new Set(demoTeacherIds(2_000))).toEqual(new Set(profiles.keys()));
  });
});
