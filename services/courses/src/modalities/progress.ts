/**
 * The engine that runs every modality: stages in order, evidence by the role that is named, what is missing to go on.
 * What a trainee brings is counted for that trainee alone: one who brings nothing holds nobody else up. [CRS-30 … CRS-35]
 */
import {
  type Decision,
  decide,
  type Fault,
  fault,
  type Instant,
  type RuleNumber,
} from '@shixun/kernel';
import type { ClassState } from '../projects/project.ts';
import { ruledBy } from './checks.ts';
import {
  type Concerned,
  type EvidenceRecord,
  evidenceOf,
  shortOf,
  subjectsOf,
} from './evidence.ts';
import { type AssessedPlacement, unpassedFaults } from './placements.ts';
import { codes } from './refusals.ts';
import {
  closesByItself,
  type Gate,
  isOwn,
  type StageRole,
  type TemplateContent,
  type TemplateStage,
} from './template.ts';

/** A stage that was opened and perhaps completed. */
export type StageStep = {
  readonly key: string;
  readonly openedAt: Instant;
  readonly openedBy: string;
  readonly completedAt: Instant | null;
  readonly completedBy: string | null;
};

export type ProgressFacts = {
  readonly classState: ClassState;
  readonly template: TemplateContent;
  readonly steps: readonly StageStep[];
  readonly evidence: readonly EvidenceRecord[];
  readonly concerned: Concerned;
  /** What is missing at the gates of the stage at hand: groups, substitutes, host, placements. */
  readonly gates: { readonly opening: readonly Fault[]; readonly completing: readonly Fault[] };
};

/** A gate that keeps a stage shut. */
export type UnmetGate = {
  readonly gate: Gate;
  /** Everybody is placed; what is missing is what mentors say of it. [CRS-34] */
  readonly waitsForMentors: boolean;
};

export type Asked = {
  readonly roles: readonly string[];
  readonly subject: string;
  readonly now: Instant;
};

/** Stages move on while the class runs, and while it closes. */
const moving: readonly ClassState[] = ['running', 'closing'];

export function stateOfStage(steps: readonly StageStep[], key: string) {
  const step = steps.find((each) => each.key === key);
  if (step === undefined) return 'not_open';
  return step.completedAt === null ? 'open' : 'completed';
}

/** The one stage that is to be opened, or to be completed; undefined once all are. */
export function stageAtHand(
  { stages }: Pick<TemplateContent, 'stages'>,
  steps: readonly StageStep[],
): TemplateStage | undefined {
  return stages.find(
    (each) => !closesByItself(each) && stateOfStage(steps, each.key) !== 'completed',
  );
}

/** What keeps the stage from opening: the class, the order, the gates. */
export function openingFaults(key: string, facts: ProgressFacts): Fault[] {
  const { template, steps } = facts;
  const index = template.stages.findIndex((stage) => stage.key === key);
  if (index < 0) return [unknownStage(key, template)];
  const faults = classFaults(facts);
  const state = stateOfStage(steps, key);
  if (state !== 'not_open') {
    const figures = { stage: key, required: 'not_open', actual: state };
    faults.push(fault(codes.STAGE_NOT_OPEN, ['stageKey'], figures));
  }
  const before = template.stages
    .slice(0, index)
    .find((stage) => !closesByItself(stage) && stateOfStage(steps, stage.key) !== 'completed');
  if (before !== undefined) {
    const figures = { stage: key, required: before.key, actual: state };
    faults.push(fault(codes.STAGE_NOT_NEXT, ['stageKey'], figures));
  }
  return [...faults, ...facts.gates.opening].map((each) => byTemplate(each, template));
}

export function openStage(
  { stageKey }: { readonly stageKey: string },
  facts: ProgressFacts,
  asked: Asked,
): Decision<StageStep> {
  const faults = [
    ...leaderFaults(stageKey, facts.template, asked).map((each) =>
      byTemplate(each, facts.template),
    ),
    ...openingFaults(stageKey, facts),
  ];
  const { now: openedAt, subject: openedBy } = asked;
  return decide(faults, () => ({
    key: stageKey,
    openedAt,
    openedBy,
    completedAt: null,
    completedBy: null,
  }));
}

