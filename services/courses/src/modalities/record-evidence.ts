/** Recording evidence: by the role that the template names, with every field that it asks for. [CRS-30 … CRS-35] */
import { type Decision, decide, type Fault, fault, isCivilDate } from '@shixun/kernel';
import { type EvidenceRecord, evidenceOf, type FieldValue, subjectsOf } from './evidence.ts';
import {
  type Asked,
  byTemplate,
  classFaults,
  type ProgressFacts,
  roleFaults,
  stateOfStage,
  unknownStage,
} from './progress.ts';
import { codes } from './refusals.ts';
import { type EvidenceField, isOwn } from './template.ts';

export type Recording = {
  readonly stageKey: string;
  readonly askKey: string;
  readonly about: string | null;
  /** Only looked at in a series; the next one when not said. */
  readonly step: number | null;
  readonly fields: readonly FieldValue[];
};

/**
 * Records evidence of an open stage, by the role that its template names, with every field that it asks for. What a
 * trainee owes alone may come late, when the class has completed the stage already: it holds nobody else up.
 */
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
  if (state !== 'open' && !(state === 'completed' && isOwn(ask))) {
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

function refused(each: Fault): Decision<never> {
  return { accepted: false, faults: [each] };
}
