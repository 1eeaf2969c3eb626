import {
  addDays,
  type CivilDate,
  type Decision,
  daysBetween,
  decide,
  type Fault,
  fault,
  isWithin,
  type PolicyFigures,
  regionLevel,
  regionPath,
} from '@shixun/kernel';
import { codes } from './refusals.ts';
import type { NeedsAudience, NeedsSurveyState, OwnerKind } from './survey.ts';

export type OpenNeedsSurvey = {
  readonly closesOn: CivilDate | null;
  /** Of each stratum, in percent; 100 asks everybody. */
  readonly samplePercent: number;
  readonly audience: NeedsAudience;
};

/** Who asks. */
export type SurveyOwner = {
  readonly kind: OwnerKind;
  readonly regionCode: string;
  readonly schoolId: string | null;
  readonly institutionId: string | null;
};

type WindowFigures = Pick<PolicyFigures, 'needsSurveyOpenDaysMin'>;

export type NeedsOpeningFacts = {
  readonly owner: SurveyOwner;
  readonly questionnaire: {
    readonly purpose: string;
    readonly regionCode: string;
    readonly schoolId: string | null;
    readonly institutionId: string | null;
    readonly succeededBy: string | null;
  };
  /** Regions of the schools that the audience names; undefined where there is no such school. */
  readonly schoolRegions: readonly (string | undefined)[];
  readonly figures: WindowFigures;
};

export type NeedsSurveyOpened = {
  readonly audience: NeedsAudience;
  readonly samplePercent: number;
  readonly opensOn: CivilDate;
  readonly closesOn: CivilDate;
};

/** Begins a survey: from here on the frame is listed and the sample drawn; then the invitations go out. [PLN-01] */
export function openNeedsSurvey(
  command: OpenNeedsSurvey,
  facts: NeedsOpeningFacts,
  today: CivilDate,
): Decision<NeedsSurveyOpened> {
  const { samplePercent } = command;
  const audience = audienceOf(command.audience, facts);
  const earliest = addDays(today, facts.figures.needsSurveyOpenDaysMin - 1);
  const closesOn = command.closesOn ?? earliest;
  const faults = [
    ...questionnaireFaults(facts),
    ...sectorFaults(audience, facts),
    ...audienceFaults(audience, facts),
  ];
  if (daysBetween(earliest, closesOn) < 0) {
    const figures = { required: earliest, actual: closesOn };
    faults.push(fault(codes.NEEDS_WINDOW_TOO_SHORT, ['closesOn'], figures));
  }
  if (samplePercent < 1 || samplePercent > 100) {
    const figures = { required: '1–100 %', actual: `${samplePercent} %` };
    faults.push(fault(codes.NEEDS_SHARE_OUT_OF_RANGE, ['samplePercent'], figures));
  }
  return decide(faults, () => ({ audience, samplePercent, opensOn: today, closesOn }));
}

/** A school asks its own teachers; a region named within another one is asked once. */
function audienceOf(asked: NeedsAudience, { owner }: NeedsOpeningFacts): NeedsAudience {
  if (owner.kind === 'school') {
    return { ...asked, regionCodes: [owner.regionCode], schoolIds: [owner.schoolId ?? ''] };
  }
  const named = asked.regionCodes.length > 0 ? asked.regionCodes : [owner.regionCode];
  const regionCodes = [...new Set(named)].filter(
    (code) => !named.some((other) => other !== code && isWithin(code, other)),
  );
  return { ...asked, regionCodes, schoolIds: [...new Set(asked.schoolIds)] };
}

function questionnaireFaults({ owner, questionnaire }: NeedsOpeningFacts): Fault[] {
  const { purpose, schoolId, institutionId, succeededBy } = questionnaire;
  const faults: Fault[] = [];
  const shared = schoolId === null && institutionId === null;
  const reachable = shared
    ? regionPath(owner.regionCode).includes(questionnaire.regionCode)
    : schoolId === owner.schoolId && institutionId === owner.institutionId;
  if (purpose !== 'needs' || !reachable) {
    faults.push(fault(codes.NEEDS_QUESTIONNAIRE_UNFIT, ['questionnaireId']));
  }
  if (succeededBy !== null) {
    const figures = { required: succeededBy };
    faults.push(fault(codes.NEEDS_QUESTIONNAIRE_SUCCEEDED, ['questionnaireId'], figures));
  }
  return faults;
}

/** The levels of bureaus that the sectors beside basic education have. [REG-02] */
const levelsOf: Readonly<Record<string, readonly string[]>> = {
  vocational: ['province', 'city'],
  higher: ['province'],
};

/** A bureau asks no teachers of a sector that does not have its level; schools and institutions are no level of it. */
function sectorFaults(audience: NeedsAudience, { owner }: NeedsOpeningFacts): Fault[] {
  if (owner.kind !== 'bureau') return [];
  const actual = regionLevel(owner.regionCode) ?? 'none';
  return audience.stages.flatMap((sector, index) => {
    const levels = levelsOf[sector];
    if (levels === undefined || levels.includes(actual)) return [];
    const path = ['audience', 'stages', String(index)];
    const figures = { sector, required: levels.join(', '), actual };
    return [fault(codes.NEEDS_SECTOR_WITHOUT_LEVEL, path, figures)];
  });
}

function audienceFaults(
  audience: NeedsAudience,
  { owner, schoolRegions }: NeedsOpeningFacts,
): Fault[] {
  const required = owner.regionCode;
  const outside = audience.regionCodes.flatMap((actual, index) =>
    isWithin(actual, required)
      ? []
      : [
          fault(codes.NEEDS_AUDIENCE_ELSEWHERE, ['audience', 'regionCodes', String(index)], {
            required,
            actual,
          }),
        ],
  );
  if (owner.kind === 'school') return outside;
  const strangers = audience.schoolIds.flatMap((actual, index) => {
    const region = schoolRegions[index];
    const inside = region !== undefined && audience.regionCodes.some((at) => isWithin(region, at));
    const path = ['audience', 'schoolIds', String(index)];
    return inside ? [] : [fault(codes.NEEDS_AUDIENCE_ELSEWHERE, path, { required, actual })];
  });
  return [...outside, ...strangers];
}

export type NeedsClosingFacts = {
  readonly state: NeedsSurveyState;
  readonly opensOn: CivilDate;
  readonly closesOn: CivilDate;
  readonly figures: WindowFigures;
};

/**
 * Ends the taking of answers, on the last day or before it once the policy's days are over. After the last day the
 * platform does it by itself. [PLN-01]
 */
export function closeNeedsSurvey(
  { state, opensOn, closesOn, figures }: NeedsClosingFacts,
  today: CivilDate,
): Decision<{ readonly closesOn: CivilDate }> {
  const faults: Fault[] = [];
  if (state !== 'open') {
    const told = { required: 'open', actual: state };
    faults.push(fault(codes.NEEDS_SURVEY_NOT_OPEN, ['surveyId'], told));
  }
  const first = addDays(opensOn, figures.needsSurveyOpenDaysMin);
  if (today < first && today <= closesOn) {
    const told = { required: addDays(first, -1), actual: today };
    faults.push(fault(codes.NEEDS_CLOSING_TOO_EARLY, ['surveyId'], told));
  }
  return decide(faults, () => ({ closesOn: today < closesOn ? today : closesOn }));
}
