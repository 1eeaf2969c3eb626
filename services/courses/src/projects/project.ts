import type { CivilDate, Instant } from '@shixun/kernel';

/** Who owns a project: 国培, 省培, 市培, 县培, 校本. */
export type Level = 'national' | 'provincial' | 'city' | 'county' | 'school';
/** Each sector has its own chain of responsibility. [REG-02] */
export type Sector = 'basic' | 'vocational' | 'higher';
/** 学段 */
export type Stage = 'kindergarten' | 'primary' | 'junior' | 'senior' | 'vocational' | 'higher';
/** 发展阶段 */
type CareerStage = 'new' | 'in_service' | 'young' | 'backbone' | 'master';
/** 培训方式 [CRS-30 … CRS-35] */
export type Modality =
  | 'concentrated'
  | 'blended'
  | 'online'
  | 'school_based'
  | 'visiting'
  | 'online_school_based'
  | 'workshop'
  | 'release_time'
  | 'shadow'
  | 'out_of_province'
  | 'abroad'
  | 'degree';
/** How places are filled: 自主选学 or 选派. */
export type Channel = 'self_selected' | 'dispatched';

/** The stations of a project's life, in order. [CRS-01] */
export const projectStates = [
  'draft',
  'submitted',
  'filed',
  'approved',
  'rejected',
  'tendering',
  'awarded',
  'commissioned',
  'plan_review',
  'plan_returned',
  'plan_accepted',
  'published',
  'open',
  'running',
  'closing',
  'evaluated',
  'archived',
  'cancelled',
] as const;
export type ProjectState = (typeof projectStates)[number];

/** The states of a class; `cancelled` when its project is cancelled before running. */
export type ClassState = 'published' | 'open' | 'running' | 'closing' | 'closed' | 'cancelled';

/**
 * What a project's state means for its classes; undefined where it leaves them as they are. A grade does not close a
 * class: its completions may still be open.
 */
export function classStateOf(state: ProjectState): ClassState | undefined {
  switch (state) {
    case 'published':
    case 'open':
    case 'running':
    case 'closing':
    case 'cancelled':
      return state;
    case 'archived':
      return 'closed';
    default:
      return undefined;
  }
}

/** 培训对象 by type and level. An empty list does not limit; `…Only` flags narrow to teachers who carry the flag. */
export type Audience = {
  readonly stages: readonly Stage[];
  readonly subjects: readonly string[];
  readonly careerStages: readonly CareerStage[];
  /** Regions (whole subtrees) whose teachers may come; empty: the owner's region. */
  readonly regionCodes: readonly string[];
  readonly ruralOnly: boolean;
  readonly minorityBilingualOnly: boolean;
  readonly principalsOnly: boolean;
  /** True for a project made for teachers of graduating classes 毕业班. [CRS-17] */
  readonly graduatingClasses: boolean;
};

/** 课程类别, also the categories of credits. */
export type Category =
  | 'ethics'
  | 'professional_standards'
  | 'it'
  | 'subject'
  | 'management'
  | 'other';

/** A ceiling on the places that one region's subtree or one school may take. [CRS-42] */
export type Quota = {
  readonly regionCode: string | null;
  readonly schoolId: string | null;
  readonly places: number;
};

/** One step of a project's life: who, when and why. [CRS-01] */
export type Step = {
  readonly command: string;
  readonly from: ProjectState | null;
  readonly to: ProjectState;
  readonly role: string;
  readonly by: string;
  readonly at: Instant;
  readonly reason: string | null;
};

/** The period in which the whole project lies, first and last day included. */
export type Period = { readonly startsOn: CivilDate; readonly endsOn: CivilDate };
