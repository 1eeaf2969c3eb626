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
  isCivilDate,
  type RuleNumber,
} from '@shixun/kernel';
import type { ClassState } from '../projects/project.ts';
import { ruledBy } from './checks.ts';
import { codes } from './refusals.ts';
import {
  closesByItself,
  type EvidenceAsk,
  type EvidenceField,
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

export type FieldValue = { readonly key: string; readonly value: string };

/** A piece of evidence. `about` is an enrollment, a school, a county or a group's number, as its ask says. */
export type EvidenceRecord = {
  readonly stageKey: string;
  readonly askKey: string;
  /** Empty when it is about the class. */
  readonly about: string | null;
  /** 1 for the first of its kind about the same, then one more each time. */
  readonly step: number;
  readonly fields: readonly FieldValue[];
};

/** Those whom evidence of a class may be about. */
export type Concerned = {
  readonly enrollmentIds: readonly string[];
  readonly schoolIds: readonly string[];
  readonly countyCodes: readonly string[];
  readonly groups: readonly string[];
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

type Asked = { readonly roles: readonly string[]; readonly subject: string; readonly now: Instant };

/** Stages move on while the class runs, and while it closes. */
const moving: readonly ClassState[] = ['running', 'closing'];

export function stateOfStage(steps: readonly StageStep[], key: string) {
  const step = steps.find((each) => each.key === key);
  if (step === undefined) return 'not_open';
  return step.completedAt === null ? 'open' : 'completed';
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

export type Recording = {
  readonly stageKey: string;
  readonly askKey: string;
  readonly about: string | null;
  /** Only looked at in a series; the next one when not said. */
  readonly step: number | null;
  readonly fields: readonly FieldValue[];
};

/** Records evidence of an open stage, by the role that its template names, with every field that it asks for. */
export function recordEvidence(
  command: Recording,
  facts: ProgressFacts & { readonly principals: ReadonlySet<string> },
  asked: Asked,
): Decision<EvidenceRecord> {
  const { template, steps, concerned, evidence } = facts;
  const stage = template.stages.find((each) => each.key === command.stageKey);
  if (stage === undefined) return refused(unknownStage(command.stageKey, template));
  const ask = stage.asks.find((each) => each.key === command.askKey);
  if (ask === undefined) {
    const required = stage.asks.map(({ key }) => key).join(' / ') || '—';
    const figures = { stage: stage.key, required, actual: command.askKey };
    return refused(byTemplate(fault(codes.EVIDENCE_UNKNOWN, ['askKey'], figures), template));
  }
  const faults = [...classFaults(facts), ...roleFaults(ask.by, asked)];
  const state = stateOfStage(steps, stage.key);
  if (state !== 'open') {
    const figures = { stage: stage.key, required: 'open', actual: state };
    faults.push(fault(codes.STAGE_NOT_OPEN, ['stageKey'], figures));
  }
  if (!subjectsOf(ask, concerned).includes(command.about)) {
    const figures = { required: ask.per, actual: command.about ?? '—' };
    faults.push(fault(codes.EVIDENCE_ABOUT_NOBODY, ['about'], figures));
  }
  const next = evidenceOf(stage, ask, command.about, evidence) + 1;
  if (ask.ordered && command.step !== null && command.step !== next) {
    const figures = { required: next, actual: command.step };
    faults.push(fault(codes.EVIDENCE_OUT_OF_ORDER, ['step'], figures));
  }
  faults.push(...ask.fields.flatMap((field) => fieldFaults(field, command.fields, facts)));
  const { stageKey, askKey, about } = command;
  const fields = command.fields.filter(({ key }) => ask.fields.some((each) => each.key === key));
  return decide(
    faults.map((each) => byTemplate(each, template)),
    () => ({ stageKey, askKey, about, step: next, fields }),
  );
}

/** What one trainee still owes a stage; the stages that the class has completed are done but for that. [CRS-55] */
export function traineeStages(
  enrollmentId: string,
  { template, steps, evidence }: Pick<ProgressFacts, 'template' | 'steps' | 'evidence'>,
) {
  return template.stages.map((stage) => {
    const owed = stage.asks
      .filter(({ by, per }) => by === 'Teacher' && per === 'trainee')
      .flatMap((ask) => shortOf(ask, enrollmentId, evidenceOf(stage, ask, enrollmentId, evidence)))
      .map((each) => byTemplate(each, template));
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

/** Whom the evidence of an ask is about, one by one. */
export function subjectsOf({ per }: EvidenceAsk, concerned: Concerned): readonly (string | null)[] {
  switch (per) {
    case 'class':
      return [null];
    case 'trainee':
      return concerned.enrollmentIds;
    case 'school':
      return concerned.schoolIds;
    case 'county':
      return concerned.countyCodes;
    case 'group':
      return concerned.groups;
  }
}

/** How much of it is recorded about the same. */
export function evidenceOf(
  stage: Pick<TemplateStage, 'key'>,
  ask: Pick<EvidenceAsk, 'key'>,
  about: string | null,
  evidence: readonly EvidenceRecord[],
): number {
  return evidence.filter(
    (each) => each.stageKey === stage.key && each.askKey === ask.key && each.about === about,
  ).length;
}

function shortOf({ key, title, atLeast }: EvidenceAsk, about: string | null, actual: number) {
  if (actual >= atLeast) return [];
  const figures = {
    nameZh: title.zh,
    nameEn: title.en,
    about: about ?? '—',
    required: atLeast,
    actual,
  };
  return [fault(codes.EVIDENCE_TOO_LITTLE, ['evidence', key], figures)];
}

function fieldFaults(
  field: EvidenceField,
  given: readonly FieldValue[],
  { principals }: { readonly principals: ReadonlySet<string> },
): Fault[] {
  const value = given.find(({ key }) => key === field.key)?.value.trim() ?? '';
  const { zh, en } = field.title;
  const path = ['fields', field.key];
  if (value === '') {
    if (!field.required) return [];
    return [fault(codes.EVIDENCE_FIELD_MISSING, path, { requiredZh: zh, requiredEn: en })];
  }
  const fits = {
    text: true,
    number: /^\d{1,9}(\.\d{1,2})?$/.test(value),
    date: isCivilDate(value),
    choice: field.choices.includes(value),
    principal: principals.has(value),
  }[field.kind];
  if (fits) return [];
  const required = field.kind === 'choice' ? field.choices.join(' / ') : field.kind;
  const figures = { nameZh: zh, nameEn: en, required, actual: value };
  return [fault(codes.EVIDENCE_FIELD_INVALID, path, figures)];
}

function classFaults({ classState }: ProgressFacts): Fault[] {
  if (moving.includes(classState)) return [];
  const figures = { required: moving.join(', '), actual: classState };
  return [fault(codes.STAGE_CLASS_NOT_RUNNING, ['classId'], figures)];
}

function leaderFaults(key: string, { stages }: TemplateContent, asked: Asked): Fault[] {
  const stage = stages.find((each) => each.key === key);
  return stage === undefined ? [] : roleFaults(stage.leads, asked);
}

function roleFaults(required: StageRole, { roles }: Asked): Fault[] {
  return roles.includes(required) ? [] : [fault(codes.STAGE_OF_OTHERS, ['stageKey'], { required })];
}

function unknownStage(actual: string, template: TemplateContent): Fault {
  const required = template.stages.map(({ key }) => key).join(' / ');
  return fault(codes.STAGE_UNKNOWN, ['stageKey'], { required, actual });
}

/** Faults of the engine itself are said by the template's rule; those of gates and order keep their own. */
function byTemplate(each: Fault, { rule }: { readonly rule: RuleNumber }): Fault {
  return each.code.rule === 'CRS-35' ? ruledBy(each, rule) : each;
}

function refused(each: Fault): Decision<never> {
  return { accepted: false, faults: [each] };
}
