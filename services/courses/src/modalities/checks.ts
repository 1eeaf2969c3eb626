/** A modality's own minimums, held against a plan: shares to the exact hour, the figures named. [CRS-30 … CRS-35] */
import {
  addDays,
  addMonths,
  centiText,
  compareRatio,
  daysBetween,
  type Fault,
  type FigureValue,
  fault,
  type PolicyFigures,
  percentText,
  type Ratio,
  type RuleNumber,
  regionPath,
} from '@shixun/kernel';
import { hoursOf, type PlanContent, type PlanFacts, type PlanModule } from '../plans/plan.ts';
import { codes } from './refusals.ts';
import { shippedTemplate } from './shipped.ts';
import { isStaged, type Selector, type TemplateCheck, type TemplateContent } from './template.ts';

/** The template that a plan is held against: the project's own, or the one its modality ships with. */
export function templateOf({ template, project }: Pick<PlanFacts, 'template' | 'project'>) {
  return template ?? shippedTemplate(project.modality);
}

/** Everything that the plan's modality asks for beyond what all plans must keep. */
export function modalityFaults(plan: PlanContent, facts: PlanFacts): Fault[] {
  const template = templateOf(facts);
  const faults = [
    ...stageFaults(plan, template),
    ...template.checks.flatMap((check) => checkFaults(check, plan, facts)),
  ];
  return faults.map((each) => ruledBy(each, template.rule));
}

/** The same fault, said by the rule of the template. */
export function ruledBy(each: Fault, rule: RuleNumber): Fault {
  return { ...each, code: { ...each.code, rule } };
}

function stageFaults({ modules }: PlanContent, template: TemplateContent): Fault[] {
  if (!isStaged(template)) return [];
  const keys = template.stages.map(({ key }) => key);
  const faults = modules.flatMap((module, index) => {
    const actual = module.stageKey ?? '—';
    if (keys.includes(actual)) return [];
    const path = ['plan', 'modules', String(index), 'stageKey'];
    const figures = { module: module.title, required: keys.join(' / '), actual };
    return [fault(codes.MODULE_STAGE_UNKNOWN, path, figures)];
  });
  for (const { key, title } of template.stages) {
    if (hoursOf(modules.filter(({ stageKey }) => stageKey === key)) > 0) continue;
    const figures = { requiredZh: title.zh, requiredEn: title.en };
    faults.push(fault(codes.STAGE_WITHOUT_HOURS, ['plan', 'modules'], figures));
  }
  return faults;
}

function checkFaults(check: TemplateCheck, plan: PlanContent, facts: PlanFacts): Fault[] {
  switch (check.kind) {
    case 'module_share':
      return moduleShareFaults(check, plan, facts);
    case 'modules_present':
      return presenceFaults(check, plan);
    case 'trainer_share':
      return trainerShareFaults(check, plan, facts);
    case 'chief_expert':
      return chiefExpertFaults(plan);
    case 'months':
      return monthFaults(check, plan, facts);
    case 'piece_days':
      return pieceFaults(check, plan, facts);
    case 'one_audience':
      return audienceFaults(facts);
  }
}

/** True when the selector means the module. */
export function selects({ stage, label }: Selector, module: PlanModule): boolean {
  if (stage !== null && module.stageKey !== stage) return false;
  if (label === null) return true;
  return label === 'practical' ? module.practical : (module.labels ?? []).includes(label);
}

function moduleShareFaults(check: TemplateCheck, { modules }: PlanContent, facts: PlanFacts) {
  const ratio = ratioOf(check, facts.policy);
  const whole = modules.filter((module) => selects(check.among, module));
  const part = hoursOf(whole.filter((module) => selects(check.of, module)));
  const total = hoursOf(whole);
  if (reaches(check, ratio, part, total)) return [];
  const figures = {
    ...namesOf(check),
    part: centiText(part),
    whole: centiText(total),
    required: percentText(ratio.numerator, ratio.denominator),
    actual: percentText(part, total),
  };
  return [fault(codes.MODULE_SHARE_TOO_SMALL, ['plan', 'modules'], figures)];
}

function presenceFaults(check: TemplateCheck, { modules }: PlanContent): Fault[] {
  if (hoursOf(modules.filter((module) => selects(check.of, module))) > 0) return [];
  return [fault(codes.MODULES_ABSENT, ['plan', 'modules'], namesOf(check))];
}

