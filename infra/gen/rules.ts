/** docs/reference/rules.md: the catalogue of rules and the figures of the policy. */
import {
  rules as catalogue,
  effectivePolicy,
  figureNames,
  figureText,
  national,
  type PolicyVersion,
  policyFigures,
  type Rule,
  shanxi2023,
  zhejiang2014,
} from '@shixun/kernel';
import type { Generator } from './generator.ts';
import { generatedNote, table } from './markdown.ts';

const areas: Readonly<Record<string, string>> = {
  REG: '登记 Registry of regions, institutions, schools, teachers, trainers',
  PLN: '计划与经费 Needs, annual plans, funding',
  CRS: '课程与实施 Projects, plans, menus, enrollment, delivery, completion',
  CRD: '学时学分 Hours, credits, credit bank',
  EVL: '评估与督导 Evaluation and supervision',
  GOV: '通用要求 Across all',
  INT: '对外接口 Third parties',
};

export const rules: Generator = {
  name: 'rules',
  run: async () => new Map([['docs/reference/rules.md', page()]]),
};

function page(): string {
  const sections = Object.entries(areas).map(
    ([area, title]) =>
      `## ${area} · ${title}\n\n${table(
        ['规则 Rule', '作用 Effect', '内容', 'What it asks', '依据 Source'],
        catalogue.filter((rule) => rule.area === area).map(ruleRow),
      )}`,
  );
  return [
    '# 规则 Rules\n',
    generatedNote,
    'M13 教育部 2013 年培训模式改革指导意见；M16-1…4 教育部办公厅 2016 年乡村教师培训指南附件 1–4；SX 晋教师〔2023〕4 号；ZJ 浙教办师〔2014〕14 号。\n',
    'BLOCK 不予办理 refused；FLAG 记为问题 a finding opens；INDICATOR 统计指标 a figure is kept；FEATURE 功能 a capability. `~` 文件为“原则上” in principle: the owner of a project may waive it with a published reason. `°` 含本系统默认数值 one of its figures is our own default.\n',
    ...sections,
    `## 政策数值 Figures of the policy\n\n${figures()}`,
  ].join('\n');
}

function ruleRow(rule: Rule): string[] {
  return [
    `**${rule.number}**${rule.inPrinciple ? ' ~' : ''}${rule.ownDefault ? ' °' : ''}`,
    rule.effects.join(' '),
    `**${rule.title.zh}** ${rule.text.zh}`,
    `**${rule.title.en}.** ${rule.text.en}`,
    rule.source ?? '–',
  ];
}

function figures(): string {
  const shipped: readonly PolicyVersion[] = [national, shanxi2023, zhejiang2014];
  const note =
    '数值为 `national@1` 的缺省值；“自定”列出文件中自行规定该数值的省级版本。下级只能从严，不能放宽。 The values are those of `national@1`; a province’s version that states the figure itself is named. A lower level may only tighten.\n\n';
  const { figures: values } = effectivePolicy(shipped, national.regionCode, national.effectiveFrom);
  const rows = figureNames.map((name) => {
    const { rule, tighter, source, inPrinciple, description } = policyFigures[name];
    const setBy = shipped.slice(1).filter((version) => version.figures[name] !== undefined);
    return [
      rule,
      `\`${name}\`${inPrinciple ? ' ~' : ''}${source === null ? ' °' : ''}`,
      `${description.zh}<br>${description.en}`,
      figureText(name, values[name]),
      tighter,
      source ?? '–',
      setBy.map(({ id }) => `\`${id}\``).join(' ') || '–',
    ];
  });
  const headings = [
    '规则',
    '名称 Name',
    '含义 Meaning',
    '数值 Value',
    '从严 Tighter',
    '依据',
    '自定',
  ];
  return note + table(headings, rows);
}
