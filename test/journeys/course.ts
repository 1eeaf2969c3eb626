/** One course of any modality through the gateway: planned, chosen, held, decided, credited. Journeys tell what is between. */
import { randomUUID } from 'node:crypto';
import {
  type Actor,
  type Answered,
  ask,
  attempt,
  command,
  eventually,
} from '@shixun/infra/story/world';
import { addDays, civilDateOf, yearOf } from '@shixun/kernel';
import { type CourseAsked, firstDay, lastDay, planOf } from './course-plan.ts';
import { schoolOf } from './people.ts';
import type { TestPlatform } from './platform.ts';

export type Member = { readonly teacher: Actor; readonly enrollmentId: string };

export class Course {
  readonly #platform: TestPlatform;
  readonly asked: CourseAsked;
  readonly opensOn: string;
  readonly projectId: string;
  classId = '';
  members: readonly Member[] = [];
  #sessions: readonly Answered[] = [];
  #menuItemId = '';

  private constructor(
    platform: TestPlatform,
    asked: CourseAsked,
    opensOn: string,
    projectId: string,
  ) {
    this.#platform = platform;
    this.asked = asked;
    this.opensOn = opensOn;
    this.projectId = projectId;
  }

  /** Planned, approved, published and on a menu; `faulty` is refused first, with what it is refused for. */
  static async open(platform: TestPlatform, asked: CourseAsked): Promise<Course> {
    const { world } = platform;
    const opensOn = firstDay(civilDateOf(await world.now()), asked);
    const projectId = await draft(platform, asked, opensOn);
    const course = new Course(platform, asked, opensOn, projectId);
    await course.#approved();
    return course;
  }

  get closesOn(): string {
    return addDays(this.opensOn, lastDay(this.asked));
  }

  /** The rules and codes for which a plan like this one, bent, is not accepted. */
  async refusedPlan(change: Partial<CourseAsked>): Promise<readonly string[]> {
    const { world } = this.#platform;
    await this.#submit({ ...this.asked, ...change });
    const review = { projectId: this.projectId, verdict: 'ACCEPT' };
    const { refusals } = await attempt(world, this.asked.owner, 'ReviewPlan', review);
    const returned = { ...review, verdict: 'RETURN', reason: '请按指南修改' };
    await command(world, this.asked.owner, 'ReviewPlan', returned);
    return refusals.map(({ rule, code }: Answered) => `${rule} ${code}`);
  }

  async publish(): Promise<void> {
    const { world } = this.#platform;
    const { owner, ownerRegionCode } = this.asked;
    const { projectId } = this;
    await this.#submit(this.asked);
    await command(world, owner, 'ReviewPlan', { projectId, verdict: 'ACCEPT' });
    const { project } = await command(world, owner, 'PublishProject', { projectId });
    const [row] = project.classes;
    this.classId = row.id;
    this.#sessions = row.sessions;
    await command(world, owner, 'OpenProject', { projectId });
    const now = (await world.now()).getTime();
    const bureau = this.asked.level === 'SCHOOL' ? world.cast.bureau : owner;
    const { menu } = await command(world, bureau, 'OpenMenu', {
      title: '选学菜单',
      regionCode: ownerRegionCode,
      opensAt: new Date(now - 60_000).toISOString(),
      closesAt: new Date(now + 5 * 24 * 3_600_000).toISOString(),
    });
    const item = { menuId: menu.id, classId: row.id };
    const { menuItem } = await command(world, bureau, 'PutOnMenu', item);
    this.#menuItemId = menuItem.id;
  }

