/** 佐证: what is recorded for a stage, whom it is about, and how much of it there is. [CRS-30 … CRS-35] */
import { type Fault, fault } from '@shixun/kernel';
import { codes } from './refusals.ts';
import type { EvidenceAsk, TemplateStage } from './template.ts';

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

/** What is missing of it about one. */
export function shortOf(
  { key, title, atLeast }: EvidenceAsk,
  about: string | null,
  actual: number,
): Fault[] {
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
