/** Reading a number that names a person: with a purpose, and recorded. [GOV-03] */
import { type Decision, decide, type Fault, fault } from '@shixun/kernel';
import type { PersonalField } from '../teachers/sealing.ts';
import { codes } from './refusals.ts';

export type Disclosed = { readonly field: PersonalField; readonly purpose: string };

export type DiscloseFacts = {
  readonly erased: boolean;
  /** True when a value of that field is recorded at all. */
  readonly recorded: boolean;
};

/** A run of seven digits or more, full-width ones included, is a number of somebody and no purpose. */
export function holdsNumber(text: string): boolean {
  return /\d{7}/.test(text.normalize('NFKC').replaceAll(/[\s-]/g, ''));
}

export function disclose(command: Disclosed, facts: DiscloseFacts): Decision<Disclosed> {
  const faults: Fault[] = [];
  if (holdsNumber(command.purpose)) faults.push(fault(codes.PURPOSE_HOLDS_NUMBER, ['purpose']));
  if (facts.erased) faults.push(fault(codes.PERSONAL_DATA_ERASED, ['teacherId']));
  else if (!facts.recorded) faults.push(fault(codes.PHONE_NOT_RECORDED, ['teacherId']));
  return decide(faults, () => command);
}

/** Erasing: the person's key is destroyed; the record and all that refers to it by id stay. */
export function erase(
  command: { readonly reason: string },
  facts: { readonly erased: boolean },
): Decision<{ readonly reason: string }> {
  const faults: Fault[] = [];
  if (holdsNumber(command.reason)) faults.push(fault(codes.PURPOSE_HOLDS_NUMBER, ['reason']));
  if (facts.erased) faults.push(fault(codes.PERSONAL_DATA_ERASED, ['teacherId']));
  return decide(faults, () => ({ reason: command.reason }));
}
