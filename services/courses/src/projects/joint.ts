/**
 * A project answers a needs survey, and in basic education the schools concerned have a say in it 共同确定培训项目.
 * National projects are exempt. [PLN-02]
 */
import {
  compareRatio,
  type Decision,
  decide,
  type Fault,
  fault,
  isWithin,
  type PolicyFigures,
  percentText,
} from '@shixun/kernel';
import type { Audience, Level, ProjectState, Sector, Stage } from './project.ts';
import { codes } from './refusals.ts';

/** What is looked at of the project that is submitted. */
export type JointProject = {
  readonly level: Level;
  readonly sector: Sector;
  readonly stage: Stage;
  readonly audience: Audience;
  readonly ownerRegionCode: string;
  readonly schoolId: string | null;
  readonly year: number;
};

/** A closed needs survey. An empty list asked everybody. */
export type AnsweredSurvey = {
  readonly year: number;
  readonly ownerRegionCode: string;
  readonly schoolId: string | null;
  readonly audience: {
    readonly regionCodes: readonly string[];
    readonly schoolIds: readonly string[];
    readonly stages: readonly string[];
    readonly subjects: readonly string[];
    readonly careerStages: readonly string[];
  };
};

export type SchoolAnswer = 'asked' | 'confirmed' | 'declined';

export type JointFacts = {
  /** Undefined: the command names none. Null: none is closed by that id. */
  readonly survey: AnsweredSurvey | null | undefined;
  readonly schools: readonly SchoolAnswer[];
  readonly figures: Pick<PolicyFigures, 'needsSurveyAgeYearsMax' | 'schoolConfirmationShareMin'>;
};

/** Everything in which a project is not jointly determined. */
export function jointFaults(project: JointProject, facts: JointFacts): readonly Fault[] {
  if (project.level === 'national') return [];
  return [...surveyFaults(project, facts), ...schoolFaults(project, facts)];
}

function surveyFaults(project: JointProject, { survey, figures }: JointFacts): Fault[] {
  const path = ['needsSurveyId'];
  if (survey === undefined) return [fault(codes.PROJECT_SURVEY_MISSING, path)];
  if (survey === null) return [fault(codes.PROJECT_SURVEY_NOT_CLOSED, path)];
  const faults: Fault[] = [];
  const oldest = project.year - figures.needsSurveyAgeYearsMax;
  if (survey.year < oldest || survey.year > project.year) {
    const years = oldest === project.year ? `${oldest}` : `${oldest}–${project.year}`;
    const told = { required: years, actual: survey.year };
    faults.push(fault(codes.PROJECT_SURVEY_OTHER_YEAR, path, told));
  }
  if (!ofTheChain(project, survey)) {
    const told = { required: project.ownerRegionCode, actual: survey.ownerRegionCode };
    faults.push(fault(codes.PROJECT_SURVEY_ELSEWHERE, path, told));
  }
  for (const [dimension, required] of uncovered(project, survey)) {
    faults.push(fault(codes.PROJECT_SURVEY_NOT_COVERING, path, { dimension, required }));
  }
  return faults;
}

/** The owner asked, or a bureau above it, or somebody below it whose audience then has to be enough. */
function ofTheChain(project: JointProject, survey: AnsweredSurvey): boolean {
  if (survey.schoolId !== null) return survey.schoolId === project.schoolId;
  return (
    isWithin(project.ownerRegionCode, survey.ownerRegionCode) ||
    isWithin(survey.ownerRegionCode, project.ownerRegionCode)
  );
}

/** What of the project's audience the survey did not ask. */
function uncovered(project: JointProject, { audience, ...survey }: AnsweredSurvey) {
  const wanted = project.audience;
  const stages = wanted.stages.length > 0 ? wanted.stages : [project.stage];
  const regions = wanted.regionCodes.length > 0 ? wanted.regionCodes : [project.ownerRegionCode];
  const missing: [dimension: string, required: string][] = [
    ...lacking(stages, audience.stages).map((each) => ['stage', each] as [string, string]),
    ...lacking(wanted.subjects, audience.subjects).map(
      (each) => ['subject', each] as [string, string],
    ),
    ...lacking(wanted.careerStages, audience.careerStages).map(
      (each) => ['careerStage', each] as [string, string],
    ),
  ];
  if (survey.schoolId !== null) return missing;
  if (audience.schoolIds.length > 0 && project.level !== 'school') missing.push(['school', '*']);
  const outside = regions.filter((code) => !audience.regionCodes.some((at) => isWithin(code, at)));
  return [...missing, ...outside.map((code) => ['region', code] as [string, string])];
}

