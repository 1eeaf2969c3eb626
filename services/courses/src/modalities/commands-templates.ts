import { figureNames, type RuleNumber } from '@shixun/kernel';
import { type Command, defineCommand, type Unit } from '@shixun/runtime';
import { z } from 'zod';
import { chosen, regionCode } from '../projects/input.ts';
import type { Modality } from '../projects/project.ts';
import { publishTemplate } from './publish.ts';
import { newestTemplate } from './readers-template.ts';
import { shippedTemplate, shippedTemplates } from './shipped.ts';
import { modalityTemplates, type TemplateRow } from './store.ts';
import { stageRoles, type TemplateContent } from './template.ts';

const key = z.string().regex(/^[a-z][a-z_0-9]{0,39}$/, 'is no key');
const title = z.strictObject({
  zh: z.string().trim().min(1).max(100),
  en: z.string().trim().min(1).max(100),
});
const figure = z
  .enum(figureNames as readonly [(typeof figureNames)[number], ...(typeof figureNames)[number][]])
  .nullish()
  .transform((given) => given ?? null);
const selector = z
  .strictObject({ stage: key.nullish(), label: key.nullish() })
  .nullish()
  .transform((given) => ({ stage: given?.stage ?? null, label: given?.label ?? null }));

const field = z.strictObject({
  key,
  title,
  kind: chosen<TemplateContent['stages'][number]['asks'][number]['fields'][number]['kind']>(),
  required: z.boolean(),
  choices: z.array(key).max(50),
});

const ask = z
  .strictObject({
    key,
    title,
    by: z.enum(stageRoles),
    per: chosen<TemplateContent['stages'][number]['asks'][number]['per']>(),
    atLeast: z.int().min(0).max(100),
    ordered: z.boolean(),
    yields: chosen<'school_plan' | 'personal_plan'>().nullish(),
    fields: z.array(field).max(40),
  })
  .transform((given) => ({ ...given, yields: given.yields ?? null }));

const gate = chosen<TemplateContent['stages'][number]['opensWith'][number]>();
const stage = z.strictObject({
  key,
  title,
  leads: z.enum(stageRoles),
  opensWith: z.array(gate).max(10),
  completesWith: z.array(gate).max(10),
  asks: z.array(ask).max(40),
});

const check = z
  .strictObject({
    kind: chosen<TemplateContent['checks'][number]['kind']>(),
    title,
    of: selector,
    among: selector,
    whose: chosen<'out_of_province' | 'practitioner'>().nullish(),
    figure,
    upperFigure: figure,
    share: z
      .strictObject({ numerator: z.int().min(0).max(1000), denominator: z.int().min(1).max(1000) })
      .nullish(),
    over: z.boolean(),
  })
  .transform((given) => ({ ...given, whose: given.whose ?? null, share: given.share ?? null }));

const grouping = z
  .strictObject({
    minFigure: figure,
    maxFigure: figure,
    mentors: z.boolean(),
    leader: z.boolean(),
  })
  .nullish();

export const publishModalityTemplateCommand: Command = defineCommand({
  name: 'publishModalityTemplate',
  input: z
    .strictObject({
      regionCode,
      code: key,
      base: chosen<Modality>(),
      title,
      stages: z.array(stage).max(20),
      checks: z.array(check).max(40),
      grouping,
    })
    .transform(({ regionCode: of, grouping: given, ...content }) => ({
      regionCode: of,
      content: { ...content, rule: shippedRule(content.base), grouping: given ?? null },
    })),
  gather: async ({ content }, unit) => ({ before: await newestTemplate(unit, content.code) }),
  scope: (_facts, input) => ({ regionCode: input.regionCode }),
  decide: (input, facts) => publishTemplate(input, facts),
  record: ({ content, version }, { before }, unit, input): TemplateRow =>
    recordTemplate(unit, { content, version, regionCode: input.regionCode, before }),
  stream: (_facts, { content }) => `modality-template/${content.code}`,
});

function shippedRule(base: Modality): RuleNumber {
  return shippedTemplate(base).rule;
}

type Version = Pick<TemplateRow, 'content' | 'version' | 'regionCode'> & {
  readonly before: TemplateRow | null;
};

function recordTemplate(unit: Unit, { content, version, regionCode: of, before }: Version) {
  if (before !== null) {
    unit.update(modalityTemplates, { _id: before._id, newest: true }, { $set: { newest: false } });
  }
  const { code, base } = content;
  const row: TemplateRow = {
    _id: `${code}@${version}`,
    code,
    version,
    base,
    regionCode: of,
    content,
    publishedAt: unit.now,
    newest: true,
  };
  unit.insert(modalityTemplates, row);
  return row;
}

/** The templates that ship with the platform; a changed one becomes a new version, projects keep theirs. */
export async function recordShippedTemplates(unit: Unit): Promise<void> {
  const codes = shippedTemplates.map(({ code }) => code);
  const known = await unit.find(modalityTemplates, { newest: true, code: { $in: codes } });
  const byCode = new Map(known.map((row) => [row.code, row]));
  for (const content of shippedTemplates) {
    const before = byCode.get(content.code) ?? null;
    if (before !== null && JSON.stringify(before.content) === JSON.stringify(content)) continue;
    const version = (before?.version ?? 0) + 1;
    recordTemplate(unit, { content, version, regionCode: null, before });
  }
}
