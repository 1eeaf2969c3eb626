/** A person's right to have the own record put right: asked for by the owner, decided by who keeps it. [GOV-03] */
import { type CivilDate, type Decision, decide, type Fault, fault } from '@shixun/kernel';
import { identityNumberFaults, normalizeIdentityNumber } from '../teachers/identity-number.ts';
import { isPhone, normalizePhone } from '../teachers/phone.ts';
import { codes as teacherCodes } from '../teachers/refusals.ts';
import { identityCodes } from '../teachers/register.ts';
import { holdsNumber } from './disclose.ts';
import { codes } from './refusals.ts';

/** What is to stand in the record; null leaves as it is. */
export type Correction = {
  readonly name: string | null;
  readonly identityNumber: string | null;
  readonly phone: string | null;
};

export type AskCorrection = Correction & { readonly reason: string };

export type AskFacts = {
  readonly erased: boolean;
  /** The id of a correction that still waits; null when there is none. */
  readonly open: string | null;
  readonly identityNumberTaken: boolean;
};

/** Numbers in their normal form, checked as at the registration. */
export function askCorrection(
  command: AskCorrection,
  facts: AskFacts,
  today: CivilDate,
): Decision<AskCorrection> {
  const { name, reason } = command;
  const identityNumber =
    command.identityNumber === null ? null : normalizeIdentityNumber(command.identityNumber);
  const phone = command.phone === null ? null : normalizePhone(command.phone);
  const faults: Fault[] = [];
  if (facts.erased) faults.push(fault(codes.PERSONAL_DATA_ERASED, []));
  if (facts.open !== null) faults.push(fault(codes.CORRECTION_OPEN, [], { actual: facts.open }));
  if (name === null && identityNumber === null && phone === null) {
    faults.push(fault(codes.CORRECTION_EMPTY, []));
  }
  if (identityNumber !== null) {
    for (const part of identityNumberFaults(identityNumber, today)) {
      const figures = part === 'length' ? { required: 18, actual: identityNumber.length } : {};
      faults.push(fault(identityCodes[part], ['identityNumber'], figures));
    }
    if (facts.identityNumberTaken) {
      faults.push(fault(teacherCodes.IDENTITY_NUMBER_TAKEN, ['identityNumber']));
    }
  }
  if (phone !== null && !isPhone(phone)) faults.push(fault(teacherCodes.PHONE_INVALID, ['phone']));
  if (holdsNumber(reason)) faults.push(fault(codes.PURPOSE_HOLDS_NUMBER, ['reason']));
  return decide(faults, () => ({ name, identityNumber, phone, reason }));
}

export type DecideCorrection = { readonly accept: boolean; readonly note: string };

export type DecideFacts = {
  readonly state: 'requested' | 'applied' | 'declined';
  readonly erased: boolean;
  /** Somebody else has come to hold the number since it was asked for. */
  readonly identityNumberTaken: boolean;
};

/** Whether what was asked for comes into the record. */
export function decideCorrection(
  command: DecideCorrection,
  facts: DecideFacts,
): Decision<DecideCorrection> {
  const faults: Fault[] = [];
  if (facts.state !== 'requested') {
    faults.push(fault(codes.CORRECTION_DECIDED, ['correctionId'], { actual: facts.state }));
  }
  if (holdsNumber(command.note)) faults.push(fault(codes.PURPOSE_HOLDS_NUMBER, ['note']));
  if (command.accept && facts.erased) {
    faults.push(fault(codes.PERSONAL_DATA_ERASED, ['correctionId']));
  }
  if (command.accept && facts.identityNumberTaken) {
    faults.push(fault(teacherCodes.IDENTITY_NUMBER_TAKEN, ['correctionId']));
  }
  return decide(faults, () => command);
}
