import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { courses as told } from '@shixun/contracts';
import { completions } from '../completion/store.ts';
import { trainers } from '../projections/trainers.ts';
import { classes } from '../projects/store.ts';
import {
  county,
  head,
  institution,
  Modalities,
  school,
  teacher,
  trainer,
} from './modalities.example.ts';

let modalities: Modalities;
beforeAll(async () => {
  modalities = await Modalities.open(process.env['MONGODB_URI']);
  const kinds = ['university_expert', 'teaching_researcher', 'frontline_teacher'];
  const rows = kinds.map((kind, n) => ({ _id: `trn_${'abc'[n]}`, kind, subjects: ['chinese'] }));
  await modalities.real.db.model(trainers).collection.insertMany(rows as never[]);
});
afterAll(() => modalities?.close());

async function close(classId: string): Promise<void> {
  const { collection } = modalities.real.db.model(classes);
  await collection.updateOne({ _id: classId } as never, { $set: { state: 'closing' } });
}

/** The class closes, and completion is decided for everybody. */
async function decide(classId: string): Promise<void> {
  await close(classId);
  expect(await modalities.refused(head, 'decideCompletions', { classId })).toEqual([]);
}

/** Decisions on a trainee, oldest first, each with whether it stands. */
async function decisionsOn(teacherId: string) {
  const rows = await modalities.real.db
    .model(completions)
    .find({ enrollmentId: `enr_${teacherId}` })
    .sort({ _id: 1 })
    .lean();
  return rows.map(({ state, standing }) => `${state}${standing ? '' : ' no more'}`);
}

const toldOf = async (teacherId: string) => {
  const of = <Data extends { teacherId: string }>(all: readonly Data[]) =>
    all.filter((each) => each.teacherId === teacherId).length;
  return {
    refused: of(await modalities.real.told(told.completionRefused)),
    withdrawn: of(await modalities.real.told(told.completionWithdrawn)),
    confirmed: of(await modalities.real.told(told.completionConfirmed)),
  };
};

test('CRS-55: who brings own evidence after the decision is decided anew, with the compensating event; nobody else is', async () => {
  const { classId, ids } = await modalities.running('late', 2, { modality: 'degree' });
  const [own, other] = ids as [string, string];
  expect(await modalities.move(institution, 'openStage', classId, 'study')).toEqual([]);
  expect(await modalities.move(institution, 'completeStage', classId, 'study')).toEqual([]);
  await decide(classId);
  expect(await decisionsOn(own)).toEqual(['refused']);
  const saying = { classId, stageKey: 'study', askKey: 'credential', about: `enr_${own}` };
  const credential = { credential_number: '1234567890', granted_on: '2026-06-20' };
  expect(await modalities.say(teacher(other), saying, credential)).toEqual(['NOT_FOUND']);
  expect(await modalities.say(teacher(own), saying, credential)).toEqual([]);
  expect(await decisionsOn(own)).toEqual(['withdrawn no more', 'confirmed']);
  expect(await toldOf(own)).toEqual({ refused: 1, withdrawn: 1, confirmed: 1 });
  expect(await decisionsOn(other)).toEqual(['refused']);
  expect(await toldOf(other)).toEqual({ refused: 1, withdrawn: 0, confirmed: 0 });
  // Once more changes nothing that was decided.
  expect(await modalities.say(teacher(own), saying, credential)).toEqual([]);
  expect(await decisionsOn(own)).toEqual(['withdrawn no more', 'confirmed']);
});

test('CRS-55: a stage that is completed after the decision decides everybody anew who owes it nothing', async () => {
  const { classId, ids } = await modalities.running(
    'stage',
    2,
    { modality: 'school_based', level: 'school', schoolId: 'sch_1' },
    { schoolId: 'sch_1' },
  );
  expect(await modalities.move(school, 'openStage', classId, 'study')).toEqual([]);
  await decide(classId);
  const round = { classId, stageKey: 'study', askKey: 'inspection_round' };
  const seen = { date: '2026-06-29', findings: '资料齐全', guidance: '增加听课' };
  expect(await modalities.say(county, round, seen)).toEqual([]);
  for (const id of ids) expect(await decisionsOn(id)).toEqual(['refused']);
  expect(await modalities.move(school, 'completeStage', classId, 'study')).toEqual([]);
  for (const id of ids) expect(await decisionsOn(id)).toEqual(['withdrawn no more', 'confirmed']);
});

test('CRS-34, CRS-55: a placement that the mentor assesses after the decision decides its trainee anew', async () => {
  const { classId, ids } = await modalities.running('place', 2, { modality: 'shadow' });
  await modalities.hosts(2);
  expect(await modalities.move(institution, 'openStage', classId, 'placement')).toEqual([]);
  const place = async (id: string, startsOn: string, endsOn: string) => {
    const placing = { enrollmentId: `enr_${id}`, hostId: 'sch_host', mentorId: 'trn_c' };
    const answer = await modalities.give(
      institution,
      'placeTrainee',
      { ...placing, startsOn, endsOn },
      'placement { id }',
    );
    return (answer['placement'] as { id: string }).id;
  };
  const assess = (placementId: string, passed: boolean) =>
    modalities.refused(trainer('trn_c'), 'assessPlacement', {
      placementId,
      passed,
      comment: '评语',
    });
  const [own, other] = ids as [string, string];
  for (const id of ids) {
    const placementId = await place(id, '2026-04-01', '2026-04-10');
    expect(await assess(placementId, id === other)).toEqual([]);
  }
  expect(await modalities.move(institution, 'completeStage', classId, 'placement')).toEqual([]);
  const again = await place(own, '2026-05-06', '2026-05-08');
  await decide(classId);
  expect([await decisionsOn(own), await decisionsOn(other)]).toEqual([['refused'], ['confirmed']]);
  expect(await assess(again, true)).toEqual([]);
  expect(await decisionsOn(own)).toEqual(['withdrawn no more', 'confirmed']);
  expect(await decisionsOn(other)).toEqual(['confirmed']);
});

test('CRS-55: what is brought in the moment of the decision counts, whichever comes first', async () => {
  const { classId, ids } = await modalities.running('race', 6, { modality: 'degree' });
  expect(await modalities.move(institution, 'openStage', classId, 'study')).toEqual([]);
  expect(await modalities.move(institution, 'completeStage', classId, 'study')).toEqual([]);
  const credential = { credential_number: '1234567890', granted_on: '2026-06-20' };
  const bringing = ids.map((id) => {
    const saying = { classId, stageKey: 'study', askKey: 'credential', about: `enr_${id}` };
    return () => modalities.say(teacher(id), saying, credential);
  });
  await close(classId);
  const [decided, ...brought] = await Promise.all([
    modalities.refused(head, 'decideCompletions', { classId }),
    ...bringing.map((bring) => bring()),
  ]);
  expect([decided, ...brought].flat()).toEqual([]);
  for (const id of ids) expect((await decisionsOn(id)).at(-1)).toBe('confirmed');
});
