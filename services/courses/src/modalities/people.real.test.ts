import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { courses } from '@shixun/contracts';
import type { Caller } from '@shixun/runtime';
import { enrollments } from '../enrollment/store.ts';
import { trainers } from '../projections/trainers.ts';
import { traineeLeftHandler } from './events.ts';
import {
  codesOf,
  county,
  head,
  institution,
  Modalities,
  province,
  teacher,
  trainer,
} from './modalities.example.ts';

/** 三人行: one of each kind. */
const mentors = ['trn_a', 'trn_b', 'trn_c'];
let modalities: Modalities;
beforeAll(async () => {
  modalities = await Modalities.open(process.env['MONGODB_URI']);
  const kinds = ['university_expert', 'teaching_researcher', 'frontline_teacher'];
  const rows = kinds.map((kind, n) => ({ _id: mentors[n], kind, subjects: ['chinese'] }));
  await modalities.real.db.model(trainers).collection.insertMany(rows as never[]);
});
afterAll(() => modalities?.close());

test('CRS-33: substitutes matched and missed, groups proposed, and both checked again when one leaves', async () => {
  const { classId, ids } = await modalities.running('rel', 5, { modality: 'release_time' });
  const pool = (endsOn: string) =>
    modalities.give(county, 'recordSubstitute', {
      ...{ regionCode: '140105', kind: 'STUDENT_TEACHER', stage: 'JUNIOR', subjects: ['chinese'] },
      ...{ startsOn: '2026-03-01', endsOn },
    });
  for (let n = 0; n < 4; n += 1) expect(codesOf(await pool('2026-06-30'))).toEqual([]);
  expect(codesOf(await pool('2026-06-29'))).toEqual([]);
  const people =
    'trainingClass { people { groups { members { id } mentors { id } } groupFaults { code } unmatched { id } left { id } } }';
  const matched = await modalities.give(institution, 'proposeSubstitutes', { classId }, people);
  expect(matched).toMatchObject({ trainingClass: { people: { unmatched: [{}] } }, refusals: [] });
  expect(await modalities.move(institution, 'openStage', classId, 'centralised')).toEqual([
    'SUBSTITUTES_MISSING',
  ]);
  expect(codesOf(await pool('2026-06-30'))).toEqual([]);
  expect(
    await modalities.give(institution, 'proposeSubstitutes', { classId }, people),
  ).toMatchObject({
    trainingClass: { people: { unmatched: [] } },
  });
  expect(await modalities.move(institution, 'openStage', classId, 'centralised')).toEqual([]);
  expect(await modalities.give(institution, 'proposeGroups', { classId }, people)).toMatchObject({
    trainingClass: { people: { groups: [{ mentors: [{}, {}, {}] }], groupFaults: [] } },
  });
  const [left] = ids;
  const enrollmentId = `enr_${left}`;
  await modalities.real.db
    .model(enrollments)
    .collection.updateOne({ _id: enrollmentId } as never, { $set: { state: 'withdrawn' } });
  const event = {
    ...courses.enrollmentWithdrawn.example,
    enrollmentId,
    classId,
    teacherId: left ?? '',
  };
  await modalities.real.hear(traineeLeftHandler, courses.enrollmentWithdrawn, [event]);
  const source = `query Q($id: ID!) { trainingClass(id: $id) { people { groupFaults { code } left { id } matches { substituteId } } } }`;
  const seen = await modalities.real.ask<object>(institution, source, { id: classId });
  expect(seen).toMatchObject({
    trainingClass: {
      people: {
        groupFaults: [{ code: 'GROUP_SIZE_WRONG' }],
        left: [{ id: left }],
        matches: [{}, {}, {}, {}],
      },
    },
  });
});

