/** Duties 待办: what each role has to do now, and what of it is late; read from what the rules themselves decide on. [CRS-59] */
import { addDays, type CivilDate } from '@shixun/kernel';
import { excluded, type ParticipationRow } from '../delivery/participation.ts';
import type { ClassState, ProjectState } from '../projects/project.ts';
import { nextActions, type Standing } from '../projects/transitions.ts';

export const dutyKinds = [
  'take_attendance',
  'write_log',
  'decide_leave',
  'review_homework',
  'decide_completions',
  'project_step',
  'confirm_project',
  'review_result',
  'answer_tracking',
  'teach_session',
  'answer_offer',
  'hand_in_homework',
  'decide_violation_appeal',
  'decide_plan_change',
  'confirm_dispatch',
  'decide_dispatch_objection',
  'score_bid',
  'answer_for_school',
  'open_stage',
  'bring_evidence',
  'complete_stage',
  'form_groups',
  'match_substitutes',
  'appoint_host',
  'place_trainees',
  'assess_placement',
] as const;
export type DutyKind = (typeof dutyKinds)[number];

export type Duty = {
  readonly kind: DutyKind;
  readonly role: string;
  /** What it is about: the id of a class, enrollment, project … */
  readonly subject: string;
  /** The day, the command, the module … that tells duties about one subject apart; empty when there is but one. */
  readonly detail: string;
  /** Shown beside it: the title of the project or result. */
  readonly title: string;
  /** The last day; null where no rule gives one. */
  readonly dueOn: CivilDate | null;
};

export type DutyClass = {
  readonly _id: string;
  readonly projectTitle: string;
  readonly state: ClassState;
  readonly closesOn: CivilDate;
  readonly sessions: readonly {
    readonly _id: string;
    readonly date: CivilDate;
    readonly trainerId: string;
  }[];
  readonly modules: readonly {
    readonly _id: string;
    readonly required: boolean;
    readonly homeworkRequired: boolean;
  }[];
};

/** What a class head owes a class today. [CRS-50, CRS-51, CRS-55] */
export function classHeadDuties(
  trainingClass: DutyClass,
  records: {
    readonly participations: readonly ParticipationRow[];
    readonly trainees: number;
    readonly daysWritten: ReadonlySet<CivilDate>;
    readonly undecided: number;
  },
  today: CivilDate,
): readonly Duty[] {
  const { _id, projectTitle: title, sessions, closesOn, state } = trainingClass;
  const duty = (kind: DutyKind, subject: string, detail: string, dueOn: CivilDate | null) => ({
    kind,
    role: 'ClassHead',
    subject,
    detail,
    title,
    dueOn,
  });
  const { participations, trainees, daysWritten, undecided } = records;
  const standing = participations.filter((record) => !excluded(record));
  const away = participations.length - standing.length;
  const held = sessions.filter(({ date }) => date <= today);
  const open = held.filter(({ _id: sessionId }) => {
    const taken = standing.filter(({ attendance }) =>
      attendance.some((mark) => mark.sessionId === sessionId),
    );
    return taken.length < trainees - away;
  });
  const days = [...new Set(held.map(({ date }) => date))].filter((date) => !daysWritten.has(date));
  const leaves = standing.flatMap((record) =>
    record.leaves
      .filter((leave) => leave.state === 'asked')
      .map((leave) => duty('decide_leave', record._id, leave._id, firstDay(leave, sessions))),
  );
  const homework = standing.flatMap((record) =>
    record.homework
      .filter((one) => one.state === 'submitted')
      .map((one) => duty('review_homework', record._id, one.moduleId, closesOn)),
  );
  return [
    ...open.map(({ _id: sessionId, date }) => duty('take_attendance', _id, sessionId, date)),
    // Written the next morning it is still in time: that is when a missing day is flagged.
    ...days.map((date) => duty('write_log', _id, date, addDays(date, 1))),
    ...leaves,
    ...homework,
    ...(state === 'closing' && undecided > 0
      ? [duty('decide_completions', _id, '', addDays(closesOn, 1))]
      : []),
  ];
}

