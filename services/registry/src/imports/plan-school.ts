/** One row of a file of schools against what is on record. [REG-06] */
import { type Decision, decide, type Fault, fault, type RegionLevel } from '@shixun/kernel';
import type { SchoolKind } from '../schools/kinds.ts';
import { type RegisterSchool, registerSchool, type SchoolRegistered } from '../schools/register.ts';
import { type Area, isInArea } from './area.ts';
import type { RowValues } from './read-row.ts';
import { codes } from './refusals.ts';
import { schoolKindWords } from './words.ts';

export type KnownSchool = RegisterSchool & { readonly schoolId: string };

type CentralSchool = {
  readonly schoolId: string;
  readonly kind: SchoolKind;
  readonly regionCode: string;
};

export type SchoolFacts = {
  readonly area: Area;
  readonly regionKnown: boolean;
  readonly known: KnownSchool | null;
  /** On record, or in an earlier row of the file. */
  readonly centralSchool: CentralSchool | null;
  readonly bureauLevels: readonly RegionLevel[];
};

export type SchoolPlan =
  | { readonly verdict: 'added'; readonly school: SchoolRegistered }
  | { readonly verdict: 'changed'; readonly schoolId: string; readonly rural: boolean }
  | { readonly verdict: 'unchanged'; readonly schoolId: string };

export function planSchool(row: RowValues, facts: SchoolFacts): Decision<SchoolPlan> {
  const { area, known, centralSchool, regionKnown, bureauLevels } = facts;
  const command: RegisterSchool = {
    code: row.text('code') ?? '',
    name: row.text('name') ?? '',
    kind: row.word('kind', schoolKindWords) ?? 'primary',
    regionCode: row.text('regionCode') ?? '',
    rural: row.flag('rural') ?? known?.rural ?? false,
    centralSchoolId: centralSchool?.schoolId ?? null,
  };
  if (!isInArea(area, command) || (known !== null && !isInArea(area, known))) {
    const figures = { required: area.regionCode };
    return { accepted: false, faults: [fault(codes.IMPORT_OUTSIDE_AREA, ['regionCode'], figures)] };
  }
  if (known !== null) return planKnown(command, known);
  const decision = registerSchool(command, {
    regionKnown,
    codeTaken: false,
    centralSchool,
    bureauLevels,
  });
  if (!decision.accepted) return decision;
  return decide([], () => ({ verdict: 'added', school: decision.outcome }));
}

/** Name, kind, place and central school have commands of their own, which keep history. */
function planKnown(command: RegisterSchool, known: KnownSchool): Decision<SchoolPlan> {
  const fixed = ['name', 'kind', 'regionCode'] as const;
  const faults: Fault[] = fixed
    .filter((field) => command[field] !== known[field])
    .map((field) =>
      fault(codes.IMPORT_SCHOOL_DIFFERS, [field], {
        required: known[field],
        actual: command[field],
      }),
    );
  const { schoolId } = known;
  return decide(faults, () =>
    command.rural === known.rural
      ? { verdict: 'unchanged', schoolId }
      : { verdict: 'changed', schoolId, rural: command.rural },
  );
}

/** In which column of the file a fault of the decision lies. */
export const schoolColumnOf: Readonly<Record<string, string>> = {
  centralSchoolId: 'centralSchoolCode',
};
