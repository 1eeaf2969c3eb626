/** Registers a school: its code agrees with its kind and place, a teaching point has its central school. */
import {
  type Decision,
  decide,
  type Fault,
  fault,
  type RegionLevel,
  regionLevel,
} from '@shixun/kernel';
import { hasSay, sectorChain } from '../regions/sector-chain.ts';
import { needsCentralSchool, type SchoolKind, schoolKindFacts } from './kinds.ts';
import { codes } from './refusals.ts';

export type RegisterSchool = {
  readonly code: string;
  readonly name: string;
  readonly kind: SchoolKind;
  readonly regionCode: string;
  readonly rural: boolean;
  readonly centralSchoolId: string | null;
};

export type RegisterSchoolFacts = {
  readonly regionKnown: boolean;
  readonly codeTaken: boolean;
  /** The school named as central school; null when none is named or there is none of that id. */
  readonly centralSchool: {
    readonly kind: SchoolKind;
    readonly regionCode: string;
    readonly state?: string;
  } | null;
  /** Levels on which the caller is the bureau of the region. */
  readonly bureauLevels: readonly RegionLevel[];
};

export type SchoolRegistered = RegisterSchool & {
  readonly sector: 'basic' | 'vocational' | 'higher';
};

export function registerSchool(
  command: RegisterSchool,
  facts: RegisterSchoolFacts,
): Decision<SchoolRegistered> {
  const { sector } = schoolKindFacts[command.kind];
  const faults: Fault[] = [];
  if (!hasSay(sector, facts.bureauLevels)) {
    const figures = {
      required: sectorChain[sector].join(' / '),
      actual: facts.bureauLevels.join(' / ') || '—',
    };
    faults.push(fault(codes.SCHOOL_SECTOR_WITHOUT_LEVEL, ['kind'], figures));
  }
  if (!facts.regionKnown) {
    faults.push(fault(codes.SCHOOL_REGION_UNKNOWN, ['regionCode'], { actual: command.regionCode }));
  }
  faults.push(...schoolCodeFaults(command), ...centralSchoolFaults(command, facts));
  if (facts.codeTaken) {
    faults.push(fault(codes.SCHOOL_CODE_TAKEN, ['code'], { actual: command.code }));
  }
  return decide(faults, () => ({ ...command, sector }));
}

/** The 10-digit school code 学校标识码: two digits of class, two of province, six of sequence. */
function schoolCodeFaults(school: {
  readonly code: string;
  readonly kind: SchoolKind;
  readonly regionCode: string;
}): readonly Fault[] {
  const { code, kind, regionCode } = school;
  if (!/^\d{10}$/.test(code)) {
    const figures = { required: 10, actual: code };
    return [fault(codes.SCHOOL_CODE_LENGTH, ['code'], figures)];
  }
  const faults: Fault[] = [];
  const { classDigits } = schoolKindFacts[kind];
  if (!code.startsWith(classDigits)) {
    const figures = { required: classDigits, actual: code.slice(0, 2) };
    faults.push(fault(codes.SCHOOL_CODE_CLASS, ['code'], figures));
  }
  if (code.slice(2, 4) !== regionCode.slice(0, 2)) {
    const figures = { required: regionCode.slice(0, 2), actual: code.slice(2, 4) };
    faults.push(fault(codes.SCHOOL_CODE_PROVINCE, ['code'], figures));
  }
  return faults;
}

/** A teaching point or village school has the central school of its own township; others have none. [REG-04] */
export function centralSchoolFaults(
  command: Pick<RegisterSchool, 'kind' | 'regionCode' | 'centralSchoolId'>,
  facts: Pick<RegisterSchoolFacts, 'centralSchool'>,
): readonly Fault[] {
  const path = ['centralSchoolId'];
  if (!needsCentralSchool(command.kind)) {
    return command.centralSchoolId === null
      ? []
      : [fault(codes.CENTRAL_SCHOOL_NOT_ASKED, path, { actual: command.kind })];
  }
  const central = facts.centralSchool;
  if (central === null) {
    return [fault(codes.CENTRAL_SCHOOL_MISSING, path, { required: command.regionCode })];
  }
  const faults: Fault[] = [];
  if (central.kind !== 'central') {
    const figures = { required: 'central', actual: central.kind };
    faults.push(fault(codes.CENTRAL_SCHOOL_KIND, path, figures));
  }
  if (central.state !== undefined && central.state !== 'open') {
    const figures = { required: 'open', actual: central.state };
    faults.push(fault(codes.CENTRAL_SCHOOL_NOT_OPEN, path, figures));
  }
  const sameTownship =
    regionLevel(command.regionCode) === 'township' && central.regionCode === command.regionCode;
  if (!sameTownship) {
    const figures = { required: command.regionCode, actual: central.regionCode };
    faults.push(fault(codes.CENTRAL_SCHOOL_ELSEWHERE, path, figures));
  }
  return faults;
}
