import { accept, decide, fault } from '@shixun/kernel';
import {
  type CommandContext,
  defineCommand,
  defineGroupedCommand,
  notFound,
  type Unit,
} from '@shixun/runtime';
import { z } from 'zod';
import type { EnrollmentRow } from '../enrollment/store.ts';
import { changeRecord, classHeadScope, readTrainee, type Trainee } from './commands-room.ts';
import { changeFellow, type Fellow, goTogether, type Together } from './commands-together.ts';
import { reviewHomework, submitHomework } from './homework.ts';
import { type AskForLeave, askForLeave, decideLeave } from './leave.ts';
import { notices } from './notices.ts';
import {
  assessedAgain,
  type Homework,
  type Leave,
  type LeaveState,
  type ParticipationRow,
} from './participation.ts';
import { runningFaults } from './record-attendance.ts';
import { codes } from './refusals.ts';

/** Each of these commands is about one trainee, answers the enrollment, and is a link of the class's audit chain. */
async function gather(
  { enrollmentId }: { enrollmentId: string },
  unit: Unit,
  { policies }: CommandContext,
) {
  const trainee = await readTrainee(enrollmentId, unit, policies);
  return trainee ?? notFound('enrollment', enrollmentId, ['enrollmentId']);
}
const stream = ({ trainingClass }: Trainee) => trainingClass._id;
const text = (max: number) => z.string().trim().min(1).max(max);

const recordChanged = '学习记录变更，重新认定';

function save(trainee: Trainee, change: Partial<ParticipationRow>, unit: Unit): EnrollmentRow {
  return changeRecord(trainee, change, recordChanged, unit);
}

export const requestLeaveCommand = defineGroupedCommand<
  AskForLeave & { readonly enrollmentId: string },
  Together,
  Fellow,
  AskForLeave,
  EnrollmentRow
>({
  name: 'requestLeave',
  input: z.object({
    enrollmentId: z.string(),
    sessionIds: z.array(z.string()).min(1).max(100),
    reason: text(500),
  }),
  ...goTogether,
  owner: ({ sessionIds }) => sessionIds.join(),
  decide: (input, { trainingClass, participation }) =>
    askForLeave(input, {
      classState: trainingClass.state,
      sessionIds: new Set(trainingClass.sessions.map(({ _id }) => _id)),
      recorded: new Set(participation.attendance.map(({ sessionId }) => sessionId)),
    }),
  record: ({ sessionIds, reason }, fellow, unit) => {
    const leave: Leave = {
      _id: unit.newId('leave'),
      sessionIds,
      reason,
      state: 'asked',
      askedAt: unit.now,
      decidedAt: null,
      decidedBy: null,
    };
    return changeFellow(fellow, { leaves: [...fellow.participation.leaves, leave] }, unit);
  },
  // The reason of a leave can be about health: it stays in the record and out of the audit chain.
  audited: ({ enrollmentId, sessionIds }) => ({ enrollmentId, sessionIds }),
});

type DecideLeave = { enrollmentId: string; leaveId: string; granted: boolean };

export const decideLeaveCommand = defineCommand<
  DecideLeave,
  Trainee & { readonly leave: Leave },
  { readonly state: LeaveState; readonly by: string },
  EnrollmentRow
>({
  name: 'decideLeave',
  input: z.object({ enrollmentId: z.string(), leaveId: z.string(), granted: z.boolean() }),
  gather: async ({ enrollmentId, leaveId }, unit, { policies }) => {
    const trainee = await readTrainee(enrollmentId, unit, policies);
    const leave = trainee?.participation.leaves.find(({ _id }) => _id === leaveId);
    return trainee && leave ? { ...trainee, leave } : notFound('leave', leaveId, ['leaveId']);
  },
  scope: classHeadScope,
  decide: (input, { leave, trainingClass }, { caller }) => {
    const { state } = trainingClass;
    const decision = decideLeave(input, { state: leave.state, classState: state });
    return decision.accepted
      ? accept({ ...decision.outcome, by: caller?.subject ?? '' })
      : decision;
  },
  record: ({ state, by }, trainee, unit) => {
    const leaves = trainee.participation.leaves.map((leave) =>
      leave._id === trainee.leave._id
        ? { ...leave, state, decidedAt: unit.now, decidedBy: by }
        : leave,
    );
    const { teacherId, classId, _id: enrollmentId } = trainee.enrollment;
    const leaveId = trainee.leave._id;
    const words = state === 'granted' ? ['批准', 'granted'] : ['不予批准', 'refused'];
    const figures = { classId, leaveId, wordZh: words[0] ?? '', wordEn: words[1] ?? '' };
    const note = { notice: notices.LEAVE_DECIDED, subject: enrollmentId, figures };
    unit.notify({ ...note, to: { teacherId } });
    return save(trainee, { leaves }, unit);
  },
  stream,
});

