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
import type { TestPlatform } from './platform.ts';

export type CourseModule = {
  readonly key: string;
  readonly stageKey?: string;
  readonly hours: number;
  readonly labels?: readonly string[];
  readonly practical?: boolean;
  /** Day of the class on which it meets, 0 for the first one. */
  readonly day: number;
  readonly trainerId: string;
};

export type CourseAsked = {
  readonly modality: string;
  readonly templateCode?: string;
  readonly level: 'NATIONAL' | 'COUNTY' | 'SCHOOL';
  readonly owner: Actor;
  readonly ownerRegionCode: string;
  readonly schoolId?: string;
  /** Who carries it out; the owner's own people where it is a school's own. */
  readonly institution?: { readonly id: string; readonly actor: Actor };
  readonly classHead: Actor;
  readonly needsSurveyId?: string;
  readonly audience?: object;
  readonly modules: readonly CourseModule[];
  readonly trainerIds: readonly string[];
  readonly chiefExpertId?: string;
  /** First and last day of each piece of its dates, counted from the first day of the class. */
  readonly pieces: readonly (readonly [number, number])[];
  /** The class lies within one calendar year. */
  readonly inOneYear?: boolean;
};

export type Member = { readonly teacher: Actor; readonly enrollmentId: string };

/** Days until a class opens: its schedule is public five full days before, and teachers choose before that. */
const leadDays = 10;
const minutesPerHour = 45;

function sessionMinutes({ hours }: CourseModule): number {
  return hours * minutesPerHour;
}

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
        if (enrollment.state !== 'CONFIRMED') throw new Error(`${teacher.id}: ${enrollment.state}`);
        return { teacher, enrollmentId: enrollment.id };
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

function lastDay({ pieces }: CourseAsked): number {
  return pieces.at(-1)?.[1] ?? 0;
}

function firstDay(today: string, asked: CourseAsked): string {
  const opensOn = addDays(today, leadDays);
  const year = yearOf(opensOn);
  const crosses = yearOf(addDays(opensOn, lastDay(asked))) > year;
  return asked.inOneYear && crosses ? `${year + 1}-01-05` : opensOn;
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

/** Ethics comes first and is the only required module, so that nobody owes homework. */
function planOf(asked: CourseAsked, opensOn: string) {
  const { modules, trainerIds, chiefExpertId, pieces, classHead } = asked;
  return {
    audienceDescription: '小学语文教师',
    goals: '学以致用',
    modules: modules.map(
      ({ key, stageKey, hours, labels = [], practical = false, trainerId }, n) => ({
        ...{ key, stageKey: stageKey ?? null, labels, practical },
        ...{ title: key, category: n === 0 ? 'ETHICS' : 'SUBJECT', required: n === 0, main: n > 0 },
        ...{ methods: ['案例教学'], hours: hours.toFixed(2), introduction: '以课例为载体' },
        ...{ goals: '会用', requirement: '全程参与', homework: n === 0 ? '' : '学习笔记' },
        trainerIds: [trainerId],
      }),
    ),
    trainers: trainerIds.map((trainerId) => ({ trainerId, specialty: '小学语文' })),
    projectLeader: null,
    ...(chiefExpertId ? { chiefExpertId } : {}),
    classes: [
      {
        ...{ name: '一班', place: '教师发展中心', capacity: 20 },
        classHead: { personId: classHead.id, fullTime: true },
        segments: pieces.map(([from, to]) => ({
          startsOn: addDays(opensOn, from),
          endsOn: addDays(opensOn, to),
          part: 'WHOLE',
        })),
        sessions: modules.map((module, n) => ({
          ...{ moduleKey: module.key, date: addDays(opensOn, module.day), place: '教室' },
          ...{ startMinute: 480 + (n % 3) * 240, minutes: sessionMinutes(module) },
          trainerId: module.trainerId,
        })),
      },
    ],
  };
}
