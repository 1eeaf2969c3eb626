/** A county names the one institution that plans, organises and serves whole-staff training. [REG-15] */
import {
  type CivilDate,
  type Decision,
  decide,
  type Fault,
  fault,
  isWithin,
  regionLevel,
} from '@shixun/kernel';
import { codes } from './refusals.ts';

/** A body that went into the centre: a teacher school 教师进修学校, a research office 教研室 … */
export type FormerBody = {
  readonly name: string;
  /** The body as an institution of the registry, if it was one. */
  readonly institutionId: string | null;
  readonly mergedOn: CivilDate;
};

export type DesignateCentre = {
  readonly countyCode: string;
  readonly institutionId: string;
  readonly from: CivilDate;
  readonly formerBodies: readonly FormerBody[];
};

export type DesignateCentreFacts = {
  readonly institution: { readonly kind: string; readonly regionCode: string };
  /** The centre that stands; null without one. */
  readonly standing: { readonly institutionId: string; readonly from: CivilDate } | null;
};

export function designateCentre(
  command: DesignateCentre,
  { institution, standing }: DesignateCentreFacts,
): Decision<DesignateCentre> {
  const { countyCode, institutionId, from } = command;
  const faults: Fault[] = [];
  const level = regionLevel(countyCode) ?? 'none';
  if (level !== 'county') {
    const figures = { required: 'county', actual: level };
    faults.push(fault(codes.CENTRE_NOT_OF_COUNTY, ['countyCode'], figures));
  }
  if (institution.kind !== 'development_centre') {
    const figures = { required: 'development_centre', actual: institution.kind };
    faults.push(fault(codes.CENTRE_KIND, ['institutionId'], figures));
  }
  if (!isWithin(institution.regionCode, countyCode)) {
    const figures = { required: countyCode, actual: institution.regionCode };
    faults.push(fault(codes.CENTRE_ELSEWHERE, ['institutionId'], figures));
  }
  if (standing?.institutionId === institutionId) {
    faults.push(fault(codes.CENTRE_SAME, ['institutionId']));
  }
  if (standing !== null && from <= standing.from) {
    const figures = { required: standing.from, actual: from };
    faults.push(fault(codes.CENTRE_BEFORE_STANDING, ['from'], figures));
  }
  for (const [index, body] of command.formerBodies.entries()) {
    const path = ['formerBodies', String(index)];
    if (body.institutionId === institutionId) {
      faults.push(fault(codes.FORMER_BODY_IS_CENTRE, path, { actual: body.name }));
    }
    if (body.mergedOn > from) {
      const figures = { required: from, actual: body.mergedOn };
      faults.push(fault(codes.FORMER_BODY_LATER, path, figures));
    }
  }
  return decide(faults, () => command);
}
