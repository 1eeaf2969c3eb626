import { centiText, type Fault, fault, yearOf } from '@shixun/kernel';
import { templateOf } from '../modalities/checks.ts';
import { isStaged } from '../modalities/template.ts';
import type { Period } from '../projects/project.ts';
import type { PlanClass, PlanContent, PlanFacts, PlanPolicy, Segment } from './plan.ts';
import { codes } from './refusals.ts';

/**
 * Dates in one piece; from the policy's hours on in theory in the summer holiday and practice in term. A modality that
 * goes through stages of its own may lie in several pieces. [CRS-16, CRS-30 … CRS-35]
 */
export function dateFaults(plan: PlanContent, facts: PlanFacts): Fault[] {
  if (isStaged(templateOf(facts))) return [];
  return plan.classes.flatMap((planned, index) =>
    planned.segments.length > 1 ? splitFaults(planned, index, plan, facts) : [],
  );
}

function splitFaults(
  planned: PlanClass,
  index: number,
  plan: PlanContent,
  { project, policy }: PlanFacts,
): Fault[] {
  const { name, segments } = planned;
  const path = ['plan', 'classes', String(index), 'segments'];
  if (project.hoursCenti < policy.splitFromHoursCenti) {
    const figures = {
      class: name,
      segments: segments.length,
      required: centiText(policy.splitFromHoursCenti),
      actual: centiText(project.hoursCenti),
    };
    return [fault(codes.DATES_NOT_IN_ONE_PIECE, path, figures)];
  }
  const faults: Fault[] = [];
  if (segments.length > policy.segmentsMax) {
    const figures = { class: name, required: policy.segmentsMax, actual: segments.length };
    faults.push(fault(codes.SEGMENTS_TOO_MANY, path, figures));
  }
  const parts = segments.map((segment) => segment.part);
  if (parts.includes('whole') || !parts.includes('theory') || !parts.includes('practice')) {
    faults.push(fault(codes.SEGMENT_PARTS_UNCLEAR, path, { class: name }));
  }
  for (const [at, segment] of segments.entries()) {
    faults.push(...partFaults(segment, name, [...path, String(at)], policy));
  }
  return [...faults, ...sessionPartFaults(planned, index, plan)];
}

function partFaults(
  segment: Segment,
  name: string,
  path: readonly string[],
  policy: PlanPolicy,
): Fault[] {
  const figures = { class: name, required: summerText(policy), actual: periodText(segment) };
  if (segment.part === 'theory' && !liesInSummer(segment, policy)) {
    return [fault(codes.THEORY_NOT_IN_SUMMER, path, figures)];
  }
  if (segment.part === 'practice' && touchesSummer(segment, policy)) {
    return [fault(codes.PRACTICE_NOT_IN_TERM, path, figures)];
  }
  return [];
}

/** In a split class, theory is taught in the theory piece and practice in the practice piece. */
function sessionPartFaults(planned: PlanClass, index: number, { modules }: PlanContent): Fault[] {
  const practical = new Map(modules.map((module) => [module.key, module.practical]));
  return planned.sessions.flatMap((session, at) => {
    const segment = planned.segments.find((piece) => covers(piece, session.date));
    const isPractical = practical.get(session.moduleKey);
    if (segment === undefined || segment.part === 'whole' || isPractical === undefined) return [];
    const actual = isPractical ? 'practice' : 'theory';
    if (segment.part === actual) return [];
    const path = ['plan', 'classes', String(index), 'sessions', String(at)];
    return [fault(codes.SESSION_IN_OTHER_PART, path, { required: segment.part, actual })];
  });
}

/**
 * The classes of a project for teachers of graduating classes that don't lie wholly in the summer holiday: the plan
 * can be accepted all the same, and a finding opens. [CRS-17]
 */
export function graduatingClassFlags(plan: PlanContent, { project, policy }: PlanFacts): Fault[] {
  if (!project.audience.graduatingClasses) return [];
  return plan.classes.flatMap(({ name, segments }, index) => {
    const outside = segments.find((segment) => !liesInSummer(segment, policy));
    if (outside === undefined) return [];
    const path = ['plan', 'classes', String(index), 'segments'];
    const figures = { class: name, required: summerText(policy), actual: periodText(outside) };
    return [fault(codes.GRADUATING_CLASS_PROJECT_IN_TERM, path, figures)];
  });
}

/** True when the date lies in the period, both ends included. */
export function covers({ startsOn, endsOn }: Period, date: string): boolean {
  return startsOn <= date && date <= endsOn;
}

/** "2026-07-10 – 2026-07-20" */
export function periodText({ startsOn, endsOn }: Period): string {
  return `${startsOn} – ${endsOn}`;
}

function summerOf(year: number, policy: PlanPolicy): Period {
  return {
    startsOn: `${year}-${policy.summerHolidayFirstMonthDay}`,
    endsOn: `${year}-${policy.summerHolidayLastMonthDay}`,
  };
}

function summerText({ summerHolidayFirstMonthDay, summerHolidayLastMonthDay }: PlanPolicy): string {
  return `${summerHolidayFirstMonthDay} – ${summerHolidayLastMonthDay}`;
}

function liesInSummer(period: Period, policy: PlanPolicy): boolean {
  const summer = summerOf(yearOf(period.startsOn), policy);
  return covers(summer, period.startsOn) && covers(summer, period.endsOn);
}

function touchesSummer(period: Period, policy: PlanPolicy): boolean {
  const first = yearOf(period.startsOn);
  const years = Array.from({ length: yearOf(period.endsOn) - first + 1 }, (_, at) => first + at);
  return years.some((year) => {
    const summer = summerOf(year, policy);
    return period.startsOn <= summer.endsOn && summer.startsOn <= period.endsOn;
  });
}
