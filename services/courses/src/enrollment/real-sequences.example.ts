/** Three classes and nine teachers in a real database, to whom anything may happen by the commands of the graph. */
import { registry } from '@shixun/contracts';
import { startOfDay } from '@shixun/kernel';
import type { Caller } from '@shixun/runtime';
import { dispatches } from '../dispatch/store.ts';
import { planChangesChore } from '../plan-changes/commands-progress.ts';
import { examplePlan } from '../plans/plan.example.ts';
import { hearRegions } from '../projections/regions.example.ts';
import { teachers } from '../projections/teachers.ts';
import { trainerRecordedHandler } from '../projections/trainers.ts';
import type { Quota } from '../projects/project.ts';
import { planInput } from '../projects/real-steps.example.ts';
import { classes } from '../projects/store.ts';
import { RealCourses } from '../real-courses.example.ts';
import { lapseOffersChore } from './commands-lapse.ts';
import { releaseCancelledChore } from './commands-release.ts';
import { exampleFacts } from './enrollment.example.ts';
import { enrollments } from './store.ts';

export type RealStep =
  | { readonly kind: 'enroll'; readonly who: number; readonly klass: number; waitlist: boolean }
  | { readonly kind: 'withdraw'; readonly at: number; readonly byOwner: boolean }
  | { readonly kind: 'answer'; readonly at: number; readonly accept: boolean }
  | { readonly kind: 'dispatch'; readonly who: number; readonly klass: number }
  | { readonly kind: 'object'; readonly at: number; readonly upheld: boolean }
  | { readonly kind: 'takeBack'; readonly at: number }
  | { readonly kind: 'adjust'; readonly klass: number; capacity: number; quotas: Quota[] }
  | { readonly kind: 'changePlan'; readonly klass: number; readonly place: string }
  | { readonly kind: 'wait'; readonly hours: number }
  | { readonly kind: 'cancel'; readonly klass: number };

const bureau: Caller = { subject: 'b', grants: [{ role: 'CountyAdmin', regionCode: '140105' }] };
const institution: Caller = {
  subject: 'i',
  grants: [{ role: 'InstitutionAdmin', institutionId: 'ins_1' }],
};
const headOf = (schoolId: string): Caller => ({
  subject: `h_${schoolId}`,
  grants: [{ role: 'SchoolAdmin', schoolId }],
});
const as = (teacherId: string): Caller => ({ subject: teacherId, grants: [{ role: 'Teacher' }] });
const origins = [
  { regionCode: '140105001', schoolId: 'sch_1' },
  { regionCode: '140105002', schoolId: 'sch_2' },
  { regionCode: '140105002', schoolId: 'sch_3' },
] as const;
const reason = '工作调整';
const plan = {
  ...examplePlan,
  classes: examplePlan.classes.map((each) => ({ ...each, capacity: 2 })),
};

export class RealSequences {
  readonly courses: RealCourses;
  #runs = 0;
  #teachers: readonly string[] = [];
  #projects: readonly string[] = [];
  #items: readonly string[] = [];
  classIds: readonly string[] = [];

  private constructor(courses: RealCourses) {
    this.courses = courses;
  }

  static async open(): Promise<RealSequences> {
    const courses = await RealCourses.open(process.env.MONGODB_URI);
    await hearRegions(courses);
    const { example } = registry.trainerRecorded;
    await courses.hear(trainerRecordedHandler, registry.trainerRecorded, [
      { ...example, trainerId: 'trn_1', kind: 'frontline_teacher', inPool: true },
      { ...example, trainerId: 'trn_2', kind: 'university_expert', inPool: true },
    ]);
    return new RealSequences(courses);
  }