test('CRS-33: groups as people want them: refused with all that is wrong, kept when nothing is', async () => {
  const { classId, ids } = await modalities.running('set', 10, { modality: 'release_time' });
  const set = (groups: readonly object[]) =>
    modalities.refused(head, 'setGroups', { classId, groups });
  const group = (memberIds: readonly string[], mentorIds = mentors) => ({ memberIds, mentorIds });
  expect(await set([group(ids.slice(0, 4)), group(ids.slice(4))])).toEqual(['GROUP_SIZE_WRONG']);
  expect(await set([group(ids.slice(0, 5)), group(ids.slice(4, 9))])).toEqual([
    'GROUPS_MISSING',
    'GROUP_MEMBER_WRONG',
  ]);
  expect(await set([group(ids.slice(0, 5), mentors.slice(1)), group(ids.slice(5))])).toEqual([
    'GROUP_MENTOR_MISSING',
  ]);
  const halves = [group(ids.slice(0, 5)), group(ids.slice(5))];
  const fields =
    'trainingClass { people { groups { number members { id } } groupFaults { code } } }';
  expect(await modalities.give(head, 'setGroups', { classId, groups: halves }, fields)).toEqual({
    refusals: [],
    trainingClass: {
      people: {
        groupFaults: [],
        groups: halves.map(({ memberIds }, n) => ({
          number: n + 1,
          members: memberIds.map((id) => ({ id })),
        })),
      },
    },
  });
});

test('CRS-33: substitutes as people want them: only who serves in that region, and none at two places at a time', async () => {
  const { classId, ids } = await modalities.running(
    'sub',
    2,
    { modality: 'release_time' },
    { closesOn: '2026-07-31' },
  );
  const [first, second] = ids as [string, string];
  const record = async (by: Caller, regionCode: string) => {
    const answer = await modalities.give(
      by,
      'recordSubstitute',
      {
        ...{ regionCode, kind: 'TOWN_TEACHER', stage: 'JUNIOR', subjects: ['chinese'] },
        ...{ startsOn: '2026-03-01', endsOn: '2026-07-31' },
      },
      'substitute { id }',
    );
    return (answer['substitute'] as { id: string }).id;
  };
  const near = await record(county, '140105');
  const everywhere = await record(province, '140000');
  const elsewhere = await record(province, '140106');
  const set = (pairs: readonly (readonly [string, string])[]) =>
    modalities.refused(institution, 'setSubstitutes', {
      classId,
      matches: pairs.map(([teacherId, substituteId]) => ({ teacherId, substituteId })),
    });
  expect(await set([[first, elsewhere]])).toEqual(['SUBSTITUTE_UNFIT']);
  expect(
    await set([
      [first, near],
      [second, near],
    ]),
  ).toEqual(['SUBSTITUTE_TAKEN']);
  const booked = async () => {
    const source = `{ substitutes(regionCode: "140000", first: 100) { edges { node { id booked } } } }`;
    type Seen = { substitutes: { edges: { node: { id: string; booked: boolean } }[] } };
    const { substitutes } = await modalities.real.ask<Seen>(province, source);
    const nodes = substitutes.edges.map(({ node }) => node);
    return [near, everywhere, elsewhere].filter(
      (id) => nodes.find((node) => node.id === id)?.booked,
    );
  };
  expect(
    await set([
      [first, near],
      [second, everywhere],
    ]),
  ).toEqual([]);
  expect(await booked()).toEqual([near, everywhere]);
  // Who is matched no longer is free again.
  expect(await set([[second, near]])).toEqual([]);
  expect(await booked()).toEqual([near]);
  // The proposal keeps what stands and takes nobody from elsewhere.
  const proposed = await modalities.give(
    institution,
    'proposeSubstitutes',
    { classId },
    'trainingClass { people { matches { trainee { id } substituteId } unmatched { id } } }',
  );
  expect(proposed).toMatchObject({
    trainingClass: {
      people: {
        matches: [
          { trainee: { id: first }, substituteId: everywhere },
          { trainee: { id: second }, substituteId: near },
        ],
        unmatched: [],
      },
    },
  });
});