type SubmitHomework = { enrollmentId: string; moduleId: string; text: string };

function homeworkFacts(
  { trainingClass, participation }: Pick<Trainee, 'trainingClass' | 'participation'>,
  moduleId: string,
) {
  return {
    classState: trainingClass.state,
    asked: trainingClass.modules.find(({ _id }) => _id === moduleId)?.homeworkRequired,
    state: participation.homework.find((each) => each.moduleId === moduleId)?.state,
  };
}

function withHomework(homework: readonly Homework[], one: Homework): readonly Homework[] {
  return [...homework.filter(({ moduleId }) => moduleId !== one.moduleId), one];
}

export const submitHomeworkCommand = defineGroupedCommand<
  SubmitHomework,
  Together,
  Fellow,
  SubmitHomework,
  EnrollmentRow
>({
  name: 'submitHomework',
  input: z.object({ enrollmentId: z.string(), moduleId: z.string(), text: text(10_000) }),
  ...goTogether,
  owner: ({ moduleId }) => moduleId,
  decide: (input, fellow) => submitHomework(input, homeworkFacts(fellow, input.moduleId)),
  record: ({ moduleId, text: content }, fellow, unit) => {
    const one: Homework = {
      moduleId,
      text: content,
      state: 'submitted',
      submittedAt: unit.now,
      remark: null,
    };
    const homework = withHomework(fellow.participation.homework, one);
    return changeFellow(fellow, { homework }, unit);
  },
  audited: ({ enrollmentId, moduleId }) => ({ enrollmentId, moduleId }),
});

type ReviewHomework = {
  enrollmentId: string;
  moduleId: string;
  accepted: boolean;
  remark: string | null;
};

export const reviewHomeworkCommand = defineCommand<
  ReviewHomework,
  Trainee,
  ReviewHomework,
  EnrollmentRow
>({
  name: 'reviewHomework',
  input: z.object({
    enrollmentId: z.string(),
    moduleId: z.string(),
    accepted: z.boolean(),
    remark: z
      .string()
      .trim()
      .max(1000)
      .nullish()
      .transform((remark) => remark ?? null),
  }),
  gather,
  scope: classHeadScope,
  decide: (input, trainee) => reviewHomework(input, homeworkFacts(trainee, input.moduleId)),
  record: ({ moduleId, accepted, remark }, trainee, unit) => {
    const { homework } = trainee.participation;
    const changed = homework.map(
      (one): Homework =>
        one.moduleId === moduleId
          ? { ...one, state: accepted ? 'accepted' : 'returned', remark }
          : one,
    );
    return save(trainee, { homework: changed }, unit);
  },
  stream,
});

type RecordAssessment = {
  enrollmentId: string;
  passed: boolean;
  scoreCenti: number;
  reason: string | null;
};

/** The result of the assessment; once completion is decided it is corrected with a reason, and decided anew. [CRS-14] */
export const recordCompletionAssessmentCommand = defineCommand<
  RecordAssessment,
  Trainee,
  RecordAssessment & { readonly by: string },
  EnrollmentRow
>({
  name: 'recordCompletionAssessment',
  input: z.object({
    enrollmentId: z.string(),
    passed: z.boolean(),
    scoreCenti: z.int().min(0).max(10_000),
    reason: text(500)
      .nullish()
      .transform((reason) => reason ?? null),
  }),
  gather,
  scope: classHeadScope,
  decide: (input, { trainingClass, standing }, { caller }) => {
    const faults = [...runningFaults(trainingClass.state)];
    if (!trainingClass.assessmentRequired) faults.push(fault(codes.NO_ASSESSMENT_ASKED, []));
    if (standing && input.reason === null) {
      faults.push(fault(codes.DECIDED_ALREADY, ['enrollmentId']));
    }
    return decide(faults, () => ({ ...input, by: caller?.subject ?? '' }));
  },
  record: ({ passed, scoreCenti, reason, by }, trainee, unit) => {
    const result = { passed, scoreCenti, recordedAt: unit.now, recordedBy: by, reason };
    const assessment = assessedAgain(trainee.participation.assessment, result);
    return save(trainee, { assessment }, unit);
  },
  stream,
});
