/** Reads what each role's duties follow from: a bounded look at each source, every one on an index. [CRS-59] */
import { civilDateOf } from '@shixun/kernel';
import type { Grant, GraphContext } from '@shixun/runtime';
import { completions } from '../completion/store.ts';
import type { ParticipationRow } from '../delivery/participation.ts';
import { participations } from '../delivery/store.ts';
import { classLogs } from '../delivery/store-class.ts';
import { enrollments } from '../enrollment/store.ts';
import { classes, projects, type TrainingClassRow } from '../projects/store.ts';
import { projectConfirmations } from '../projects/store-joint.ts';
import { practiceResults } from '../resources/store.ts';
import { trackings } from '../tracking/store.ts';
import {
  classHeadDuties,
  type Duty,
  projectDuties,
  traineeDuties,
  trainerDuties,
  waitingStates,
} from './duties.ts';
import { decisionsOfBureau, questionsOfSchool, scoringOf } from './readers-others.ts';
import { read } from './readers-rows.ts';
import {
  ownStagesOf,
  placementsOfMentor,
  stagesOf,
  stagesOfBureau,
  stagesOfHost,
  stagesOfInstitution,
  stagesOfSchool,
} from './readers-stages.ts';

const running = ['running', 'closing'];

/** All duties of a caller in this service. */
export async function dutiesOf(context: GraphContext): Promise<readonly Duty[]> {
  const { caller } = context;
  if (caller === null) return [];
  const lists = caller.grants.map((grant) => ofGrant(grant, caller.subject, context));
  return (await Promise.all(lists)).flat();
}

async function ofGrant(
  grant: Grant,
  subject: string,
  context: GraphContext,
): Promise<readonly Duty[]> {
  const { role, regionCode, schoolId, institutionId } = grant;
  const personId = grant.personId ?? subject;
  switch (role) {
    case 'ClassHead':
      return ofClassHead(personId, context);
    case 'Trainer':
      return ofTrainer(personId, context);
    case 'Teacher':
      return ofTeacher(personId, context);
    case 'WorkshopHost':
      return stagesOfHost(personId, context);
    case 'ExpertReviewer':
      return scoringOf(personId, context);
    case 'SchoolAdmin':
      return schoolId === undefined ? [] : ofSchool(schoolId, context);
    case 'InstitutionAdmin':
      return institutionId === undefined ? [] : ofInstitution(institutionId, context);
    case 'ProjectLeader':
      return institutionId === undefined ? [] : ofLeader(personId, institutionId, context);
    case 'ProvinceAdmin':
    case 'CityAdmin':
    case 'CountyAdmin':
      return regionCode === undefined ? [] : ofBureau(role, regionCode, context);
    default:
      return [];
  }
}

async function ofClassHead(classHeadId: string, context: GraphContext) {
  const rows = await read(context, classes, { classHeadId, state: { $in: running } });
  const lists = rows.map((row) => ofClass(row, context));
  return (await Promise.all([...lists, stagesOf('ClassHead', rows, context)])).flat();
}

async function ofClass(row: TrainingClassRow, context: GraphContext): Promise<readonly Duty[]> {
  const model = context.db.model(enrollments).collection;
  const trainees = (await model
    .find({ classId: row._id, state: 'confirmed' } as never)
    .project({ done: 1 })
    .limit(1_000)
    .toArray()) as unknown as { readonly _id: string; readonly done: boolean }[];
  const ids = trainees.map(({ _id }) => _id);
  const records = await Promise.all(ids.map((id) => context.loadOne(participations, id)));
  const logs = await context.loadMany(classLogs, 'classId', row._id);
  const facts = {
    participations: records.filter((record): record is ParticipationRow => record !== null),
    trainees: trainees.length,
    daysWritten: new Set(
      logs.filter(({ writtenAt }) => writtenAt !== null).map(({ date }) => date),
    ),
    undecided: trainees.filter(({ done }) => !done).length,
  };
  return classHeadDuties(row, facts, civilDateOf(context.now));
}

async function ofTrainer(trainerId: string, context: GraphContext) {
  const rows = await read(context, classes, {
    trainerIds: trainerId,
    state: { $in: ['published', 'open', 'running'] },
  });
  const sessions = rows.flatMap((row) => trainerDuties(row, trainerId, civilDateOf(context.now)));
  const placed = await placementsOfMentor(trainerId, context);
  return [...sessions, ...placed, ...(await stagesOf('Trainer', rows, context))];
}