test('CRS-33, CRS-34: release-time study to its last stage: placements in school and centre, return practice, summary', async () => {
  const { classId, ids } = await modalities.running('all', 5, { modality: 'release_time' });
  await modalities.passFirstStage(classId, ids);
  const move = (name: 'openStage' | 'completeStage', key: string) =>
    modalities.move(institution, name, classId, key);
  expect(await move('openStage', 'return')).toEqual(['STAGE_NOT_NEXT']);
  expect(await move('openStage', 'shadow')).toEqual([]);
  expect(await move('completeStage', 'shadow')).toEqual([
    'PLACEMENT_NOT_ASSESSED',
    'PLACEMENT_NOT_ASSESSED',
  ]);
  const days = { startsOn: '2026-04-01', endsOn: '2026-04-10' };
  const place = (enrollmentId: string, hostId: string, at: object = days) =>
    modalities.give(
      institution,
      'placeTrainee',
      { enrollmentId, hostId, mentorId: 'trn_c', ...at },
      'placement { id }',
    );
  const enrollmentIds = ids.map((each) => `enr_${each}`);
  const [own = ''] = enrollmentIds;
  expect(codesOf(await place(own, 'sch_host'))).toEqual(['PLACEMENT_HOST_UNKNOWN']);
  await modalities.hosts(5);
  const later = { startsOn: '2026-04-11', endsOn: '2026-04-20' };
  const placed: Record<string, string> = {};
  for (const enrollmentId of enrollmentIds) {
    for (const [hostId, at] of [
      ['sch_host', days],
      ['ins_host', later],
    ] as const) {
      const { refusals, placement } = await place(enrollmentId, hostId, at);
      expect(refusals).toEqual([]);
      placed[`${enrollmentId}/${hostId}`] = (placement as { id: string }).id;
    }
  }
  // The host is full on those days, and nobody is at two places at a time.
  expect(codesOf(await place(own, 'sch_host', later))).toEqual(['PLACEMENT_DATES_WRONG']);
  const [[firstKey, firstId]] = Object.entries(placed) as [[string, string]];
  expect(firstKey).toBe(`${own}/sch_host`);
  const diary = { placementId: firstId, date: '2026-04-02', text: '听课三节' };
  expect(await modalities.refused(teacher(ids[1] ?? ''), 'writePlacementDiary', diary)).toEqual([
    'NOT_FOUND',
  ]);
  expect(await modalities.refused(teacher(ids[0] ?? ''), 'writePlacementDiary', diary)).toEqual([]);
  for (const [key, placementId] of Object.entries(placed)) {
    // The first trainee is not passed at the school.
    const assessed = { placementId, passed: key !== firstKey, comment: '评语' };
    expect(await modalities.refused(trainer('trn_b'), 'assessPlacement', assessed)).toEqual([
      'NOT_FOUND',
    ]);
    expect(await modalities.refused(trainer('trn_c'), 'assessPlacement', assessed)).toEqual([]);
  }
  expect(await move('completeStage', 'shadow')).toEqual([]);
  await modalities.passLastStages(classId, ids);
  expect(await modalities.doneOf(ids[1] ?? '')).toEqual([true, true, true, true]);
  expect(await modalities.doneOf(ids[0] ?? '')).toEqual([true, false, true, true]);
  const source = `query Q($id: ID!) { trainingClass(id: $id) {
    progress { nextActions { stageKey } stages { state } }
    placements(first: 1) { edges { node { state diary { date } assessment { passed } } } } } }`;
  expect(await modalities.real.ask(institution, source, { id: classId })).toEqual({
    trainingClass: {
      progress: {
        nextActions: [],
        stages: Array.from({ length: 4 }, () => ({ state: 'COMPLETED' })),
      },
      placements: {
        edges: [
          {
            node: {
              state: 'ASSESSED',
              diary: [{ date: '2026-04-02' }],
              assessment: { passed: false },
            },
          },
        ],
      },
    },
  });
  // A second placement makes it good.
  const again = await place(own, 'sch_host', { startsOn: '2026-05-06', endsOn: '2026-05-08' });
  const { id: placementId } = again['placement'] as { id: string };
  const good = { placementId, passed: true, comment: '改进明显' };
  expect(await modalities.refused(trainer('trn_c'), 'assessPlacement', good)).toEqual([]);
  expect(await modalities.doneOf(ids[0] ?? '')).toEqual([true, true, true, true]);
});