function firstDay(
  { sessionIds }: { readonly sessionIds: readonly string[] },
  sessions: DutyClass['sessions'],
): CivilDate | null {
  const days = sessions.filter(({ _id }) => sessionIds.includes(_id)).map(({ date }) => date);
  return days.sort()[0] ?? null;
}

/** States in which a project waits for somebody. Those that wait for teachers or for the end wait for nobody. */
export const waitingStates: readonly ProjectState[] = [
  'draft',
  'submitted',
  'filed',
  'approved',
  'tendering',
  'awarded',
  'commissioned',
  'plan_review',
  'plan_returned',
  'plan_accepted',
  'published',
  'open',
  'running',
  'evaluated',
];

/** Steps that can be taken and needn't be. */
const optional = new Set([
  'cancelProject',
  'announceTender',
  'abandonTender',
  'decideObjection',
  'requestPlanChange',
  'withdrawPlanChange',
  'decidePlanChange',
]);

type DutyProject = Standing & {
  readonly _id: string;
  readonly title: string;
  readonly startsOn: CivilDate;
  readonly endsOn: CivilDate;
};

/** The next steps of a project that are this role's, by the day on which the project begins or ends. [CRS-01] */
export function projectDuties(
  project: DutyProject,
  role: string,
  today: CivilDate,
): readonly Duty[] {
  const { _id, title, startsOn, endsOn, state } = project;
  const over = state === 'running' ? endsOn : startsOn;
  // A class that has not begun yet, or runs, waits for its day.
  const waits = (state === 'open' && today < startsOn) || (state === 'running' && today < endsOn);
  if (waits) return [];
  return nextActions(project)
    .filter(({ command, roles }) => !optional.has(command) && roles.includes(role))
    .map(({ command }) => ({
      kind: 'project_step' as const,
      role,
      subject: _id,
      detail: command,
      title,
      dueOn: state === 'evaluated' ? null : over,
    }));
}

/** Sessions that a trainer holds from today on. */
export function trainerDuties(
  { _id, projectTitle: title, sessions }: DutyClass,
  trainerId: string,
  today: CivilDate,
): readonly Duty[] {
  return sessions
    .filter((session) => session.trainerId === trainerId && session.date >= today)
    .map(({ _id: detail, date: dueOn }) => ({
      kind: 'teach_session' as const,
      role: 'Trainer',
      subject: _id,
      detail,
      title,
      dueOn,
    }));
}

/** Homework that a trainee has yet to hand in, or again. [CRS-55] */
export function traineeDuties(
  enrollmentId: string,
  { projectTitle: title, modules, closesOn, state }: DutyClass,
  record: ParticipationRow | undefined,
): readonly Duty[] {
  if (state !== 'running' && state !== 'closing') return [];
  if (record && excluded(record)) return [];
  const done = new Set(
    record?.homework.filter((one) => one.state !== 'returned').map(({ moduleId }) => moduleId),
  );
  return modules
    .filter((module) => module.required && module.homeworkRequired && !done.has(module._id))
    .map(({ _id: detail }) => ({
      kind: 'hand_in_homework' as const,
      role: 'Teacher',
      subject: enrollmentId,
      detail,
      title,
      dueOn: closesOn,
    }));
}

/** True when its day is over. A session that is held today is not late. */
export function isLate({ dueOn }: Pick<Duty, 'dueOn'>, today: CivilDate): boolean {
  return dueOn !== null && dueOn < today;
}

/** The next one due first, those without a day last; the same order for everybody, so that pages hold together. */
export function inOrder(duties: readonly Duty[]): readonly Duty[] {
  const keyed = new Map(duties.map((duty) => [orderOf(duty), duty]));
  return [...keyed].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, duty]) => duty);
}

/** Where a duty stands in the order; also what tells it from all others. */
export function orderOf({ dueOn, kind, subject, detail, role }: Duty): string {
  return [dueOn ?? '9999-12-31', kind, subject, detail, role].join('|');
}
