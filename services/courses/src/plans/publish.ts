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
  const sessions = sessionsOf(planned, modules, newId);
  return {
    _id: newId('class'),
    projectId: project._id,
    projectTitle: project.title,
    institutionId: project.institutionId,
    schoolId: project.schoolId,
    ownerRegionCode: project.ownerRegionCode,
    name: planned.name,
    place: planned.place,
    opensOn: firstDay(planned),
    closesOn: lastDay(planned),
    capacity: planned.capacity,
    quotas: planned.quotas,
    state: 'published',
    classHeadId: planned.classHead?.personId ?? '',
    projectLeaderId: plan.projectLeader?.personId ?? null,
    audience: project.audience,
    contentCode: project.contentCode,
    sessions,
    modules: [...modules.values()],
    trainerIds: [...new Set(sessions.map((session) => session.trainerId))],
    assessmentRequired: said(plan.completionAssessment),
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

function moduleOf(module: PlanModule, newId: NewId): ClassModule {
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
  newId: NewId,
): readonly ClassSession[] {
  const inTime = [...sessions].sort(
    (a, b) => a.date.localeCompare(b.date, 'en') || a.startMinute - b.startMinute,
  );
  return inTime.flatMap(({ moduleKey, ...session }) => {
    const module = modules.get(moduleKey);
    if (module === undefined) return [];
    return [{ ...session, _id: newId('session'), moduleId: module._id, required: module.required }];
  });
}

function firstDay({ segments }: PlanClass): CivilDate {
  return segments[0]?.startsOn ?? '';
}

function lastDay({ segments }: PlanClass): CivilDate {
  return segments.at(-1)?.endsOn ?? '';
}
