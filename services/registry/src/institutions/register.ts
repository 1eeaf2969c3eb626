/**
 * Registers an institution with what it applies for: its life begins as "applied". [REG-08] A department or college
 * is recorded as a part of its university and applies for nothing. [REG-17]
 */
import {
  type CivilDate,
  type Decision,
  daysBetween,
  decide,
  type Fault,
  fault,
} from '@shixun/kernel';
import { type InstitutionKind, type QualificationRecord, universityKinds } from './institution.ts';
import { type AskedScope, scopeFaults } from './qualification-scope.ts';
import { codes } from './refusals.ts';

export type RegisterInstitution = {
  readonly name: string;
  readonly kind: InstitutionKind;
  readonly regionCode: string;
  /** The university of which it is a department or college; null for every other institution. */
  readonly parentInstitutionId: string | null;
  /** What it applies for; null for a part of a university. */
  readonly scope: AskedScope | null;
};

export type InstitutionRegistered = Omit<RegisterInstitution, 'scope'> & {
  readonly qualification: QualificationRecord;
};

export type RegistrationFacts = {
  readonly regionKnown: boolean;
  /** The institution named as parent; null when there is none of that id. */
  readonly parent: {
    readonly kind: InstitutionKind;
    readonly parentInstitutionId?: string | null;
  } | null;
};

export function registerInstitution(
  command: RegisterInstitution,
  facts: RegistrationFacts,
  today: CivilDate,
): Decision<InstitutionRegistered> {
  const { scope, ...profile } = command;
  const faults: Fault[] = [];
  if (!facts.regionKnown) {
    const actual = command.regionCode;
    faults.push(fault(codes.INSTITUTION_REGION_UNKNOWN, ['regionCode'], { actual }));
  }
  faults.push(...parentFaults(command, facts));
  if (scope !== null) faults.push(...scopeFaults(scope, today));
  return decide(faults, () => ({ ...profile, qualification: qualificationOf(scope, today) }));
}

function parentFaults(
  { parentInstitutionId, scope }: RegisterInstitution,
  { parent }: RegistrationFacts,
): readonly Fault[] {
  if (parentInstitutionId === null) {
    return scope === null ? [fault(codes.SCOPE_MISSING, ['scope'])] : [];
  }
  const faults: Fault[] = [];
  const itself = (parent?.parentInstitutionId ?? null) === null;
  if (parent === null || !universityKinds.includes(parent.kind) || !itself) {
    const figures = { required: universityKinds.join(' / '), actual: parent?.kind ?? 'none' };
    faults.push(fault(codes.PARENT_NOT_A_UNIVERSITY, ['parentInstitutionId'], figures));
  }
  if (scope !== null) {
    faults.push(fault(codes.UNIVERSITY_PART, ['scope'], { required: parentInstitutionId }));
  }
  return faults;
}

/** A part of a university is in state "none", from which the life cycle has no row. */
function qualificationOf(scope: AskedScope | null, today: CivilDate): QualificationRecord {
  if (scope === null) {
    const nothing = { levels: [], stages: [], subjects: [], modalities: [] };
    return { ...nothing, validFrom: today, validTo: today, state: 'none', termDays: 0, run: [] };
  }
  const termDays = daysBetween(scope.validFrom, scope.validTo) + 1;
  return { ...scope, state: 'applied', termDays, run: [] };
}
