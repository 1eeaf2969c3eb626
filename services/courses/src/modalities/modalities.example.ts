/** Classes of every modality on the whole service, as if their people had enrolled: for tests. */
import { type Caller, runUnit } from '@shixun/runtime';
import { enrollments } from '../enrollment/store.ts';
import { institutions } from '../projections/institutions.ts';
import { schools } from '../projections/schools.ts';
import { teachers } from '../projections/teachers.ts';
import type { ProjectRow, TrainingClassRow } from '../projects/store.ts';
import { type Answered, RealCourses } from '../real-courses.example.ts';
import { recordShippedTemplates } from './commands-templates.ts';

const caller = (subject: string, grant: Caller['grants'][number]): Caller => ({
  subject,
  grants: [grant],
});
export const county = caller('person_county', { role: 'CountyAdmin', regionCode: '140105' });
export const province = caller('person_province', { role: 'ProvinceAdmin', regionCode: '140000' });
export const institution = caller('person_institution', {
  role: 'InstitutionAdmin',
  institutionId: 'ins_1',
});
export const school = caller('person_school', { role: 'SchoolAdmin', schoolId: 'sch_1' });
export const head = caller('person_head', { role: 'ClassHead', personId: 'person_head' });
export const teacher = (id: string) => caller(id, { role: 'Teacher', personId: id });
export const trainer = (id: string) => caller(id, { role: 'Trainer', personId: id });

type Payload = Answered & Readonly<Record<string, unknown>>;
export type Saying = { classId: string; stageKey: string; askKey: string; about?: string };
export type Running = {
  readonly project: ProjectRow;
  readonly classId: string;
  readonly ids: readonly string[];
};

export const codesOf = ({ refusals }: Answered) => refusals.map(({ code }) => code);
export const content = { content: '内容' };

export class Modalities {
  readonly real: RealCourses;

  private constructor(real: RealCourses) {
    this.real = real;
  }

  static async open(uri: string | undefined): Promise<Modalities> {
    const real = await RealCourses.open(uri);
    const run = { service: 'courses', clock: () => real.now } as const;
    await runUnit(real.db, recordShippedTemplates, run);
    // A second start changes nothing.
    await runUnit(real.db, recordShippedTemplates, run);
    return new Modalities(real);
  }

  /** A running class with that many trainees of one school. */
  async running(
    prefix: string,
    count: number,
    change: Partial<ProjectRow>,
    ofClass: Partial<TrainingClassRow> = {},
  ): Promise<Running> {
    const project = await this.real.addProject({ state: 'running', ...change });
    const classId = await this.real.addClass(project, {
      state: 'running',
      classHeadId: 'person_head',
      trainerIds: ['trn_a', 'trn_b', 'trn_c'],
      opensOn: '2026-03-01',
      closesOn: '2026-06-30',
      ...ofClass,
    });
    const ids = Array.from({ length: count }, (_, n) => `tch_${prefix}_${n}`);
    for (const [n, teacherId] of ids.entries())
      await this.#addTrainee(teacherId, n, { project, classId });
    return { project, classId, ids };
  }

