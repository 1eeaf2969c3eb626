/** A class that runs, for tests on a real MongoDB: five days of one session of 810 minutes, 90 hours; a fifth is one day. */
import { courses as told } from '@shixun/contracts';
import { startOfDay } from '@shixun/kernel';
import type { Caller } from '@shixun/runtime';
import { enrollments } from '../enrollment/store.ts';
import { classes, type TrainingClassRow } from '../projects/store.ts';
import { type Answered, RealCourses } from '../real-courses.example.ts';

export const head: Caller = {
  subject: 'trn_head',
  grants: [{ role: 'ClassHead', institutionId: 'ins_1' }],
};
export const institution: Caller = {
  subject: 'i',
  grants: [{ role: 'InstitutionAdmin', institutionId: 'ins_1' }],
};
export const teacher = (n: number): Caller => ({
  subject: `tch_${n}`,
  grants: [{ role: 'Teacher' }],
});
export const day = (n: number) => `2026-07-${12 + n}`;
/** Nine in the morning in Shanghai, and so many minutes. */
export const nine = (n: number, minutes = 0) =>
  new Date(startOfDay(day(n)).getTime() + (9 * 60 + minutes) * 60_000);

export const sessions = [1, 2, 3, 4, 5].map((n) => ({
  _id: `ses_${n}`,
  moduleId: 'mod_1',
  date: day(n),
  startMinute: 540,
  minutes: 810,
  place: '',
  trainerId: 'trn_1',
  required: true,
}));

export const modules = [
  {
    _id: 'mod_1',
    title: '阅读',
    category: 'subject' as const,
    practical: true,
    required: true,
    homeworkRequired: true,
    hoursCenti: 90_00,
  },
];

export const codesOf = ({ refusals }: Answered) => refusals.map(({ code }) => code);

export class RealClass {
  readonly courses: RealCourses;
  readonly classId: string;
  readonly projectId: string;

  private constructor(courses: RealCourses, ids: { classId: string; projectId: string }) {
    this.courses = courses;
    this.classId = ids.classId;
    this.projectId = ids.projectId;
  }

  static async open(trainees: number, change: Partial<TrainingClassRow> = {}): Promise<RealClass> {
    const courses = await RealCourses.open(process.env.MONGODB_URI);
    const project = await courses.addProject({ ownerRegionCode: '140105' });
    const { _id: projectId } = project;
    const classId = await courses.addClass(project, {
      state: 'running',
      classHeadId: 'trn_head',
      sessions,
      modules,
      trainerIds: ['trn_1'],
      assessmentRequired: false,
      minutesPerHour: 45,
      opensOn: day(1),
      closesOn: day(5),
      ...change,
    });
    const seat = { classId, projectId, schoolId: 'sch_1', regionCode: '140105001' };
    const rows = Array.from({ length: trainees }, (_, at) => ({
      ...seat,
      _id: `enr_${at + 1}`,
      teacherId: `tch_${at + 1}`,
      channel: 'self_selected',
      state: 'confirmed',
      done: false,
      ownerRegionCode: '140105',
      institutionId: 'ins_1',
    }));
    await courses.db.model(enrollments).collection.insertMany(rows as never[]);
    return new RealClass(courses, { classId, projectId });
  }

  /** Attendance of the n-th session, in minutes by trainee. */
  take(n: number, present: readonly number[]) {
    const marks = present.map((presentMinutes, at) => ({
      enrollmentId: `enr_${at + 1}`,
      presentMinutes,
    }));
    const input = { classId: this.classId, sessionId: `ses_${n}`, marks };
    return this.courses.give(head, 'recordAttendance', input, 'trainingClass { id }');
  }

  /** A command about the n-th trainee that answers the enrollment. */
  about(caller: Caller, name: string, n: number, more: object) {
    type Decided = { completion: { state: string; hours: string } | null };
    return this.courses.give<{ enrollment: Decided | null }>(
      caller,
      name,
      { enrollmentId: `enr_${n}`, ...more },
      'enrollment { completion { state hours } }',
    );
  }

  async handIn(n: number, accepted: boolean | null) {
    await this.about(teacher(n), 'submitHomework', n, { moduleId: 'mod_1', text: '学习成果' });
    if (accepted === null) return;
    await this.about(head, 'reviewHomework', n, { moduleId: 'mod_1', accepted });
  }

  async setState(state: TrainingClassRow['state']): Promise<void> {
    const { db } = this.courses;
    await db.model(classes).updateOne({ _id: this.classId }, { $set: { state } });
  }

  decide() {
    const { classId } = this;
    return this.courses.give(head, 'decideCompletions', { classId }, 'trainingClass { id }');
  }

  async notices(code: string) {
    const all = await this.courses.told(told.noticeRequested);
    return all.filter((notice) => notice.code === code);
  }
}