/** Each trainer counts once; one whom the registry doesn't know counts as nothing. */
function trainerShareFaults(check: TemplateCheck, plan: PlanContent, facts: PlanFacts): Fault[] {
  const ids = [...new Set(plan.trainers.map(({ trainerId }) => trainerId))];
  if (ids.length === 0) return [];
  const ratio = ratioOf(check, facts.policy);
  const [home] = regionPath(facts.project.ownerRegionCode);
  const members = ids.filter((id) => {
    const trainer = facts.trainers.get(id);
    if (trainer === undefined) return false;
    if (check.whose === 'out_of_province') {
      return trainer.homeProvinceCode !== undefined && trainer.homeProvinceCode !== home;
    }
    return trainer.kind === 'teaching_researcher' || trainer.kind === 'frontline_teacher';
  }).length;
  if (reaches(check, ratio, members, ids.length)) return [];
  const figures = {
    ...namesOf(check),
    trainers: ids.length,
    members,
    required: percentText(ratio.numerator, ratio.denominator),
    actual: percentText(members, ids.length),
  };
  return [fault(codes.TRAINER_SHARE_TOO_SMALL, ['plan', 'trainers'], figures)];
}

function chiefExpertFaults({ chiefExpertId, trainers }: PlanContent): Fault[] {
  if (trainers.some(({ trainerId }) => trainerId === chiefExpertId)) return [];
  const figures = { actual: chiefExpertId ?? '—' };
  return [fault(codes.CHIEF_EXPERT_MISSING, ['plan', 'chiefExpertId'], figures)];
}

/** From the first day to the last, both included: four months from 1 March end on 30 June. */
function monthFaults(check: TemplateCheck, { classes }: PlanContent, { policy }: PlanFacts) {
  const least = countOf(check.figure, policy);
  const most = check.upperFigure === null ? null : countOf(check.upperFigure, policy);
  return classes.flatMap(({ name, segments }, index) => {
    const startsOn = segments[0]?.startsOn;
    const endsOn = segments.at(-1)?.endsOn;
    if (startsOn === undefined || endsOn === undefined) return [];
    const afterEnd = addDays(endsOn, 1);
    const short = afterEnd < addMonths(startsOn, least);
    const long = most !== null && afterEnd > addMonths(startsOn, most);
    if (!short && !long) return [];
    const figures = {
      class: name,
      required: most === null ? `≥ ${least}` : `${least}–${most}`,
      actual: `${startsOn} – ${endsOn}`,
    };
    const path = ['plan', 'classes', String(index), 'segments'];
    return [fault(codes.STUDY_MONTHS_WRONG, path, figures)];
  });
}

function pieceFaults(check: TemplateCheck, { classes }: PlanContent, { policy }: PlanFacts) {
  const required = countOf(check.figure, policy);
  return classes.flatMap(({ name, segments }, index) =>
    segments.flatMap(({ startsOn, endsOn }, at) => {
      const actual = daysBetween(startsOn, endsOn) + 1;
      if (actual >= required) return [];
      const path = ['plan', 'classes', String(index), 'segments', String(at)];
      const figures = { class: name, period: `${startsOn} – ${endsOn}`, required, actual };
      return [fault(codes.PIECE_TOO_SHORT, path, figures)];
    }),
  );
}

function audienceFaults({ project: { audience } }: PlanFacts): Fault[] {
  const { stages, subjects } = audience;
  if (stages.length === 1 && subjects.length === 1) return [];
  const actual = [...stages, ...subjects].join(', ') || '—';
  return [fault(codes.AUDIENCE_NOT_ONE, ['project', 'audience'], { actual })];
}

function reaches({ over }: TemplateCheck, ratio: Ratio, part: number, whole: number): boolean {
  const compared = compareRatio(part, whole, ratio.numerator, ratio.denominator);
  return over ? compared > 0 : compared >= 0;
}

function namesOf({ title, over }: TemplateCheck) {
  return {
    nameZh: title.zh,
    nameEn: title.en,
    boundZh: over ? '超过' : '不少于',
    boundEn: over ? 'more than' : 'at least',
  };
}

/** The template's own share, or the ratio of the policy that it names. */
export function ratioOf({ figure, share }: TemplateCheck, policy: Partial<PolicyFigures>): Ratio {
  if (share !== null) return share;
  const value: FigureValue | undefined = figure === null ? undefined : policy[figure];
  const isRatio = typeof value === 'object' && 'numerator' in value;
  return isRatio ? value : { numerator: 0, denominator: 1 };
}

/** The number of the policy that a check names; nothing asked when it names none. */
export function countOf(figure: TemplateCheck['figure'], policy: Partial<PolicyFigures>): number {
  const value = figure === null ? 0 : policy[figure];
  return typeof value === 'number' ? value : 0;
}
