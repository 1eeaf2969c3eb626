import type { CivilDate, Instant } from '@shixun/kernel';
import type { ClassModule, ClassSession, ProjectRow, TrainingClassRow } from '../projects/store.ts';
import { type PlanClass, type PlanContent, type PlanModule, said } from './plan.ts';

/** Names new things; a decision makes no ids, so whoever records brings them. */
export type NewId = (kind: 'class' | 'module' | 'session') => string;

/** What an accepted plan is published under. */
export type Publication = {
  readonly project: ProjectRow;
  readonly publishedAt: Instant;
  readonly policyVersion: string;
  readonly minutesPerHour: number;
};

/**
 * The classes that an accepted plan becomes when its project is published. Modules are the project's, so every class
 * has the same ids of modules; sessions are in order of time.
 */
export function classesOfPlan(
  plan: PlanContent,
  publication: Publication,
  newId: NewId,
): readonly TrainingClassRow[] {
  const modules = new Map(plan.modules.map((module) => [module.key, moduleOf(module, newId)]));
  return plan.classes.map((planned) => classOf(planned, plan, publication, { modules, newId }));
}

function classOf(
  planned: PlanClass,
  plan: PlanContent,
  { project, publishedAt, policyVersion, minutesPerHour }: Publication,
  { modules, newId }: { modules: ReadonlyMap<string, ClassModule>; newId: NewId },
): TrainingClassRow {
  return {
    _id: newId('class'),
    projectId: project._id,
    projectTitle: project.title,
    institutionId: project.institutionId,
    schoolId: project.schoolId,
    ownerRegionCode: project.ownerRegionCode,
    name: planned.name,
    ...classContent(planned, plan, { modules, sessionId: () => newId('session') }),
    capacity: planned.capacity,
    quotas: planned.quotas,
    state: 'published',
    audience: project.audience,
    contentCode: project.contentCode,
    hoursCenti: project.hoursCenti,
    minutesPerHour,
    modality: project.modality,
    level: project.level,
    sector: project.sector,
    stage: project.stage,
    subject: project.subject,
    channel: project.channel,
    year: project.year,
    publishedAt,
    policyVersion,
  };
}

/** What a plan says of a class, and what a change of the plan can change of it. [CRS-19] */
export type ClassContent = Pick<
  TrainingClassRow,
  | 'place'
  | 'opensOn'
  | 'closesOn'
  | 'classHeadId'
  | 'projectLeaderId'
  | 'sessions'
  | 'modules'
  | 'trainerIds'
  | 'assessmentRequired'
>;

/** The names that a class's modules and meetings have; a meeting by its place in the plan's list. */
export type ContentIds = {
  readonly modules: ReadonlyMap<string, ClassModule>;
  readonly sessionId: (at: number) => string;
};

export function classContent(
  planned: PlanClass,
  plan: PlanContent,
  { modules, sessionId }: ContentIds,
): ClassContent {
  const sessions = sessionsOf(planned, modules, sessionId);
  return {
    place: planned.place,
    opensOn: firstDay(planned),
    closesOn: lastDay(planned),
    classHeadId: planned.classHead?.personId ?? '',
    projectLeaderId: plan.projectLeader?.personId ?? null,
    sessions,
    modules: [...modules.values()],
    trainerIds: [...new Set(sessions.map((session) => session.trainerId))],
    assessmentRequired: said(plan.completionAssessment),
  };
}

export function moduleOf(module: PlanModule, newId: NewId): ClassModule {
  const { title, category, practical, required, hoursCenti } = module;
  return {
    _id: newId('module'),
    title,
    category,
    practical,
    required,
    homeworkRequired: required && said(module.homework),
    hoursCenti,
  };
}

function sessionsOf(
  { sessions }: PlanClass,
  modules: ReadonlyMap<string, ClassModule>,
  sessionId: (at: number) => string,
): readonly ClassSession[] {
  const inTime = sessions
    .map((session, at) => ({ session, at }))
    .sort(
      ({ session: a }, { session: b }) =>
        a.date.localeCompare(b.date, 'en') || a.startMinute - b.startMinute,
    );
  return inTime.flatMap(({ session: { moduleKey, ...session }, at }) => {
    const module = modules.get(moduleKey);
    if (module === undefined) return [];
    const _id = sessionId(at);
    return [{ ...session, _id, moduleId: module._id, required: module.required }];
  });
}

function firstDay({ segments }: PlanClass): CivilDate {
  return segments[0]?.startsOn ?? '';
}

function lastDay({ segments }: PlanClass): CivilDate {
  return segments.at(-1)?.endsOn ?? '';
}
