import { describe, expect, test } from '@jest/globals';
import { emptyParticipation, type ParticipationRow } from '../delivery/participation.ts';
import {
  classHeadDuties,
  type DutyClass,
  inOrder,
  isLate,
  projectDuties,
  traineeDuties,
  trainerDuties,
} from './duties.ts';

const trainingClass: DutyClass = {
  _id: 'cls_1',
  projectTitle: '整本书阅读',
  state: 'running',
  closesOn: '2026-07-14',
  sessions: [
    { _id: 'ses_1', date: '2026-07-13', trainerId: 'trn_1' },
    { _id: 'ses_2', date: '2026-07-14', trainerId: 'trn_2' },
  ],
  modules: [
    { _id: 'mod_1', required: true, homeworkRequired: true },
    { _id: 'mod_2', required: true, homeworkRequired: false },
  ],
};
const present = (sessionIds: readonly string[]): ParticipationRow => ({
  ...emptyParticipation('enr_1', 'cls_1'),
  attendance: sessionIds.map((sessionId) => ({
    sessionId,
    presentMinutes: 90,
    source: 'class_head',
    recordedAt: new Date(0),
    recordedBy: '',
    reason: null,
    earlier: [],
  })),
});
const head = (today: string, change: Partial<Parameters<typeof classHeadDuties>[1]> = {}) =>
  classHeadDuties(
    trainingClass,
    { participations: [], trainees: 1, daysWritten: new Set(), undecided: 1, ...change },
    today,
  ).map(({ kind, detail, dueOn }) => [kind, detail, dueOn]);

describe('CRS-59: open duties', () => {
  test('a class head takes attendance and writes the log from the day on; the log is late the day after next', () => {
    expect(head('2026-07-12')).toEqual([]);
    expect(head('2026-07-13')).toEqual([
      ['take_attendance', 'ses_1', '2026-07-13'],
      ['write_log', '2026-07-13', '2026-07-14'],
    ]);
    const done = { participations: [present(['ses_1'])], daysWritten: new Set(['2026-07-13']) };
    expect(head('2026-07-13', done)).toEqual([]);
    expect(isLate({ dueOn: '2026-07-14' }, '2026-07-14')).toBe(false);
    expect(isLate({ dueOn: '2026-07-14' }, '2026-07-15')).toBe(true);
    expect(isLate({ dueOn: null }, '2026-07-15')).toBe(false);
  });
  test('a project’s next step is the duty of the role whose step it is', () => {
    const project = {
      _id: 'prj_1',
      title: '整本书阅读',
      level: 'county',
      sector: 'basic',
      ownerRegionCode: '140105',
      schoolId: null,
      institutionId: 'ins_1',
      startsOn: '2026-07-13',
      endsOn: '2026-07-14',
      state: 'plan_returned',
    } as const;
    const of = (role: string, state = 'plan_returned', today = '2026-07-01') =>
      projectDuties({ ...project, state: state as 'open' }, role, today).map(
        ({ detail }) => detail,
      );
    expect(of('InstitutionAdmin')).toEqual(['submitPlan']);
    expect(of('CountyAdmin')).toEqual([]);
    expect(of('CountyAdmin', 'submitted')).toEqual(['approveProject', 'rejectProject']);
    expect(of('CountyAdmin', 'plan_review')).toEqual(['reviewPlan']);
    expect(of('CityAdmin', 'plan_review')).toEqual([]);
    expect(of('CountyAdmin', 'open', '2026-07-12')).toEqual([]);
    expect(of('CountyAdmin', 'open', '2026-07-13')).toEqual(['startProject']);
  });
  test('a trainer has the sessions from today on, a trainee the homework not handed in', () => {
    expect(trainerDuties(trainingClass, 'trn_1', '2026-07-13')).toHaveLength(1);
    expect(trainerDuties(trainingClass, 'trn_1', '2026-07-14')).toEqual([]);
    const homework = (state: 'submitted' | 'returned') => ({
      ...present([]),
      homework: [{ moduleId: 'mod_1', text: '', state, submittedAt: new Date(0), remark: null }],
    });
    const details = (record?: ParticipationRow) =>
      traineeDuties('enr_1', trainingClass, record).map(({ detail }) => detail);
    expect(details()).toEqual(['mod_1']);
    expect(details(homework('submitted'))).toEqual([]);
    expect(details(homework('returned'))).toEqual(['mod_1']);
  });
  test('the next one due comes first, one without a day last, and each is listed once', () => {
    const duty = { kind: 'write_log', role: 'ClassHead', detail: '', title: '' } as const;
    const one = { ...duty, subject: 'cls_1', dueOn: '2026-07-14' };
    const two = { ...duty, subject: 'cls_2', dueOn: '2026-07-13' };
    const none = { ...duty, subject: 'cls_3', dueOn: null };
    expect(inOrder([none, one, two, one])).toEqual([two, one, none]);
  });
});
