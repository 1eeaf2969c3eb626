import { describe, expect, test } from '@jest/globals';
import { national } from '@shixun/kernel';
import { type GroupFacts, groupFaults, proposeGroups, withoutMembers } from './groups.ts';
import { shippedTemplate } from './shipped.ts';
import { matchFaults, matchSubstitutes, substituteFaults, unmatched } from './substitutes.ts';

const id = (n: number) => `tch_${String(n).padStart(2, '0')}`;

describe('groups of release-time study', () => {
  const kinds = ['university_expert', 'teaching_researcher', 'frontline_teacher'];
  const mentors = kinds.map((kind, i) => ({ trainerId: `trn_${i}`, kind, subjects: ['chinese'] }));
  const of = (count: number): GroupFacts => ({
    template: shippedTemplate('release_time'),
    trainees: Array.from({ length: count }, (_, n) => ({
      teacherId: id(n),
      stage: 'primary',
      subjects: ['chinese'],
    })),
    mentors,
    policy: national.figures,
  });
  const faultsOf = (count: number) =>
    groupFaults(proposeGroups(of(count)), of(count)).map(({ code }) => code.name);

  test.each(Array.from({ length: 60 }, (_, n) => n + 5))(
    'CRS-33: %s trainees are proposed in groups of 5 to 10 with full mentor teams',
    (count) => {
      expect(faultsOf(count)).toEqual([]);
    },
  );

  test('CRS-33: four trainees are too few for a group, eleven too many for one', () => {
    expect(faultsOf(4)).toEqual(['GROUP_SIZE_WRONG']);
    const [first, second] = proposeGroups(of(11));
    const all = {
      number: 1,
      leaderId: null,
      mentorIds: first?.mentorIds ?? [],
      memberIds: [...(first?.memberIds ?? []), ...(second?.memberIds ?? [])],
    };
    expect(
      groupFaults([all], of(11)).map(({ code, figures }) => [
        code.name,
        figures['actual'],
        figures['required'],
      ]),
    ).toEqual([['GROUP_SIZE_WRONG', 11, '5–10']]);
  });

  test('CRS-33: the proposal does not depend on the order of the facts', () => {
    const facts = of(23);
    const turned = {
      ...facts,
      trainees: facts.trainees.toReversed(),
      mentors: facts.mentors.toReversed(),
    };
    expect(proposeGroups(turned)).toEqual(proposeGroups(facts));
  });

  test('CRS-33: a mentor team lacks nobody: university expert, researcher, front-line teacher', () => {
    for (const missing of kinds) {
      const facts = { ...of(5), mentors: mentors.filter(({ kind }) => kind !== missing) };
      const faults = groupFaults(proposeGroups(facts), facts);
      expect(faults.map(({ code, figures }) => [code.name, figures['required']])).toEqual([
        ['GROUP_MENTOR_MISSING', missing],
      ]);
    }
  });

  test('CRS-33: when someone leaves a group of five, it is too small; of six, it stands', () => {
    const leave = (count: number) => {
      const left = withoutMembers(proposeGroups(of(count)), new Set([id(0)]));
      const facts = {
        ...of(count),
        trainees: of(count).trainees.filter(({ teacherId }) => teacherId !== id(0)),
      };
      return groupFaults(left, facts).map(({ code }) => code.name);
    };
    expect(leave(5)).toEqual(['GROUP_SIZE_WRONG']);
    expect(leave(6)).toEqual([]);
  });

  test('CRS-32: a workshop’s groups have a leader among their members', () => {
    const facts = { ...of(12), template: shippedTemplate('workshop') };
    const groups = proposeGroups(facts);
    expect(groupFaults(groups, facts)).toEqual([]);
    const leaderless = groups.map((group) => ({ ...group, leaderId: 'tch_other' }));
    expect(groupFaults(leaderless, facts).map(({ code }) => [code.name, code.rule])).toEqual(
      groups.map(() => ['GROUP_LEADER_MISSING', 'CRS-32']),
    );
  });

  test('CRS-33: everybody is in one group, nobody in two', () => {
    const [group] = proposeGroups(of(5));
    if (group === undefined) throw new Error('no group');
    const names = (memberIds: readonly string[]) =>
      groupFaults([{ ...group, memberIds }], of(6)).map(({ code }) => code.name);
    expect(names(group.memberIds)).toEqual(['GROUPS_MISSING']);
    expect(names([...group.memberIds, id(0), id(5)])).toEqual(['GROUP_MEMBER_WRONG']);
  });
});

