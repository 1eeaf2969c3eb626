/**
 * A modality 培训方式 is data: its stages in order, who leads each, the evidence asked for, its own minimums as named
 * checks. One engine runs them all; a province adds another one, or its own variant, by publishing a template.
 */
import type { Bilingual, FigureName, Ratio, RuleNumber } from '@shixun/kernel';
import type { Modality } from '../projects/project.ts';

/** Who leads a stage or brings a piece of evidence. */
export const stageRoles = [
  'ProvinceAdmin',
  'CityAdmin',
  'CountyAdmin',
  'SchoolAdmin',
  'InstitutionAdmin',
  'ClassHead',
  'Trainer',
  'WorkshopHost',
  'Teacher',
] as const;
export type StageRole = (typeof stageRoles)[number];

/** What each piece of evidence is about: the class as a whole, or each of its trainees, schools, counties, groups. */
export type EvidencePer = 'class' | 'trainee' | 'school' | 'county' | 'group';

export type FieldKind = 'text' | 'number' | 'date' | 'choice' | 'principal';

/** 填报项: one thing that evidence says. A `principal` names a teacher who is a principal 校长. [CRS-31] */
export type EvidenceField = {
  readonly key: string;
  readonly title: Bilingual;
  readonly kind: FieldKind;
  readonly required: boolean;
  /** What a choice may be; empty for the other kinds. */
  readonly choices: readonly string[];
};

/** A plan of the next year that a piece of evidence is, with a link back to it. [CRS-30] */
export type Yield = 'school_plan' | 'personal_plan';

/** 佐证: what a stage asks for. */
export type EvidenceAsk = {
  readonly key: string;
  readonly title: Bilingual;
  readonly by: StageRole;
  readonly per: EvidencePer;
  /** How many of them, for each that it is per. */
  readonly atLeast: number;
  /** A progressive series 递进式系列: the next step is recorded after the one before it. [CRS-31] */
  readonly ordered: boolean;
  readonly yields: Yield | null;
  readonly fields: readonly EvidenceField[];
};

/** What must stand before a stage opens, or is completed, that the platform keeps apart from evidence. */
export type Gate =
  | 'groups'
  | 'substitutes'
  | 'host'
  | 'placement'
  | 'placement_school'
  | 'placement_centre';

/** 环节 */
export type TemplateStage = {
  readonly key: string;
  readonly title: Bilingual;
  readonly leads: StageRole;
  readonly opensWith: readonly Gate[];
  readonly completesWith: readonly Gate[];
  readonly asks: readonly EvidenceAsk[];
};

/** Modules of a plan: of a stage, with a label, or both; null does not limit. The label `practical` is built in. */
export type Selector = { readonly stage: string | null; readonly label: string | null };

export type CheckKind =
  | 'module_share'
  | 'modules_present'
  | 'trainer_share'
  | 'chief_expert'
  | 'months'
  | 'piece_days'
  | 'one_audience';

/** 自有底线: one of the modality's own minimums. Its figure is one of the policy, or the template's own share. */
export type TemplateCheck = {
  readonly kind: CheckKind;
  readonly title: Bilingual;
  readonly of: Selector;
  readonly among: Selector;
  /** Whose share of the trainers: from other provinces, or researchers and front-line teachers. */
  readonly whose: 'out_of_province' | 'practitioner' | null;
  readonly figure: FigureName | null;
  /** The upper bound of `months`. */
  readonly upperFigure: FigureName | null;
  readonly share: Ratio | null;
  /** True when the share must be more than the figure, not just reach it. */
  readonly over: boolean;
};

/** How trainees are grouped. Sizes are figures of the policy. [CRS-32, CRS-33] */
export type Grouping = {
  readonly minFigure: FigureName | null;
  readonly maxFigure: FigureName | null;
  /** Each group has a mentor team 三人行: university expert, researcher, front-line teacher. */
  readonly mentors: boolean;
  readonly leader: boolean;
};

export type TemplateContent = {
  readonly code: string;
  readonly base: Modality;
  readonly rule: RuleNumber;
  readonly title: Bilingual;
  readonly stages: readonly TemplateStage[];
  readonly checks: readonly TemplateCheck[];
  readonly grouping: Grouping | null;
};

/** The stages of a template with more than one are named by the modules of its plans. */
export function isStaged({ stages }: Pick<TemplateContent, 'stages'>): boolean {
  return stages.length > 1;
}

/** What a trainee brings about himself or herself. */
export function isOwn({ by, per }: EvidenceAsk): boolean {
  return by === 'Teacher' && per === 'trainee';
}

/** A stage that asks for nothing is done when the sessions of its class are. */
export function closesByItself({ asks, opensWith, completesWith }: TemplateStage): boolean {
  return asks.length + opensWith.length + completesWith.length === 0;
}