  /** Fresh classes and teachers: two classes by a plan that meet at the same time, and one on another day. */
  async begin(): Promise<void> {
    this.#runs += 1;
    const { courses } = this;
    courses.now = startOfDay('2026-06-01');
    this.#teachers = await this.#addTeachers();
    const planned = [await this.#planned('a'), await this.#planned('b')];
    const other = await courses.addProject(this.#project('c', { state: 'open' }));
    const meeting = { date: '2026-08-03', startMinute: 540, minutes: 180, required: true };
    const sessions = [{ ...meeting, _id: 'ses_1', moduleId: 'mod_1', place: '', trainerId: 't' }];
    const classId = await courses.addClass(other, { capacity: 2, sessions });
    this.#projects = [...planned.map(({ projectId }) => projectId), other._id];
    this.classIds = [...planned.map((each) => each.classId), classId];
    const { menu } = await courses.give<{ menu: { id: string } }>(
      bureau,
      'openMenu',
      {
        ...{ title: '选学', regionCode: '140105' },
        opensAt: courses.now.toISOString(),
        closesAt: startOfDay('2026-06-20').toISOString(),
      },
      'menu { id }',
    );
    const items: string[] = [];
    for (const each of this.classIds) {
      const input = { menuId: menu.id, classId: each };
      const put = await courses.give<{ menuItem: { id: string } }>(
        ...([bureau, 'putOnMenu', input, 'menuItem { id }'] as const),
      );
      items.push(put.menuItem.id);
      const quotas = [{ regionCode: '140105', places: 1 }];
      await this.#give(bureau, 'setDispatchQuotas', { classId: each, quotas });
    }
    this.#items = items;
  }

  async take(step: RealStep): Promise<void> {
    switch (step.kind) {
      case 'enroll': {
        const teacherId = this.#teacher(step.who);
        const menuItemId = this.#items[step.klass];
        const input = { menuItemId, teacherId, waitlist: step.waitlist };
        return this.#give(as(teacherId), 'enrollTeacher', input);
      }
      case 'withdraw': {
        const one = await this.#enrolled({ active: true }, step.at);
        const by = step.byOwner ? bureau : as(one?.teacherId ?? '');
        return this.#give(by, 'withdrawEnrollment', { enrollmentId: one?._id ?? '', reason });
      }
      case 'answer': {
        const one = await this.#enrolled({ state: 'offered' }, step.at);
        const input = { enrollmentId: one?._id ?? '', accept: step.accept };
        return this.#give(as(one?.teacherId ?? ''), 'answerOffer', input);
      }
      case 'dispatch':
        return this.#dispatch(step);
      case 'object':
        return this.#object(step);
      case 'takeBack': {
        const one = await this.#dispatched(step.at);
        return this.#give(bureau, 'withdrawDispatch', { dispatchId: one?._id ?? '', reason });
      }
      case 'adjust': {
        const { capacity, quotas } = step;
        const classId = this.classIds[step.klass];
        return this.#give(bureau, 'adjustPlaces', { classId, capacity, quotas });
      }
      case 'changePlan':
        return this.#changePlan(step);
      case 'wait':
        this.courses.now = new Date(this.courses.now.getTime() + step.hours * 3_600_000);
        await this.courses.runChore(lapseOffersChore);
        return this.courses.runChore(planChangesChore);
      case 'cancel': {
        const projectId = this.#projects[step.klass];
        await this.courses.ask(
          bureau,
          'mutation($input: ReasonedProjectStepInput!) { cancelProject(input: $input) { refusals { code } } }',
          { input: { idempotencyKey: `cancel-${projectId}-${Math.random()}`, projectId, reason } },
        );
        return this.courses.runChore(releaseCancelledChore);
      }
    }
  }

  /** A command that may be refused: what matters is what it leaves behind. */
  async #give(caller: Caller, name: string, input: Record<string, unknown>): Promise<void> {
    await this.courses.give(caller, name, input, '');
  }

  #teacher(who: number): string {
    return this.#teachers[who % this.#teachers.length] ?? '';
  }