async function ofTeacher(teacherId: string, context: GraphContext): Promise<readonly Duty[]> {
  const rows = await read(context, enrollments, { teacherId, active: true }, { turn: 1 });
  const homework = rows
    .filter(({ state }) => state === 'confirmed')
    .map(async ({ _id, classId }) => {
      const row = await context.loadOne(classes, classId);
      const record = (await context.loadOne(participations, _id)) ?? undefined;
      const decided = await context.loadMany(completions, 'enrollmentId', _id);
      const confirmed = decided.some(({ standing, state }) => standing && state === 'confirmed');
      if (row === null || confirmed) return [];
      return [...traineeDuties(_id, row, record), ...(await ownStagesOf(_id, row, context))];
    });
  const offers = rows
    .filter(({ state }) => state === 'offered')
    .map(async ({ _id, classId, respondBy }): Promise<readonly Duty[]> => {
      const row = await context.loadOne(classes, classId);
      const duty = { kind: 'answer_offer', role: 'Teacher', subject: _id, detail: '' } as const;
      const dueOn = respondBy && civilDateOf(respondBy);
      return [{ ...duty, title: row?.projectTitle ?? '', dueOn }];
    });
  const lists = await Promise.all([
    ...homework,
    ...offers,
    ofTrackings('Teacher', teacherId, context),
  ]);
  return lists.flat();
}

async function ofSchool(schoolId: string, context: GraphContext): Promise<readonly Duty[]> {
  const role = 'SchoolAdmin';
  const own = await steps(role, { schoolId, level: 'school' }, context);
  const asked = await read(context, projectConfirmations, { schoolId, answer: 'asked' });
  const confirmations = asked.map(async ({ projectId }): Promise<readonly Duty[]> => {
    const project = await context.loadOne(projects, projectId);
    const duty = { kind: 'confirm_project', role, subject: projectId, detail: '' } as const;
    return [{ ...duty, title: project?.title ?? '', dueOn: project?.startsOn ?? null }];
  });
  const lists = [
    ...confirmations,
    questionsOfSchool(schoolId, context),
    stagesOfSchool(schoolId, context),
    ofTrackings(role, schoolId, context),
  ];
  return [...own, ...(await Promise.all(lists)).flat()];
}

async function ofInstitution(institutionId: string, context: GraphContext) {
  const role = 'InstitutionAdmin';
  const results = await read(context, practiceResults, { institutionId, state: 'submitted' });
  const reviews = results.map(({ _id, title }): Duty => {
    return { kind: 'review_result', role, subject: _id, detail: '', title, dueOn: null };
  });
  return [
    ...(await steps(role, { institutionId }, context)),
    ...reviews,
    ...(await stagesOfInstitution(institutionId, context)),
    ...(await ofTrackings(role, institutionId, context)),
  ];
}

/** Whoever leads a project sees its steps as the institution does, for the projects led. */
async function ofLeader(personId: string, institutionId: string, context: GraphContext) {
  const led = await read(context, classes, { institutionId, projectLeaderId: personId });
  const ids = new Set(led.map(({ projectId }) => projectId));
  const all = await steps('InstitutionAdmin', { institutionId }, context);
  return all
    .filter(({ subject }) => ids.has(subject))
    .map((duty) => ({ ...duty, role: 'ProjectLeader' }));
}

async function ofBureau(role: string, regionCode: string, context: GraphContext) {
  const own = { regionPath: regionCode, ownerRegionCode: regionCode };
  const lists = await Promise.all([
    steps(role, own, context),
    decisionsOfBureau(role, regionCode, context),
    stagesOfBureau(role, regionCode, context),
  ]);
  return lists.flat();
}

async function steps(
  role: string,
  whose: Readonly<Record<string, string>>,
  context: GraphContext,
): Promise<readonly Duty[]> {
  const rows = await read(context, projects, { ...whose, state: { $in: waitingStates } });
  return rows.flatMap((row) => projectDuties(row, role, civilDateOf(context.now)));
}

async function ofTrackings(
  role: string,
  askedId: string,
  context: GraphContext,
): Promise<readonly Duty[]> {
  const rows = await read(context, trackings, { askedId, state: { $in: ['open', 'late'] } });
  return rows.map(({ _id, months, enrollmentId, answerBy }) => ({
    kind: 'answer_tracking',
    role,
    subject: _id,
    detail: String(months),
    title: enrollmentId,
    dueOn: answerBy,
  }));
}
