/** Who may bring which file, and when it may be applied. [REG-01, REG-06] */
import { type Decision, decide, type Fault, fault } from '@shixun/kernel';
import type { ImportKind } from './columns.ts';
import { codes } from './refusals.ts';
import type { ImportCounts, ImportMode, ImportState } from './store.ts';

export type CreateImport = {
  readonly kind: ImportKind;
  readonly fileName: string;
  readonly regionCode: string | null;
  readonly schoolId: string | null;
};

/** A school imports its own teachers; everything else is a bureau's, for its own area. */
export function createImport(command: CreateImport): Decision<CreateImport> {
  const { kind, regionCode, schoolId } = command;
  const faults: Fault[] = [];
  if ((regionCode === null) === (schoolId === null)) {
    faults.push(fault(codes.IMPORT_SCOPE_MISSING, ['regionCode']));
  }
  if (schoolId !== null && kind !== 'teachers') {
    const figures = { required: 'teachers', actual: kind };
    faults.push(fault(codes.IMPORT_KIND_FORBIDDEN, ['kind'], figures));
  }
  return decide(faults, () => command);
}

export type ApplyFacts = { readonly state: ImportState; readonly validated: ImportCounts };

/** `withTransfers`: whether the moves are made that the dry run offers; null when that wasn't said. */
export type ApplyImport = { readonly mode: ImportMode; readonly withTransfers: boolean | null };

/** After the dry run; with faulty rows only where the valid ones alone were asked for, with transfers only as said. */
export function applyImport(command: ApplyImport, facts: ApplyFacts): Decision<ApplyImport> {
  const { state, validated } = facts;
  const { mode, withTransfers } = command;
  if (state !== 'validated') {
    const figures = { required: 'validated', actual: state };
    return decide([fault(codes.IMPORT_WRONG_STATE, ['importId'], figures)], () => command);
  }
  const faults: Fault[] = [];
  if (mode === 'all_or_nothing' && validated.faulty > 0) {
    const figures = { required: 0, actual: validated.faulty };
    faults.push(fault(codes.IMPORT_HAS_FAULTS, ['mode'], figures));
  }
  const transfers = validated.transferred ?? 0;
  const leftOut = withTransfers === true ? 0 : transfers;
  if (leftOut > 0 && (withTransfers === null || mode === 'all_or_nothing')) {
    const figures = { actual: transfers };
    faults.push(fault(codes.IMPORT_TRANSFERS_UNCONFIRMED, ['withTransfers'], figures));
  }
  const valid = validated.read - validated.faulty - (withTransfers === false ? transfers : 0);
  if (valid === 0) {
    faults.push(fault(codes.IMPORT_NOTHING_VALID, ['importId'], { required: 1, actual: valid }));
  }
  return decide(faults, () => command);
}