  /** They choose the class; then its first day comes, and it begins. */
  async begin(teachers: readonly Actor[]): Promise<void> {
    const { world } = this.#platform;
    this.members = await Promise.all(
      teachers.map(async (teacher) => {
        const input = { menuItemId: this.#menuItemId, teacherId: teacher.id, waitlist: false };
        const { enrollment } = await command(world, teacher, 'EnrollTeacher', input);
        const enrollmentId: string = enrollment.id;
        // Where too many of a school would be away, it is asked. [PLN-09]
        if (enrollment.state === 'PENDING_SCHOOL') {
          const school = await schoolOf(this.#platform, teacher.id);
          await command(world, school, 'AnswerForSchool', { enrollmentId, confirm: true });
        }
        return { teacher, enrollmentId };
      }),
    );
    await this.until(this.opensOn);
    await command(world, this.asked.owner, 'StartProject', { projectId: this.projectId });
  }

  /** Lets time pass until a day has come. */
  async until(date: string): Promise<void> {
    const { world } = this.#platform;
    const today = civilDateOf(await world.now());
    const days = Math.round((Date.parse(date) - Date.parse(today)) / (24 * 3_600_000));
    if (days > 0) await world.advance(days);
  }

  /** Opens or completes a stage; answers the codes of refusals. */
  async move(by: Actor, name: 'OpenStage' | 'CompleteStage', stageKey: string) {
    const input = { classId: this.classId, stageKey };
    const { refusals } = await attempt(this.#platform.world, by, name, input);
    return refusals.map(({ code }: Answered) => code);
  }

  /** Records evidence; answers the codes of refusals. */
  async say(
    by: Actor,
    where: string,
    about: string | null = null,
    fields: object = { content: '内容' },
  ) {
    const [stageKey, askKey] = where.split('/');
    const { refusals } = await attempt(this.#platform.world, by, 'RecordStageEvidence', {
      ...{ classId: this.classId, stageKey, askKey, about },
      fields: Object.entries(fields).map(([key, value]) => ({ key, value })),
    });
    return refusals.map(({ code }: Answered) => code);
  }

  /** Each of them brings his or her own. */
  async each(where: string, members = this.members): Promise<void> {
    const codes = await Promise.all(
      members.map(({ teacher, enrollmentId }) => this.say(teacher, where, enrollmentId)),
    );
    if (codes.flat().length > 0) throw new Error(`${where}: ${codes.flat().join(', ')}`);
  }

  /** Its last day has passed: attendance of every session, closed, and completion decided. */
  async decide(): Promise<void> {
    const { world } = this.#platform;
    const { classId } = this;
    const { classHead } = this.asked;
    await this.until(this.closesOn);
    for (const { id: sessionId, minutes } of this.#sessions) {
      const marks = this.members.map(({ enrollmentId }) => ({
        enrollmentId,
        presentMinutes: minutes,
      }));
      await command(world, classHead, 'RecordAttendance', { classId, sessionId, marks });
    }
    await command(world, this.asked.owner, 'CloseProject', { projectId: this.projectId });
    await command(world, classHead, 'DecideCompletions', { classId });
  }

  async completionOf({ teacher, enrollmentId }: Member): Promise<Answered> {
    const { enrollment } = await ask(this.#platform.world, teacher, 'CompletionProof', {
      enrollmentId,
    });
    return enrollment.completion;
  }

  /** The completion is confirmed, and an entry of the teacher's ledger says these hours of it. */
  async credited(member: Member, hours: string): Promise<void> {
    const completion = await this.completionOf(member);
    if (completion.state !== 'CONFIRMED') throw new Error(JSON.stringify(completion));
    await eventually('the completion is in the ledger', async () => {
      const { me } = await ask(this.#platform.world, member.teacher, 'Ledger', { first: 50 });
      const entries = me.ledgerEntries.edges.map(({ node }: Answered) => node);
      return entries.some(
        (entry: Answered) => entry.completion?.id === completion.id && entry.hours === hours,
      );
    });
  }

  /** Where the class is in its stages, with its people. */
  async seen(by: Actor): Promise<Answered> {
    const { trainingClass } = await ask(this.#platform.world, by, 'ClassStages', {
      id: this.classId,
    });
    return trainingClass;
  }

  async #approved(): Promise<void> {
    const { world } = this.#platform;
    const { owner, level, institution, needsSurveyId } = this.asked;
    const { projectId } = this;
    if (level === 'COUNTY') {
      const { school, schoolId } = world.cast;
      await command(world, owner, 'AskSchools', { projectId, schoolIds: [schoolId] });
      await command(world, school, 'ConfirmProject', { projectId, schoolId, confirmed: true });
    }
    await eventually('the survey is known where projects are', async () => {
      const input = { projectId, ...(needsSurveyId ? { needsSurveyId } : {}) };
      const { refusals } = await attempt(world, owner, 'SubmitProject', input);
      return refusals.length === 0;
    });
    if (level !== 'SCHOOL') await command(world, owner, 'ApproveProject', { projectId });
    if (!institution) return;
    const given = { projectId, institutionId: institution.id };
    await command(world, owner, 'CommissionInstitution', given);
  }

  async #submit(asked: CourseAsked): Promise<void> {
    const { world } = this.#platform;
    const { projectId } = this;
    const by = asked.institution?.actor ?? asked.owner;
    const plan = planOf(asked, this.opensOn);
    await command(world, by, 'SubmitPlan', { projectId, plan });
  }
}

async function draft(
  { world }: TestPlatform,
  asked: CourseAsked,
  opensOn: string,
): Promise<string> {
  const { modality, templateCode, level, owner, ownerRegionCode, schoolId, modules } = asked;
  const { project } = await command(world, owner, 'DraftProject', {
    title: `研修 ${randomUUID().slice(0, 6)}`,
    ...{ level, modality, ownerRegionCode },
    ...(templateCode ? { templateCode } : {}),
    ...(schoolId ? { schoolId } : {}),
    ...{ sector: 'BASIC', stage: 'PRIMARY', subject: 'chinese' },
    audience: {
      ...{ stages: ['PRIMARY'], subjects: ['chinese'] },
      careerStages: ['NEW', 'IN_SERVICE', 'YOUNG', 'BACKBONE', 'MASTER'],
      ...asked.audience,
    },
    contentCode: `course-${randomUUID().slice(0, 8)}`,
    year: yearOf(opensOn),
    hours: modules.reduce((sum, { hours }) => sum + hours, 0).toFixed(2),
    startsOn: opensOn,
    endsOn: addDays(opensOn, lastDay(asked)),
  });
  return project.id;
}
