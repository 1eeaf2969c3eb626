/**
 * Whether one trainee completes, as a list of conditions, each with its figures. Everything is counted in minutes, and a
 * ratio is compared by cross-multiplication: one minute above the limit is above it. [CRS-14, CRS-52, CRS-53, CRS-55]
 */
import {
  type Bilingual,
  compareRatio,
  type PolicyFigures,
  type RuleNumber,
  scaleCenti,
} from '@shixun/kernel';
import type { Category, Modality } from '../projects/project.ts';

export type CompletionFacts = {
  readonly enrollmentId: string;
  readonly hoursCenti: number;
  readonly minutesPerHour: number;
  readonly modality: Modality;
  readonly assessmentRequired: boolean;
  readonly modules: readonly {
    readonly _id: string;
    readonly title: string;
    readonly category: Category;
    readonly required: boolean;
    readonly homeworkRequired: boolean;
    readonly hoursCenti: number;
  }[];
  readonly sessions: readonly {
    readonly _id: string;
    readonly moduleId: string;
    readonly minutes: number;
  }[];
  /** Minutes present, by session. */
  readonly present: ReadonlyMap<string, number>;
  /** Sessions for which leave was granted. */
  readonly onLeave: ReadonlySet<string>;
  /** Modules whose homework is accepted. */
  readonly accepted: ReadonlySet<string>;
  readonly assessmentPassed: boolean | null;
  readonly violation: boolean;
  /** Stages of the modality as far as the trainee is concerned; none where left out. [CRS-30 … CRS-35] */
  readonly stages?: readonly StageDone[];
};

export type StageDone = {
  readonly key: string;
  readonly title: Bilingual;
  /** The class has completed it, and the trainee owes it nothing. */
  readonly done: boolean;
  readonly completed: boolean;
  readonly owed: readonly unknown[];
};

/**
 * One condition of completion: the rule, whether it is met, what was asked, what was found, and what that rests on. The
 * conditions are a tree: what a condition is made of are its parts.
 */
export type Condition = {
  readonly rule: RuleNumber;
  readonly met: boolean;
  /** What it is about: a module's title, or nothing for the class as a whole. */
  readonly about: string | null;
  readonly required: string;
  readonly actual: string;
  /** Ids of the records that prove it: sessions, modules, the enrollment. */
  readonly evidence: readonly string[];
  readonly parts: readonly Condition[];
};

export type CompletionDecision = {
  readonly completed: boolean;
  readonly conditions: readonly Condition[];
  readonly hoursPlannedCenti: number;
  readonly hoursAbsentCenti: number;
  /** Planned less absent when completed, otherwise nothing. */
  readonly hoursCenti: number;
  readonly hoursByCategory: readonly { readonly category: Category; readonly hoursCenti: number }[];
};

/** Concentrated off-job training 集中脱产: what the absence limit is about. */
const offJob: readonly Modality[] = ['concentrated', 'release_time'];

export function decideCompletion(
  facts: CompletionFacts,
  figures: Pick<PolicyFigures, 'absenceLimit' | 'absenceRuleFromHoursCenti'>,
): CompletionDecision {
  const conditions = [
    ...absenceCondition(facts, figures),
    ...homeworkConditions(facts),
    ...assessmentCondition(facts),
    ...stageConditions(facts),
    ...violationCondition(facts),
  ];
  const completed = conditions.every(({ met }) => met);
  const byCategory = hoursOf(facts);
  const absent = byCategory.reduce((sum, { absentCenti }) => sum + absentCenti, 0);
  const planned = byCategory.reduce((sum, { plannedCenti }) => sum + plannedCenti, 0);
  return {
    completed,
    conditions,
    hoursPlannedCenti: planned,
    hoursAbsentCenti: absent,
    hoursCenti: completed ? planned - absent : 0,
    hoursByCategory: completed
      ? byCategory.map(({ category, plannedCenti, absentCenti }) => ({
          category,
          hoursCenti: plannedCenti - absentCenti,
        }))
      : [],
  };
}

/** The whole decision as one tree, whose root is met when all its parts are. [CRS-55] */
export function proofOf({
  enrollmentId,
  conditions,
}: {
  readonly enrollmentId: string;
  readonly conditions: readonly Condition[];
}): Condition {
  const met = conditions.filter((condition) => condition.met).length;
  return {
    rule: 'CRS-55',
    met: met === conditions.length,
    about: null,
    required: `${conditions.length} of ${conditions.length}`,
    actual: `${met} of ${conditions.length}`,
    evidence: [enrollmentId],
    parts: conditions,
  };
}

/** Minutes absent from the sessions, leave included. [CRS-51] */
export function absentMinutes({
  sessions,
  present,
}: Pick<CompletionFacts, 'sessions' | 'present'>): number {
  return sessions.reduce((sum, { _id, minutes }) => sum + minutes - (present.get(_id) ?? 0), 0);
}