describe('substitutes', () => {
  const release = { classId: 'cls_1', startsOn: '2026-03-01', endsOn: '2026-06-30' };
  const trainee = (n: number, subject = 'chinese') => ({
    teacherId: id(n),
    stage: 'primary',
    subjects: [subject],
    regionCode: '140105',
  });
  const substitute = (_id: string, subjects = ['chinese'], change: object = {}) => ({
    ...{ _id, stage: 'primary', subjects, regionCode: '140105', bookings: [] },
    ...{ startsOn: '2026-03-01', endsOn: '2026-06-30' },
    ...change,
  });

  test('CRS-33: as many are matched as can be: the one who can do both gives way', () => {
    const pool = [substitute('sbt_a', ['chinese', 'english']), substitute('sbt_b', ['chinese'])];
    expect(matchSubstitutes([trainee(1), trainee(2, 'english')], pool, release)).toEqual([
      { teacherId: id(1), substituteId: 'sbt_b' },
      { teacherId: id(2), substituteId: 'sbt_a' },
    ]);
  });

  test('CRS-33: for the whole release: a day short at either end is no substitute, and the unmatched are reported', () => {
    for (const change of [{ startsOn: '2026-03-02' }, { endsOn: '2026-06-29' }]) {
      const matches = matchSubstitutes(
        [trainee(1)],
        [substitute('sbt_a', ['chinese'], change)],
        release,
      );
      expect(unmatched([trainee(1)], matches)).toEqual([id(1)]);
      expect(
        substituteFaults([trainee(1)], matches).map(({ code, figures }) => [
          code.name,
          figures['missing'],
        ]),
      ).toEqual([['SUBSTITUTES_MISSING', id(1)]]);
    }
    const matches = matchSubstitutes([trainee(1)], [substitute('sbt_a')], release);
    expect(substituteFaults([trainee(1)], matches)).toEqual([]);
  });

  test('CRS-33: nobody stands in twice at a time: not in this class, not in another that ends on its first day', () => {
    const booked = (endsOn: string) =>
      substitute('sbt_a', ['chinese'], {
        bookings: [{ classId: 'cls_2', teacherId: id(9), startsOn: '2025-12-01', endsOn }],
      });
    const match = [{ teacherId: id(1), substituteId: 'sbt_a' }];
    expect(matchFaults(match, [trainee(1)], [booked('2026-02-28')], release)).toEqual([]);
    expect(
      matchFaults(match, [trainee(1)], [booked('2026-03-01')], release).map(
        ({ code }) => code.name,
      ),
    ).toEqual(['SUBSTITUTE_TAKEN']);
    const both = [...match, { teacherId: id(2), substituteId: 'sbt_a' }];
    expect(
      matchFaults(both, [trainee(1), trainee(2)], [substitute('sbt_a')], release).map(
        ({ code }) => code.name,
      ),
    ).toEqual(['SUBSTITUTE_TAKEN']);
    expect(
      matchFaults(match, [trainee(1, 'english')], [substitute('sbt_a')], release).map(
        ({ code }) => code.name,
      ),
    ).toEqual(['SUBSTITUTE_UNFIT']);
  });

  test('CRS-33: whoever serves elsewhere is no substitute; the nearest comes first, the one for everywhere last', () => {
    const at = (teacherId: string, regionCode: string) => ({
      ...trainee(1),
      teacherId,
      regionCode,
    });
    const serving = (_id: string, regionCode: string) =>
      substitute(_id, ['chinese'], { regionCode });
    const town = at(id(1), '140105100');
    const match = [{ teacherId: id(1), substituteId: 'sbt_a' }];
    for (const regionCode of ['140105100', '140105', '140100', '140000']) {
      expect(matchFaults(match, [town], [serving('sbt_a', regionCode)], release)).toEqual([]);
    }
    for (const regionCode of ['140105101', '140106', '140200', '130000']) {
      const faults = matchFaults(match, [town], [serving('sbt_a', regionCode)], release);
      expect(faults.map(({ code }) => code.name)).toEqual(['SUBSTITUTE_UNFIT']);
      expect(matchSubstitutes([town], [serving('sbt_a', regionCode)], release)).toEqual([]);
    }
    const pool = [
      serving('sbt_a', '140000'),
      serving('sbt_b', '140105'),
      serving('sbt_c', '140105100'),
    ];
    expect(matchSubstitutes([town], pool, release)).toEqual([
      { teacherId: id(1), substituteId: 'sbt_c' },
    ]);
    // Both are covered all the same, whoever is looked at first.
    const elsewhere = at(id(2), '140106');
    expect(matchSubstitutes([elsewhere, at(id(1), '140105')], pool, release)).toEqual([
      { teacherId: id(1), substituteId: 'sbt_b' },
      { teacherId: id(2), substituteId: 'sbt_a' },
    ]);
  });

  test('CRS-33: what is matched already stays when others are added', () => {
    const pool = [substitute('sbt_a'), substitute('sbt_b'), substitute('sbt_c')];
    const standing = [{ teacherId: id(2), substituteId: 'sbt_c' }];
    expect(matchSubstitutes([trainee(1), trainee(2)], pool, release, standing)).toContainEqual(
      standing[0],
    );
  });
});
