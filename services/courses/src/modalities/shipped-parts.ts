/** Words in which the shipped templates are written. */
import type { Bilingual, FigureName } from '@shixun/kernel';
import type {
  EvidenceAsk,
  EvidenceField,
  Selector,
  TemplateCheck,
  TemplateContent,
  TemplateStage,
} from './template.ts';

export const words = (zh: string, en: string): Bilingual => ({ zh, en });

export function field(key: string, title: Bilingual, change: Partial<EvidenceField> = {}) {
  return { key, title, kind: 'text', required: true, choices: [], ...change } as const;
}

export const content = field('content', words('内容', 'Content'));

/** Tool, resource and expert support of a study activity. [CRS-31] */
export const support = [
  field('tool', words('工具支持', 'Tool support')),
  field('resource', words('资源支持', 'Resource support')),
  field('expert', words('专家指导', 'Expert support')),
];

export function ask(
  key: string,
  title: Bilingual,
  change: Partial<EvidenceAsk> & Pick<EvidenceAsk, 'by' | 'per'>,
): EvidenceAsk {
  return { key, title, atLeast: 1, ordered: false, yields: null, fields: [content], ...change };
}

/** Brought once by each trainee, by the institution for its class, by each school for its own. */
export const ofTrainee = { by: 'Teacher', per: 'trainee' } as const;
export const ofClass = { by: 'InstitutionAdmin', per: 'class' } as const;
export const ofSchool = { by: 'SchoolAdmin', per: 'school' } as const;

export function stage(
  key: string,
  title: Bilingual,
  leads: TemplateStage['leads'],
  change: Partial<TemplateStage> = {},
): TemplateStage {
  return { key, title, leads, opensWith: [], completesWith: [], asks: [], ...change };
}

export const all: Selector = { stage: null, label: null };

export function check(
  kind: TemplateCheck['kind'],
  title: Bilingual,
  change: Partial<TemplateCheck> = {},
): TemplateCheck {
  const open = { of: all, among: all, whose: null, figure: null, upperFigure: null, share: null };
  return { kind, title, ...open, over: false, ...change };
}

export function share(
  title: Bilingual,
  of: Partial<Selector>,
  figure: FigureName,
  change: Partial<TemplateCheck> = {},
): TemplateCheck {
  return check('module_share', title, { of: { ...all, ...of }, figure, ...change });
}

export function present(title: Bilingual, of: Partial<Selector>): TemplateCheck {
  return check('modules_present', title, { of: { ...all, ...of } });
}

export function template(
  code: TemplateContent['base'],
  rule: TemplateContent['rule'],
  title: Bilingual,
  change: Partial<TemplateContent> = {},
): TemplateContent {
  const study = stage('study', words('研修', 'Study'), 'InstitutionAdmin');
  return { code, base: code, rule, title, stages: [study], checks: [], grouping: null, ...change };
}
