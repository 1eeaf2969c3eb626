/** Registers a teacher: the identity number is checked part by part and unique. [REG-05] */
import {
  type CivilDate,
  type Decision,
  decide,
  type Fault,
  fault,
  type RefusalCode,
  type RegionLevel,
} from '@shixun/kernel';
import { hasSay, type Sector, sectorChain } from '../regions/sector-chain.ts';
import { closedSchoolFaults } from './career.ts';
import {
  type IdentityFault,
  identityNumberFaults,
  normalizeIdentityNumber,
} from './identity-number.ts';
import { isPhone, normalizePhone } from './phone.ts';
import { codes } from './refusals.ts';
import { type Profession, sectorOf } from './teacher.ts';

export type RegisterTeacher = Profession & {
  readonly name: string;
  /** As typed; full-width digits, spaces and a lower-case x are understood. */
  readonly identityNumber: string;
  readonly phone: string | null;
  readonly schoolId: string;
  /** First day at the school. */
  readonly since: CivilDate;
};

export type RegisterTeacherFacts = {
  readonly school: {
    readonly sector: Sector;
    readonly regionCode: string;
    /** Open when not said. */
    readonly state?: string;
  };
  readonly identityNumberTaken: boolean;
  /** True when the caller administers the school itself. */
  readonly actsForSchool: boolean;
  /** Levels on which the caller is the bureau of the school's region. */
  readonly bureauLevels: readonly RegionLevel[];
};

/** Identity number and phone in their normal form, ready to be sealed. */
export type TeacherRegistered = RegisterTeacher & { readonly sector: Sector };

export function registerTeacher(
  command: RegisterTeacher,
  facts: RegisterTeacherFacts,
  today: CivilDate,
): Decision<TeacherRegistered> {
  const identityNumber = normalizeIdentityNumber(command.identityNumber);
  const phone = command.phone === null ? null : normalizePhone(command.phone);
  const { sector } = facts.school;
  const faults: Fault[] = [];
  if (!facts.actsForSchool && !hasSay(sector, facts.bureauLevels)) {
    const required = sectorChain[sector].join(' / ');
    const actual = facts.bureauLevels.join(' / ') || '—';
    faults.push(fault(codes.TEACHER_SECTOR_WITHOUT_LEVEL, ['schoolId'], { required, actual }));
  }
  faults.push(...closedSchoolFaults(facts.school, ['schoolId']));
  for (const part of identityNumberFaults(identityNumber, today)) {
    const figures = part === 'length' ? { required: 18, actual: identityNumber.length } : {};
    faults.push(fault(identityCodes[part], ['identityNumber'], figures));
  }
  if (facts.identityNumberTaken) {
    faults.push(fault(codes.IDENTITY_NUMBER_TAKEN, ['identityNumber']));
  }
  if (phone !== null && !isPhone(phone)) faults.push(fault(codes.PHONE_INVALID, ['phone']));
  if (sectorOf(command.stage) !== sector) {
    const figures = { required: sector, actual: command.stage };
    faults.push(fault(codes.STAGE_OUTSIDE_SECTOR, ['stage'], figures));
  }
  return decide(faults, () => ({ ...command, identityNumber, phone, sector }));
}

export const identityCodes: Readonly<Record<IdentityFault, RefusalCode>> = {
  length: codes.IDENTITY_NUMBER_LENGTH,
  characters: codes.IDENTITY_NUMBER_CHARACTERS,
  address: codes.IDENTITY_NUMBER_ADDRESS,
  birth_date: codes.IDENTITY_NUMBER_BIRTH_DATE,
  check_digit: codes.IDENTITY_NUMBER_CHECK_DIGIT,
};
