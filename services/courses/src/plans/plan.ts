import type { CivilDate, PolicyFigures } from '@shixun/kernel';
import type { TemplateContent } from '../modalities/template.ts';
import type { Audience, Category, Modality, Period, Quota } from '../projects/project.ts';

/** Who does a job in a project, and whether as a full-time one 专职. */
type Post = { readonly personId: string; readonly fullTime: boolean };

/** 课程: one module of the plan. `key` is the plan's own short name for it. */
export type PlanModule = {
  readonly key: string;
  readonly title: string;
  readonly category: Category;
  /** 实践性课程 [CRS-11] */
  readonly practical: boolean;
  /** 主要课程（环节）: needs an introduction as well as goals, requirement and homework. [CRS-10] */
  readonly main: boolean;
  /** 必修 [CRS-12] */
  readonly required: boolean;
  readonly methods: readonly string[];
  readonly hoursCenti: number;
  readonly goals: string;
  readonly requirement: string;
  readonly homework: string;
  readonly introduction: string;
  readonly trainerIds: readonly string[];
  /** Topics of curriculum standards that it serves. [CRS-20] */
  readonly topics?: readonly { readonly standardCode: string; readonly topicCode: string }[];
  /** The stage 环节 of the modality that it belongs to; none where the modality has one only. [CRS-30 … CRS-35] */
  readonly stageKey?: string | null;
  /** What the modality's checks look at: `training`, `thematic`, `online`, `field`, `school` … */
  readonly labels?: readonly string[];
};

/** A trainer of the plan with the specialty that the trainees read. [CRS-10] */
export type PlanTrainer = { readonly trainerId: string; readonly specialty: string };

/** 课次 */
export type PlanSession = {
  readonly moduleKey: string;
  readonly date: CivilDate;
  /** Minutes from midnight in Asia/Shanghai. */
  readonly startMinute: number;
  readonly minutes: number;
  readonly place: string;
  readonly trainerId: string;
};

/** One piece of a class's dates; a class in two pieces names which is theory and which practice. [CRS-16] */
export type Segment = Period & { readonly part: 'whole' | 'theory' | 'practice' };

/** 班 */
export type PlanClass = {
  readonly name: string;
  readonly place: string;
  readonly capacity: number;
  readonly quotas: readonly Quota[];
  readonly classHead: Post | null;
  readonly segments: readonly Segment[];
  readonly sessions: readonly PlanSession[];
};

/** 培训方案: what an institution hands in and the owner of the project reviews. */
export type PlanContent = {
  readonly audienceDescription: string;
  readonly goals: string;
  readonly modules: readonly PlanModule[];
  readonly trainers: readonly PlanTrainer[];
  readonly projectLeader: Post | null;
  /** 首席专家, one of its trainers. [CRS-33] */
  readonly chiefExpertId?: string | null;
  /** How completion is assessed 结业考核; null when there is no assessment. [CRS-14] */
  readonly completionAssessment: string | null;
  readonly classes: readonly PlanClass[];
};

/** The figures of the policy that a plan is held against. */
export type PlanPolicy = Pick<
  PolicyFigures,
  | 'practiceShareMin'
  | 'ethicsFirst'
  | 'generalModulesFromHoursCenti'
  | 'expertPoolShareOver'
  | 'frontlineShareMin'
  | 'assessmentFromHoursCenti'
  | 'projectLeaderFromTrainees'
  | 'splitFromHoursCenti'
  | 'segmentsMax'
  | 'summerHolidayFirstMonthDay'
  | 'summerHolidayLastMonthDay'
  | 'minutesPerHour'
> &
  Partial<PolicyFigures>;

type PlanProject = Period & {
  readonly hoursCenti: number;
  readonly modality: Modality;
  readonly keyProject: boolean;
  readonly audience: Audience;
  readonly ownerRegionCode: string;
};

/** What is known of a trainer by the registry's events. */
export type KnownTrainer = {
  readonly kind: string;
  readonly inPool: boolean;
  readonly homeProvinceCode?: string;
};

/** A meeting that a trainer gives in a class of another project. */
export type Booking = Pick<PlanSession, 'trainerId' | 'date' | 'startMinute' | 'minutes'> & {
  readonly classId: string;
};

export type PlanFacts = {
  readonly project: PlanProject;
  readonly policy: PlanPolicy;
  /** The plan's trainers as far as they are known, by id. */
  readonly trainers: ReadonlyMap<string, KnownTrainer>;
  /** The template that the project names; none: the one that its modality ships with. [CRS-35] */
  readonly template?: TemplateContent | null;
  /** The version of it that an accepted plan keeps. */
  readonly templateId?: string | null;
  /** Where the plan's trainers are booked already; nowhere when left out. */
  readonly bookings?: readonly Booking[];
};

/** The hours of all modules together, in hundredths. */
export function hoursOf(modules: readonly { readonly hoursCenti: number }[]): number {
  return modules.reduce((sum, module) => sum + module.hoursCenti, 0);
}

/** True when the text says something. */
export function said(text: string | null): boolean {
  return text !== null && text.trim() !== '';
}