/** What is missing to complete an open stage: what others than the trainees bring, and its gates. */
export function completingFaults(key: string, facts: ProgressFacts): Fault[] {
  const { template, steps } = facts;
  const stage = template.stages.find((each) => each.key === key);
  if (stage === undefined) return [unknownStage(key, template)];
  const faults = classFaults(facts);
  const state = stateOfStage(steps, key);
  if (state !== 'open') {
    const figures = { stage: key, required: 'open', actual: state };
    faults.push(fault(codes.STAGE_NOT_OPEN, ['stageKey'], figures));
  }
  for (const ask of stage.asks) {
    if (ask.by === 'Teacher') continue;
    for (const about of subjectsOf(ask, facts.concerned)) {
      faults.push(...shortOf(ask, about, evidenceOf(stage, ask, about, facts.evidence)));
    }
  }
  return [...faults, ...facts.gates.completing].map((each) => byTemplate(each, template));
}

export function completeStage(
  { stageKey }: { readonly stageKey: string },
  facts: ProgressFacts,
  asked: Asked,
): Decision<Pick<StageStep, 'key' | 'completedAt' | 'completedBy'>> {
  const faults = [
    ...leaderFaults(stageKey, facts.template, asked).map((each) =>
      byTemplate(each, facts.template),
    ),
    ...completingFaults(stageKey, facts),
  ];
  const { now: completedAt, subject: completedBy } = asked;
  return decide(faults, () => ({ key: stageKey, completedAt, completedBy }));
}

/** How far a class is in the stages of its modality, with all that was brought. [CRS-55] */
export type ClassStages = Pick<ProgressFacts, 'template' | 'steps' | 'evidence'> & {
  readonly placements: readonly AssessedPlacement[];
};

/**
 * What one trainee still owes a stage: own evidence, and placements that the mentor passed. The stages that the class
 * has completed are done but for that. [CRS-34, CRS-55]
 */
export function traineeStages(
  enrollmentId: string,
  { template, steps, evidence, placements }: ClassStages,
) {
  return template.stages.map((stage) => {
    const lacking = stage.asks
      .filter(isOwn)
      .flatMap((ask) => shortOf(ask, enrollmentId, evidenceOf(stage, ask, enrollmentId, evidence)));
    const unpassed = unpassedFaults(enrollmentId, placements, stage.completesWith);
    const owed = [...lacking, ...unpassed].map((each) => byTemplate(each, template));
    const completed = closesByItself(stage) || stateOfStage(steps, stage.key) === 'completed';
    return {
      key: stage.key,
      title: stage.title,
      done: completed && owed.length === 0,
      completed,
      owed,
    };
  });
}

export function classFaults({ classState }: Pick<ProgressFacts, 'classState'>): Fault[] {
  if (moving.includes(classState)) return [];
  const figures = { required: moving.join(', '), actual: classState };
  return [fault(codes.STAGE_CLASS_NOT_RUNNING, ['classId'], figures)];
}

function leaderFaults(key: string, { stages }: TemplateContent, asked: Asked): Fault[] {
  const stage = stages.find((each) => each.key === key);
  return stage === undefined ? [] : roleFaults(stage.leads, asked);
}

export function roleFaults(required: StageRole, { roles }: Asked): Fault[] {
  return roles.includes(required) ? [] : [fault(codes.STAGE_OF_OTHERS, ['stageKey'], { required })];
}

export function unknownStage(actual: string, template: TemplateContent): Fault {
  const required = template.stages.map(({ key }) => key).join(' / ');
  return fault(codes.STAGE_UNKNOWN, ['stageKey'], { required, actual });
}

/** Faults of the engine itself are said by the template's rule; those of gates and order keep their own. */
export function byTemplate(each: Fault, { rule }: { readonly rule: RuleNumber }): Fault {
  return each.code.rule === 'CRS-35' ? ruledBy(each, rule) : each;
}