type AbsenceFigures = Pick<PolicyFigures, 'absenceLimit' | 'absenceRuleFromHoursCenti'>;

/** Minutes that may be missed, rounded down for showing; null when the limit does not apply to this class. [CRS-52] */
export function absenceLimitMinutes(
  {
    hoursCenti,
    minutesPerHour,
    modality,
  }: Pick<CompletionFacts, 'hoursCenti' | 'minutesPerHour' | 'modality'>,
  { absenceLimit, absenceRuleFromHoursCenti }: AbsenceFigures,
): number | null {
  if (!offJob.includes(modality) || hoursCenti < absenceRuleFromHoursCenti) return null;
  const { numerator, denominator } = absenceLimit;
  return Math.floor((hoursCenti * minutesPerHour * numerator) / (100 * denominator));
}

function absenceCondition(facts: CompletionFacts, figures: AbsenceFigures): Condition[] {
  const limit = absenceLimitMinutes(facts, figures);
  if (limit === null) return [];
  const { numerator, denominator } = figures.absenceLimit;
  const absent = absentMinutes(facts);
  const plannedCenti = facts.hoursCenti * facts.minutesPerHour;
  const met = compareRatio(absent * 100, plannedCenti, numerator, denominator) <= 0;
  const required = `≤ ${numerator}/${denominator} (${limit} min)`;
  const parts = missedSessions(facts);
  const evidence = facts.sessions.map(({ _id }) => _id);
  return [{ rule: 'CRS-52', met, about: null, required, actual: `${absent} min`, evidence, parts }];
}

/** Every session that was missed in part or whole, with leave or without; each is deducted alike. [CRS-51] */
function missedSessions({ sessions, present, onLeave }: CompletionFacts): readonly Condition[] {
  return sessions.flatMap(({ _id, minutes }): readonly Condition[] => {
    const absent = minutes - (present.get(_id) ?? 0);
    if (absent === 0) return [];
    const how = onLeave.has(_id) ? 'on leave' : 'without leave';
    const actual = `${absent} min ${how}`;
    const required = `${minutes} min`;
    return [
      { rule: 'CRS-51', met: true, about: _id, required, actual, evidence: [_id], parts: [] },
    ];
  });
}

function homeworkConditions({ modules, accepted }: CompletionFacts): Condition[] {
  return modules
    .filter(({ required, homeworkRequired }) => required && homeworkRequired)
    .map(({ _id, title }) => ({
      rule: 'CRS-55',
      met: accepted.has(_id),
      about: title,
      required: 'accepted',
      actual: accepted.has(_id) ? 'accepted' : 'not accepted',
      evidence: [_id],
      parts: [],
    }));
}

function assessmentCondition({
  enrollmentId,
  assessmentRequired,
  assessmentPassed,
}: CompletionFacts): Condition[] {
  if (!assessmentRequired) return [];
  const actual = assessmentPassed === null ? 'not taken' : assessmentPassed ? 'passed' : 'failed';
  const condition = { met: assessmentPassed === true, about: null, required: 'passed', actual };
  return [{ rule: 'CRS-14', ...condition, evidence: [enrollmentId], parts: [] }];
}

/** Every stage of the modality is done: by the class, and with what the trainee brings. [CRS-55] */
function stageConditions({ stages = [] }: CompletionFacts): Condition[] {
  return stages.map(({ key, title, done, completed, owed }) => ({
    rule: 'CRS-55',
    met: done,
    about: title.zh,
    required: 'done',
    actual: done ? 'done' : completed ? `${owed.length} owed` : 'not completed',
    evidence: [key],
    parts: [],
  }));
}

function violationCondition({ enrollmentId, violation }: CompletionFacts): Condition[] {
  if (!violation) return [];
  const condition = { met: false, about: null, required: 'none', actual: 'serious violation' };
  return [{ rule: 'CRS-53', ...condition, evidence: [enrollmentId], parts: [] }];
}

/** Planned and absent hours by category; minutes become hours with the last hundredth rounded half up. */
function hoursOf({ modules, sessions, present, minutesPerHour }: CompletionFacts) {
  const categories = [...new Set(modules.map(({ category }) => category))];
  return categories.map((category) => {
    const own = modules.filter((module) => module.category === category);
    const ids = new Set(own.map(({ _id }) => _id));
    const plannedCenti = own.reduce((sum, module) => sum + module.hoursCenti, 0);
    const minutes = absentMinutes({
      sessions: sessions.filter(({ moduleId }) => ids.has(moduleId)),
      present,
    });
    const absentCenti = Math.min(plannedCenti, scaleCenti(minutes * 100, 1, minutesPerHour));
    return { category, plannedCenti, absentCenti };
  });
}
