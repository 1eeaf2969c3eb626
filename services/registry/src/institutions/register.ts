/** Registers an institution with what it applies for: its life begins as "applied". [REG-08] */
import { type CivilDate, type Decision, daysBetween, decide, fault } from '@shixun/kernel';
import type { InstitutionKind, QualificationRecord } from './institution.ts';
import { type AskedScope, scopeFaults } from './qualification-scope.ts';
import { codes } from './refusals.ts';

export type RegisterInstitution = {
  readonly name: string;
  readonly kind: InstitutionKind;
  readonly regionCode: string;
  readonly scope: AskedScope;
};

export type InstitutionRegistered = Omit<RegisterInstitution, 'scope'> & {
  readonly qualification: QualificationRecord;
};

export function registerInstitution(
  command: RegisterInstitution,
  facts: { readonly regionKnown: boolean },
  today: CivilDate,
): Decision<InstitutionRegistered> {
  const { scope, ...profile } = command;
  const unknown = fault(codes.INSTITUTION_REGION_UNKNOWN, ['regionCode'], {
    actual: command.regionCode,
  });
  const faults = [...(facts.regionKnown ? [] : [unknown]), ...scopeFaults(scope, today)];
  return decide(faults, () => ({
    ...profile,
    qualification: {
      ...scope,
      state: 'applied',
      termDays: daysBetween(scope.validFrom, scope.validTo) + 1,
      run: [],
    },
  }));
}