/** What is wanted and was not asked; a project that limits nothing wants everybody. */
function lacking(wanted: readonly string[], asked: readonly string[]): readonly string[] {
  if (asked.length === 0) return [];
  return wanted.length === 0 ? ['*'] : wanted.filter((each) => !asked.includes(each));
}

function schoolFaults({ sector, level }: JointProject, { schools, figures }: JointFacts): Fault[] {
  // A school-based project is submitted by the very school.
  if (sector !== 'basic' || level === 'school') return [];
  if (schools.length === 0) return [fault(codes.PROJECT_SCHOOLS_NOT_ASKED, ['projectId'])];
  const { numerator, denominator } = figures.schoolConfirmationShareMin;
  const confirmed = schools.filter((answer) => answer === 'confirmed').length;
  if (compareRatio(confirmed, schools.length, numerator, denominator) >= 0) return [];
  return [
    fault(codes.PROJECT_SCHOOLS_NOT_CONFIRMED, ['projectId'], {
      required: percentText(numerator, denominator),
      actual: percentText(confirmed, schools.length),
      asked: schools.length,
      confirmed,
      declined: schools.filter((answer) => answer === 'declined').length,
    }),
  ];
}

export type AskSchoolsFacts = {
  readonly state: ProjectState;
  readonly ownerRegionCode: string;
  readonly audience: Pick<Audience, 'regionCodes'>;
  /** Whether the caller stands for the very owner. */
  readonly actsForOwner: boolean;
  /** The schools named, in order; undefined where there is no such school. */
  readonly schools: readonly ({ readonly regionCode: string } | undefined)[];
  /** Asked before. */
  readonly askedAlready: readonly string[];
};

/** Asks schools for their say; a school once asked stays on the list, whatever it answers. [PLN-02] */
export function askSchools(
  schoolIds: readonly string[],
  facts: AskSchoolsFacts,
): Decision<{ readonly schoolIds: readonly string[] }> {
  const faults: Fault[] = [];
  if (facts.state !== 'draft') {
    const told = { required: 'draft', actual: facts.state };
    faults.push(fault(codes.PROJECT_STEP_NOT_NEXT, ['projectId'], told));
  }
  if (!facts.actsForOwner) {
    const told = { required: facts.ownerRegionCode };
    faults.push(fault(codes.PROJECT_STEP_OF_OTHERS, ['projectId'], told));
  }
  const regions = facts.audience.regionCodes;
  const places = regions.length > 0 ? regions : [facts.ownerRegionCode];
  for (const [index, school] of facts.schools.entries()) {
    if (school !== undefined && places.some((at) => isWithin(school.regionCode, at))) continue;
    const told = { required: places.join(', '), actual: school?.regionCode ?? 'none' };
    faults.push(fault(codes.PROJECT_SCHOOL_ELSEWHERE, ['schoolIds', String(index)], told));
  }
  return decide(faults, () => ({
    schoolIds: [...new Set(schoolIds)].filter((id) => !facts.askedAlready.includes(id)),
  }));
}

export type ConfirmFacts = { readonly state: ProjectState };
export type ConfirmProject = { readonly confirmed: boolean; readonly reason: string | null };

/** A school that was asked confirms, or declines with its reason; it may change its mind until submission. [PLN-02] */
export function confirmProject(
  { confirmed, reason }: ConfirmProject,
  { state }: ConfirmFacts,
): Decision<{ readonly answer: SchoolAnswer; readonly reason: string | null }> {
  const faults: Fault[] = [];
  if (state !== 'draft') {
    const told = { required: 'draft', actual: state };
    faults.push(fault(codes.PROJECT_STEP_NOT_NEXT, ['projectId'], told));
  }
  const why = reason?.trim() ? reason.trim() : null;
  if (!confirmed && why === null) faults.push(fault(codes.PROJECT_REASON_MISSING, ['reason']));
  return decide(faults, () => ({ answer: confirmed ? 'confirmed' : 'declined', reason: why }));
}
