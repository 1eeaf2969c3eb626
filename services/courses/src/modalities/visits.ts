/** Visits 送教: days of each, and how many a township's teachers of a subject get in a year. [CRS-30] */
import {
  type Decision,
  daysBetween,
  decide,
  type Fault,
  fault,
  isWithin,
  type PolicyFigures,
  regionLevel,
  yearOf,
} from '@shixun/kernel';
import { codes } from './refusals.ts';

type Days = { readonly startsOn: string; readonly endsOn: string };

export type VisitFacts = {
  readonly trainingClass: {
    readonly modality: string;
    readonly opensOn: string;
    readonly closesOn: string;
    readonly ownerRegionCode: string;
  };
  /** Other visits of the class to the township. */
  readonly others: readonly Days[];
  readonly policy: Pick<PolicyFigures, 'visitMinDays'>;
};

export type Visit = Days & {
  readonly townshipCode: string;
  readonly countyCode: string;
  readonly year: number;
  readonly days: number;
};

/** A visit lasts at least the policy's days, in a township of those who own the project. [CRS-30] */
export function recordVisit(
  { townshipCode, startsOn, endsOn }: Days & { readonly townshipCode: string },
  { trainingClass, others, policy }: VisitFacts,
): Decision<Visit> {
  const faults: Fault[] = [];
  if (trainingClass.modality !== 'visiting') {
    const figures = { required: 'visiting', actual: trainingClass.modality };
    faults.push(fault(codes.VISIT_NOT_OF_PROJECT, ['classId'], figures));
  }
  const required = trainingClass.ownerRegionCode;
  if (regionLevel(townshipCode) !== 'township' || !isWithin(townshipCode, required)) {
    const figures = { required, actual: townshipCode };
    faults.push(fault(codes.VISIT_TOWNSHIP_WRONG, ['townshipCode'], figures));
  }
  const { opensOn, closesOn } = trainingClass;
  const days = daysBetween(startsOn, endsOn) + 1;
  const inside = opensOn <= startsOn && endsOn <= closesOn;
  const meets = others.some((each) => each.startsOn <= endsOn && startsOn <= each.endsOn);
  if (days < 1 || !inside || meets) {
    const figures = { required: `${opensOn} – ${closesOn}`, actual: `${startsOn} – ${endsOn}` };
    faults.push(fault(codes.VISIT_DATES_WRONG, ['startsOn'], figures));
  }
  if (days < policy.visitMinDays) {
    const figures = { required: policy.visitMinDays, actual: days };
    faults.push(fault(codes.VISIT_TOO_SHORT, ['endsOn'], figures));
  }
  return decide(faults, () => ({
    townshipCode,
    countyCode: townshipCode.slice(0, 6),
    startsOn,
    endsOn,
    days,
    year: yearOf(startsOn),
  }));
}

export type VisitCell = {
  readonly townshipCode: string;
  readonly subject: string;
  readonly visits: number;
  readonly days: number;
  /** What is asked for; 0 where it was waived for the project. */
  readonly required: number;
};

/** A township with teachers of the subject for whom a visiting project is. */
export type PlannedVisits = {
  readonly townshipCode: string;
  readonly subject: string;
  readonly projectId: string;
};

export type VisitYear = {
  readonly made: readonly (PlannedVisits & { readonly days: number })[];
  readonly planned: readonly PlannedVisits[];
  /** Projects whose figure is waived: they ask nothing of their townships. */
  readonly waived: ReadonlySet<string>;
};

/** By township and subject: what was visited, and what was planned for and never visited. */
export function cellsOf(
  { made, planned, waived }: VisitYear,
  visitsPerYearMin: number,
): readonly VisitCell[] {
  const keyOf = ({ townshipCode, subject }: PlannedVisits) => `${townshipCode}/${subject}`;
  const visitsOf = Map.groupBy(made, keyOf);
  const cells = Map.groupBy([...made, ...planned], keyOf);
  return [...cells]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([key, [first, ...others]]) => {
      if (first === undefined) return [];
      const { townshipCode, subject } = first;
      const own = visitsOf.get(key) ?? [];
      const days = own.reduce((sum, visit) => sum + visit.days, 0);
      const open = [first, ...others].every(({ projectId }) => !waived.has(projectId));
      const required = open ? visitsPerYearMin : 0;
      return [{ townshipCode, subject, visits: own.length, days, required }];
    });
}

/** Below what is asked for: a finding once the year is over, a mark in the matrix before. [CRS-30] */
export function cellFlags(cell: VisitCell, year: number): Fault[] {
  if (cell.visits >= cell.required) return [];
  const { townshipCode: township, subject, required, visits: actual } = cell;
  const figures = { township, subject, year, required, actual };
  return [fault(codes.VISITS_TOO_FEW, ['visits'], figures)];
}
