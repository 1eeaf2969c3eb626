import {
  type Decision,
  decide,
  type Fault,
  fault,
  isFigureName,
  isWithin,
  policyFigures,
} from '@shixun/kernel';
import { codes } from './refusals.ts';
import { shippedTemplate } from './shipped.ts';
import type { EvidenceAsk, TemplateCheck, TemplateContent, TemplateStage } from './template.ts';

export type PublishFacts = {
  /** The newest version of that code; null when there is none yet. */
  readonly before: { readonly regionCode: string | null; readonly version: number } | null;
};

export type TemplatePublished = { readonly content: TemplateContent; readonly version: number };

/**
 * A province adds a modality, or its own variant of one, as data. It keeps every minimum of the one that it is based on:
 * a province is only ever stricter. [CRS-35]
 */
export function publishTemplate(
  { regionCode, content }: { readonly regionCode: string; readonly content: TemplateContent },
  { before }: PublishFacts,
): Decision<TemplatePublished> {
  const faults: Fault[] = [];
  if (before !== null && before.regionCode !== regionCode) {
    const figures = { required: before.regionCode ?? 'national', actual: content.code };
    faults.push(fault(codes.TEMPLATE_OF_OTHERS, ['code'], figures));
  }
  const keys = content.stages.map(({ key }) => key);
  if (keys.length === 0 || new Set(keys).size < keys.length) {
    const figures = { actual: keys.join(', ') || '—' };
    faults.push(fault(codes.TEMPLATE_STAGES_MISSING, ['stages'], figures));
  }
  faults.push(...content.stages.flatMap(askFaults), ...checkFaults(content));
  faults.push(...looserFaults(content));
  return decide(faults, () => ({ content, version: (before?.version ?? 0) + 1 }));
}

function askFaults({ key, asks }: TemplateStage, index: number): Fault[] {
  return asks.flatMap((ask, at) => {
    const twice = asks.findIndex((each) => each.key === ask.key) !== at;
    if (!twice && fieldsValid(ask)) return [];
    const path = ['stages', String(index), 'asks', String(at)];
    return [fault(codes.TEMPLATE_ASK_INVALID, path, { stage: key, actual: ask.key })];
  });
}

function fieldsValid({ fields, atLeast, per, yields }: EvidenceAsk): boolean {
  const keys = new Set(fields.map(({ key }) => key));
  const choices = fields.every(
    ({ kind, choices: list }) => (kind === 'choice') === list.length > 0,
  );
  const owner =
    yields === null || (yields === 'school_plan' ? per === 'school' : per === 'trainee');
  return fields.length > 0 && keys.size === fields.length && choices && owner && atLeast >= 0;
}

const byShare: readonly TemplateCheck['kind'][] = ['module_share', 'trainer_share'];
const byCount: readonly TemplateCheck['kind'][] = ['months', 'piece_days'];

function checkFaults({ checks, stages }: TemplateContent): Fault[] {
  const keys = stages.map(({ key }) => key);
  return checks.flatMap((check, index) => {
    const selected = [check.of.stage, check.among.stage];
    const staged = selected.every((stage) => stage === null || keys.includes(stage));
    if (staged && figureFits(check)) return [];
    const path = ['checks', String(index)];
    return [fault(codes.TEMPLATE_CHECK_INVALID, path, { actual: check.kind })];
  });
}

function figureFits({ kind, figure, upperFigure, share, whose }: TemplateCheck): boolean {
  const unit = figure === null || !isFigureName(figure) ? null : policyFigures[figure].unit;
  if ((kind === 'trainer_share') !== (whose !== null)) return false;
  if (upperFigure !== null && kind !== 'months') return false;
  if (byShare.includes(kind)) {
    const valid = share === null || (share.denominator > 0 && share.numerator <= share.denominator);
    return valid && (share === null ? unit === 'ratio' : figure === null);
  }
  if (share !== null) return false;
  if (byCount.includes(kind)) return unit === (kind === 'months' ? 'months' : 'days');
  return figure === null;
}

/** A check of the base counts as kept when the variant has it word for word, its title apart. */
function looserFaults({ base, checks }: TemplateContent): Fault[] {
  const kept = new Set(checks.map(essence));
  return shippedTemplate(base).checks.flatMap((check) => {
    if (kept.has(essence(check))) return [];
    const { zh: requiredZh, en: requiredEn } = check.title;
    return [fault(codes.TEMPLATE_LOOSER, ['checks'], { base, requiredZh, requiredEn })];
  });
}

/** Key order of a row read from a database may differ, so the parts are named one by one. */
function essence({ kind, of, among, whose, figure, upperFigure, share, over }: TemplateCheck) {
  const ratio = share === null ? null : [share.numerator, share.denominator];
  const selectors = [of.stage, of.label, among.stage, among.label];
  return JSON.stringify([kind, selectors, whose, figure, upperFigure, ratio, over]);
}

/** What keeps a project from naming a template. [CRS-35] */
export function templateChoiceFaults(
  command: {
    readonly templateCode: string | null;
    readonly modality: string;
    readonly ownerRegionCode: string;
  },
  template: { readonly regionCode: string | null; readonly base: string } | null,
): Fault[] {
  const { templateCode, modality, ownerRegionCode } = command;
  if (templateCode === null) return [];
  const holds =
    template !== null &&
    (template.regionCode === null || isWithin(ownerRegionCode, template.regionCode));
  if (!holds) {
    const figures = { required: ownerRegionCode, actual: templateCode };
    return [fault(codes.PROJECT_TEMPLATE_UNKNOWN, ['templateCode'], figures)];
  }
  if (template.base === modality) return [];
  const figures = { template: templateCode, required: modality, actual: template.base };
  return [fault(codes.PROJECT_TEMPLATE_OF_OTHER_MODALITY, ['templateCode'], figures)];
}