  async #addTrainee(
    teacherId: string,
    n: number,
    { project, classId }: Pick<Running, 'project' | 'classId'>,
  ): Promise<void> {
    const place = { schoolId: 'sch_1', regionCode: '140105' };
    const known = { stage: 'junior', subjects: ['chinese'], principal: n === 0, status: 'active' };
    const row = { _id: teacherId, ...known, ...place };
    await this.real.db.model(teachers).collection.insertOne(row as never);
    const { _id: projectId, ownerRegionCode } = project;
    const enrollment = {
      ...{ _id: `enr_${teacherId}`, classId, projectId, teacherId, turn: 1, ticket: n, ...place },
      ...{ ownerRegionCode, institutionId: 'ins_1', channel: 'self_selected' },
      ...{ state: 'confirmed', active: true, done: false },
    };
    await this.real.db.model(enrollments).collection.insertOne(enrollment as never);
  }

  give(by: Caller, name: string, input: Record<string, unknown>, fields = ''): Promise<Payload> {
    return this.real.give<Record<string, unknown>>(by, name, input, fields);
  }

  /** The codes of what it is refused for. */
  async refused(by: Caller, name: string, input: Record<string, unknown>) {
    return codesOf(await this.give(by, name, input));
  }

  /** Opens or completes a stage. */
  move(by: Caller, name: 'openStage' | 'completeStage', classId: string, stageKey: string) {
    return this.refused(by, name, { classId, stageKey });
  }

  /** Records evidence. */
  say(by: Caller, saying: Saying, fields: Readonly<Record<string, string>> = content) {
    const given = Object.entries(fields).map(([key, value]) => ({ key, value }));
    return this.refused(by, 'recordStageEvidence', { ...saying, fields: given });
  }

  async #must(refused: Promise<readonly string[]>): Promise<void> {
    const codes = await refused;
    if (codes.length > 0) throw new Error(codes.join(', '));
  }

  /** A school and a centre say how many they take at a time. */
  async hosts(capacity: number): Promise<void> {
    const { db } = this.real;
    const at = { name: '', kind: '', regionCode: '140105' };
    await db.model(schools).collection.insertOne({ _id: 'sch_host', ...at } as never);
    await db.model(institutions).collection.insertOne({ _id: 'ins_host', ...at } as never);
    for (const [hostId, kind] of [
      ['sch_host', 'SCHOOL'],
      ['ins_host', 'CENTRE'],
    ]) {
      await this.#must(this.refused(county, 'setPlacementCapacity', { hostId, kind, capacity }));
    }
  }

  /** Release-time study as far as its shadow practice: substitutes, groups, what everybody brings. */
  async passFirstStage(classId: string, ids: readonly string[]): Promise<void> {
    const about = { regionCode: '140105', kind: 'STUDENT_TEACHER', stage: 'JUNIOR' };
    const period = { startsOn: '2026-03-01', endsOn: '2026-06-30' };
    const one = { ...about, ...period, subjects: ['chinese'] };
    for (const _ of ids) await this.#must(this.refused(county, 'recordSubstitute', one));
    await this.#must(this.refused(institution, 'proposeSubstitutes', { classId }));
    await this.#must(this.refused(institution, 'proposeGroups', { classId }));
    const diagnosis = { classId, stageKey: 'centralised', askKey: 'diagnosis' };
    await this.#must(this.move(institution, 'openStage', classId, 'centralised'));
    await this.#must(this.say(institution, diagnosis));
    await this.everyone(ids, { classId, stageKey: 'centralised', askKey: 'study_plan' });
    await this.#must(this.move(institution, 'completeStage', classId, 'centralised'));
  }

  /** And from its return practice on. */
  async passLastStages(classId: string, ids: readonly string[]): Promise<void> {
    await this.everyone(ids, { classId, stageKey: 'shadow', askKey: 'return_plan' });
    await this.#must(this.move(institution, 'openStage', classId, 'return'));
    const work = { classId, stageKey: 'return', askKey: 'county_arrangement', about: '140105' };
    await this.#must(this.say(county, work));
    for (const askKey of ['training_case', 'course_resource']) {
      await this.everyone(ids, { classId, stageKey: 'return', askKey });
    }
    await this.#must(this.move(institution, 'completeStage', classId, 'return'));
    await this.#must(this.move(institution, 'openStage', classId, 'summary'));
    const showcase = { classId, stageKey: 'summary', askKey: 'showcase' };
    await this.#must(this.say(institution, showcase));
    await this.everyone(ids, { classId, stageKey: 'summary', askKey: 'development_plan' });
    await this.#must(this.move(institution, 'completeStage', classId, 'summary'));
  }

  /** Everybody brings his or her own. */
  async everyone(ids: readonly string[], saying: Omit<Saying, 'about'>): Promise<void> {
    for (const id of ids)
      await this.#must(this.say(teacher(id), { ...saying, about: `enr_${id}` }));
  }

  /** Which stages a trainee has done. */
  async doneOf(teacherId: string): Promise<readonly boolean[]> {
    const source = `query Q($id: ID!) { enrollment(id: $id) { stages { done } } }`;
    const variables = { id: `enr_${teacherId}` };
    type Seen = { enrollment: { stages: { done: boolean }[] } };
    const { enrollment } = await this.real.ask<Seen>(teacher(teacherId), source, variables);
    return enrollment.stages.map(({ done }) => done);
  }

  close(): Promise<void> {
    return this.real.close();
  }
}
