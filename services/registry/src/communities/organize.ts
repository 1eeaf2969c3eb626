/** A county groups its schools into areas 片区; workshops stand in a school or a region. Members follow the registry. [REG-14] */
import {
  type Decision,
  decide,
  type Fault,
  fault,
  isWithin,
  type RegionLevel,
} from '@shixun/kernel';
import { codes } from './refusals.ts';

export type SetArea = {
  readonly countyCode: string;
  readonly name: string;
  /** All schools of the area from now on; none dissolves it. */
  readonly schoolIds: readonly string[];
};

export type SetAreaFacts = {
  readonly countyLevel: RegionLevel | undefined;
  readonly schools: readonly {
    readonly id: string;
    readonly regionCode: string;
    readonly state?: string;
  }[];
  /** Schools named that are in another area, by id. */
  readonly elsewhere: readonly string[];
};

export function setArea(
  command: SetArea,
  { countyLevel, schools, elsewhere }: SetAreaFacts,
): Decision<SetArea> {
  const faults: Fault[] = [];
  if (countyLevel !== 'county') {
    const figures = { required: 'county', actual: countyLevel ?? 'none' };
    faults.push(fault(codes.AREA_NOT_OF_COUNTY, ['countyCode'], figures));
  }
  for (const [index, schoolId] of command.schoolIds.entries()) {
    const path = ['schoolIds', String(index)];
    const school = schools.find(({ id }) => id === schoolId);
    if (school === undefined || (school.state ?? 'open') !== 'open') {
      faults.push(fault(codes.AREA_SCHOOL_UNKNOWN, path, { actual: schoolId }));
    } else if (!isWithin(school.regionCode, command.countyCode)) {
      const figures = { required: command.countyCode, actual: school.regionCode };
      faults.push(fault(codes.AREA_SCHOOL_ELSEWHERE, path, figures));
    }
    if (elsewhere.includes(schoolId)) {
      faults.push(fault(codes.AREA_SCHOOL_TAKEN, path, { actual: schoolId }));
    }
  }
  return decide(faults, () => command);
}

export type OpenWorkshop = {
  readonly name: string;
  readonly hostTeacherId: string;
  readonly subject: string;
  readonly stage: string;
  readonly regionCode: string;
  readonly schoolId: string | null;
};

export type OpenWorkshopFacts = {
  readonly host: {
    readonly status: string;
    readonly regionCode: string;
    readonly schoolId: string;
  };
};

/** The host is one of those among whom the workshop is held. */
export function openWorkshop(
  command: OpenWorkshop,
  { host }: OpenWorkshopFacts,
): Decision<OpenWorkshop> {
  const faults: Fault[] = [];
  if (host.status !== 'active') {
    const figures = { required: 'active', actual: host.status };
    faults.push(fault(codes.HOST_NOT_ACTIVE, ['hostTeacherId'], figures));
  }
  const { regionCode, schoolId } = command;
  const inside =
    isWithin(host.regionCode, regionCode) && (schoolId === null || schoolId === host.schoolId);
  if (!inside) {
    const figures = { required: schoolId ?? regionCode, actual: host.regionCode };
    faults.push(fault(codes.HOST_ELSEWHERE, ['hostTeacherId'], figures));
  }
  return decide(faults, () => command);
}