  async #enrolled(filter: object, at: number) {
    const found = this.courses.db
      .model(enrollments)
      .find({ classId: { $in: this.classIds }, ...filter } as never);
    const all = await found.sort({ _id: 1 }).lean();
    return all[at % Math.max(1, all.length)];
  }

  async #dispatched(at: number) {
    const found = this.courses.db
      .model(dispatches)
      .find({ classId: { $in: [...this.classIds] }, active: true });
    const all = await found.sort({ _id: 1 }).lean();
    return all[at % Math.max(1, all.length)];
  }

  async #dispatch({ who, klass }: Extract<RealStep, { kind: 'dispatch' }>): Promise<void> {
    const teacherId = this.#teacher(who);
    const { schoolId } = origins[who % origins.length] ?? origins[0];
    const asked = { classId: this.classIds[klass], teacherId, reason };
    const { dispatch } = await this.courses.give<{ dispatch: { id: string } | null }>(
      ...([headOf(schoolId), 'nominateForDispatch', asked, 'dispatch { id }'] as const),
    );
    if (dispatch) await this.#give(bureau, 'confirmDispatch', { dispatchId: dispatch.id });
  }

  async #object({ at, upheld }: Extract<RealStep, { kind: 'object' }>): Promise<void> {
    const one = await this.#dispatched(at);
    const dispatchId = one?._id ?? '';
    await this.#give(as(one?.teacherId ?? ''), 'objectToDispatch', { dispatchId, reason });
    await this.#give(bureau, 'decideDispatchObjection', { dispatchId, upheld, reason });
  }

  async #changePlan({ klass, place }: Extract<RealStep, { kind: 'changePlan' }>): Promise<void> {
    const moved = { ...plan, classes: plan.classes.map((each) => ({ ...each, place })) };
    const input = { projectId: this.#projects[klass], plan: planInput(moved) };
    const { planChange } = await this.courses.give<{ planChange: { id: string } | null }>(
      ...([institution, 'requestPlanChange', { ...input, explanation: reason }] as const),
      'planChange { id }',
    );
    if (!planChange) return;
    const decision = { changeId: planChange.id, consent: true, reason };
    await this.#give(bureau, 'decidePlanChange', decision);
    await this.courses.runChore(planChangesChore);
  }

  async #addTeachers(): Promise<readonly string[]> {
    const { teacherId: _, ...teacher } = exampleFacts.teacher;
    const fitting = { stage: 'junior', careerStage: 'backbone', sector: 'basic', mergedInto: null };
    const rows = Array.from({ length: 9 }, (_each, at) => ({
      ...{ ...teacher, ...fitting, ...origins[at % origins.length] },
      _id: `tch_${this.#runs}_${at}`,
    }));
    await this.courses.db.model(teachers).collection.insertMany(rows as never[]);
    return rows.map(({ _id }) => _id);
  }

  #project(code: string, change: object) {
    const contentCode = `${code}_${this.#runs}`;
    return { contentCode, channel: 'self_selected', dispatchPlaces: 1, ...change } as const;
  }

  /** A class as its plan made it, open for enrollment. */
  async #planned(code: string): Promise<{ projectId: string; classId: string }> {
    const { courses } = this;
    const project = await courses.addProject(this.#project(code, { state: 'commissioned' }));
    const projectId = project._id;
    await this.#give(institution, 'submitPlan', { projectId, plan: planInput(plan) });
    await this.#give(bureau, 'reviewPlan', { projectId, verdict: 'ACCEPT' });
    for (const step of ['publishProject', 'openProject']) {
      await courses.ask(
        bureau,
        `mutation($input: ProjectStepInput!) { ${step}(input: $input) { refusals { code } } }`,
        { input: { idempotencyKey: `${step}-${projectId}`, projectId } },
      );
    }
    const row = await courses.db.model(classes).findOne({ projectId }).lean();
    if (row?.state !== 'open') throw new Error(`the class is ${row?.state}`);
    return { projectId, classId: row._id };
  }
}
