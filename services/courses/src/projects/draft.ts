import {
  type CivilDate,
  civilDateOf,
  type Decision,
  daysBetween,
  decide,
  type Fault,
  fault,
  type Instant,
  isWithin,
  regionPath,
  yearOf,
} from '@shixun/kernel';
import { type KnownRegions, regionFaults } from '../menus/region-faults.ts';
import { templateChoiceFaults } from '../modalities/publish.ts';
import { type Actor, actsForOwner, chains, ownerRole, ownsLevel, sectorOf } from './owner.ts';
import type { Audience, Channel, Level, Modality, Period, Sector, Stage, Step } from './project.ts';
import { codes } from './refusals.ts';

export type DraftProject = Period & {
  readonly title: string;
  readonly level: Level;
  readonly sector: Sector;
  readonly modality: Modality;
  /** A modality of the province's own, or its variant of one; none: the one that ships. [CRS-35] */
  readonly templateCode?: string | null;
  readonly channel: Channel;
  readonly stage: Stage;
  readonly subject: string;
  readonly audience: Audience;
  readonly contentCode: string;
  readonly ownerRegionCode: string;
  readonly schoolId: string | null;
  readonly keyProject: boolean;
  readonly year: number;
  readonly hoursCenti: number;
  /** Places planned before there are classes; null when not said yet. [PLN-08] */
  readonly plannedPlaces: number | null;
  /** Of its places, those a bureau or school fills 选派; null: all or none of them, as the channel says. [PLN-07] */
  readonly dispatchPlaces: number | null;
};

export type DraftFacts = {
  /** The school that the command names; null when it names none or none is known by that id. */
  readonly school: { readonly regionCode: string } | null;
  /** The newest version of the template that the command names; null when it names none or there is none. [CRS-35] */
  readonly template?: { readonly regionCode: string | null; readonly base: string } | null;
  /** What the official table says of the regions of the audience. [REG-01] */
  readonly known: KnownRegions;
};

export type ProjectDrafted = DraftProject & {
  readonly regionPath: readonly string[];
  readonly step: Step;
};

/** Starts a project at the level that will own it, if the sector has that level. [REG-01, REG-02, CRS-01] */
export function draftProject(
  command: DraftProject,
  { school, template = null, known }: DraftFacts,
  { actor, now }: { readonly actor: Actor; readonly now: Instant },
): Decision<ProjectDrafted> {
  const faults = [
    ...chainFaults(command),
    ...placeFaults(command, school),
    ...audienceFaults(command, known, civilDateOf(now)),
    ...dateFaults(command),
  ];
  const ownership = { ...command, institutionId: null };
  if (!actsForOwner(actor, ownership)) {
    const required = ownerRole(command.level);
    faults.push(fault(codes.PROJECT_STEP_OF_OTHERS, ['ownerRegionCode'], { required }));
  }
  const { templateCode = null, modality, ownerRegionCode } = command;
  faults.push(...templateChoiceFaults({ templateCode, modality, ownerRegionCode }, template));
  const { plannedPlaces, dispatchPlaces } = command;
  if ((dispatchPlaces ?? 0) > (plannedPlaces ?? 0)) {
    const figures = { required: plannedPlaces ?? 0, actual: dispatchPlaces ?? 0 };
    faults.push(fault(codes.PROJECT_DISPATCH_OVER_PLACES, ['dispatchPlaces'], figures));
  }
  return decide(faults, () => ({
    ...command,
    regionPath: regionPath(command.ownerRegionCode),
    step: {
      command: 'draftProject',
      from: null,
      to: 'draft',
      role: ownerRole(command.level),
      by: actor.subject,
      at: now,
      reason: null,
    },
  }));
}

function chainFaults({ level, sector, stage, ownerRegionCode }: DraftProject): Fault[] {
  const faults: Fault[] = [];
  if (!chains[sector].includes(level)) {
    const figures = { sector, required: chains[sector].join(', '), actual: level };
    faults.push(fault(codes.PROJECT_LEVEL_NOT_IN_SECTOR, ['level'], figures));
  }
  if (sectorOf(stage) !== sector) {
    const figures = { required: sector, actual: stage };
    faults.push(fault(codes.PROJECT_STAGE_NOT_IN_SECTOR, ['stage'], figures));
  }
  if (!ownsLevel(level, ownerRegionCode)) {
    const figures = { required: level, actual: ownerRegionCode };
    faults.push(fault(codes.PROJECT_OWNER_NOT_OF_LEVEL, ['ownerRegionCode'], figures));
  }
  return faults;
}

function placeFaults(command: DraftProject, school: DraftFacts['school']): Fault[] {
  const { level, schoolId, ownerRegionCode: required } = command;
  const faults: Fault[] = [];
  if ((level === 'school') !== (schoolId !== null) || (schoolId !== null && school === null)) {
    faults.push(fault(codes.PROJECT_SCHOOL_MISSING, ['schoolId']));
  } else if (school !== null && !isWithin(school.regionCode, required)) {
    const figures = { required, actual: school.regionCode };
    faults.push(fault(codes.PROJECT_SCHOOL_ELSEWHERE, ['schoolId'], figures));
  }
  return faults;
}

/** Each region lies in the owner's, stands in the official table, and is in force when the project begins. [REG-01] */
function audienceFaults(
  { audience, ownerRegionCode: required, startsOn }: DraftProject,
  known: KnownRegions,
  today: CivilDate,
): Fault[] {
  const onDay = { known, today: startsOn > today ? startsOn : today };
  return audience.regionCodes.flatMap((actual, index) => {
    const path = ['audience', 'regionCodes', String(index)];
    return isWithin(actual, required)
      ? regionFaults(actual, path, onDay)
      : [fault(codes.PROJECT_AUDIENCE_ELSEWHERE, path, { required, actual })];
  });
}

function dateFaults({ startsOn, endsOn, year }: DraftProject): Fault[] {
  const faults: Fault[] = [];
  if (daysBetween(startsOn, endsOn) < 0) {
    const figures = { actual: `${startsOn} – ${endsOn}` };
    faults.push(fault(codes.PROJECT_DATES_INVALID, ['endsOn'], figures));
  }
  if (yearOf(startsOn) !== year) {
    const figures = { required: yearOf(startsOn), actual: year };
    faults.push(fault(codes.PROJECT_YEAR_DIFFERS, ['year'], figures));
  }
  return faults;
}
