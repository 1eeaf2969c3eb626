import { describe, expect, test } from '@jest/globals';
import { national } from '@shixun/kernel';
import { countChanges, subjectsBelow, teamStanding } from './team.ts';

const min = national.figures.trainersPerRuralTeacherMin;
const standing = (trainers: number, ruralTeachers: number) =>
  teamStanding({ trainers, ruralTeachers }, min);

describe('teamStanding', () => {
  test('REG-13: exactly 1:30 is enough, one teacher more is not, one less is', () => {
    expect(standing(2, 60)).toMatchObject({ meets: true, missing: 0 });
    expect(standing(2, 61)).toMatchObject({ meets: false, missing: 1 });
    expect(standing(2, 59)).toMatchObject({ meets: true, missing: 0 });
  });

  test('REG-13: a county without rural teachers needs none; one teacher needs one trainer', () => {
    expect(standing(0, 0)).toMatchObject({ meets: true, missing: 0 });
    expect(standing(0, 1)).toMatchObject({ meets: false, missing: 1 });
    expect(standing(0, 301)).toMatchObject({ meets: false, missing: 11 });
  });

  test('REG-13: by subject too: a county that meets the ratio can be below in a subject', () => {
    const bySubject = {
      pe: { ruralTeachers: 1, trainers: 0 },
      chinese: { ruralTeachers: 30, trainers: 1 },
      art: { ruralTeachers: 31, trainers: 1 },
    };
    expect(subjectsBelow({ ruralTeachers: 62, trainers: 3, bySubject }, min)).toEqual([
      'art',
      'pe',
    ]);
  });
});

describe('countChanges', () => {
  const of = (regionCode: string, ...subjects: string[]) => ({ regionCode, subjects });

  test('REG-13: somebody who moves counts no longer there and now here, in each subject once', () => {
    const changes = [{ before: of('140105', 'art'), after: of('140106', 'art', 'pe', 'pe') }];
    expect(Object.fromEntries(countChanges(changes, 'ruralTeachers'))).toEqual({
      140105: { ruralTeachers: -1, 'bySubject.art.ruralTeachers': -1 },
      140106: {
        ruralTeachers: 1,
        'bySubject.art.ruralTeachers': 1,
        'bySubject.pe.ruralTeachers': 1,
      },
    });
  });

  test('REG-13: the same again changes nothing; a subject more is only a subject more', () => {
    const same = { before: of('140105', 'art'), after: of('140105', 'art') };
    expect(countChanges([same], 'trainers').size).toBe(0);
    const more = { before: of('140105', 'art'), after: of('140105', 'art', 'pe') };
    expect(Object.fromEntries(countChanges([more], 'trainers'))).toEqual({
      140105: { 'bySubject.pe.trainers': 1 },
    });
  });
});
