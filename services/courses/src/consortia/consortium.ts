/**
 * A consortium 联合体 carries a project: a leading university, an online provider, a development centre and practice
 * schools, each with its phase, its duties, its hours and its money. [REG-18]
 */
import { centiText, type Decision, decide, type Fault, fault } from '@shixun/kernel';
import type { Candidate } from '../projects/commission.ts';
import { universityFaults } from '../projects/commission.ts';
import type { Modality, Period } from '../projects/project.ts';
import { codes } from './refusals.ts';

export const memberRoles = [
  'leading_university',
  'online_provider',
  'development_centre',
  'practice_school',
] as const;
export type MemberRole = (typeof memberRoles)[number];

/** What one member does: a phase of the project, with duties, hours and money of its own. */
export type ConsortiumMember = Period & {
  readonly institutionId: string;
  readonly role: MemberRole;
  /** Name of the phase 阶段, e.g. 集中研修. */
  readonly phase: string;
  readonly modality: Modality;
  readonly duties: string;
  readonly hoursCenti: number;
  readonly amountCents: number;
};

export type RecordConsortium = {
  readonly projectId: string;
  /** The money of the whole project, which the members share out to the cent. */
  readonly amountCents: number;
  readonly members: readonly ConsortiumMember[];
};

export type ConsortiumFacts = {
  readonly project: Period & { readonly state: string; readonly hoursCenti: number };
  /** What is known of the members, by id, with their kinds. */
  readonly institutions: ReadonlyMap<string, Candidate & { readonly kind: string }>;
};

export type ConsortiumRecorded = RecordConsortium & { readonly leaderId: string };

const kindsOf: Readonly<Record<MemberRole, readonly string[]>> = {
  leading_university: ['normal_university', 'university'],
  online_provider: ['online_provider'],
  development_centre: ['development_centre'],
  practice_school: ['practice_base'],
};

/** States in which the members may still change: nobody has been commissioned yet. */
const openStates = ['draft', 'submitted', 'approved'];

export function recordConsortium(
  command: RecordConsortium,
  facts: ConsortiumFacts,
): Decision<ConsortiumRecorded> {
  const { members } = command;
  const { project } = facts;
  const faults: Fault[] = [];
  if (!openStates.includes(project.state)) {
    const figures = { required: openStates.join(' / '), actual: project.state };
    faults.push(fault(codes.CONSORTIUM_FIXED, ['projectId'], figures));
  }
  const leaders = [
    ...new Set(
      members
        .filter(({ role }) => role === 'leading_university')
        .map(({ institutionId }) => institutionId),
    ),
  ];
  const [leaderId = ''] = leaders;
  if (leaders.length !== 1) {
    const figures = { required: 1, actual: leaders.length };
    faults.push(fault(codes.CONSORTIUM_LEADERS, ['members'], figures));
  }
  if (new Set(members.map(({ institutionId }) => institutionId)).size < 2) {
    faults.push(fault(codes.CONSORTIUM_ALONE, ['members'], { required: 2, actual: 1 }));
  }
  faults.push(...members.flatMap((member, index) => memberFaults(member, index, facts)));
  faults.push(...sumFaults(command, facts));
  return decide(faults, () => ({ ...command, leaderId }));
}

function memberFaults(
  { institutionId, role, phase, startsOn, endsOn }: ConsortiumMember,
  index: number,
  { project, institutions }: ConsortiumFacts,
): readonly Fault[] {
  const path = ['members', String(index)];
  const institution = institutions.get(institutionId);
  const faults: Fault[] = [];
  if (institution === undefined) {
    const figures = { actual: institutionId };
    faults.push(fault(codes.CONSORTIUM_MEMBER_UNKNOWN, [...path, 'institutionId'], figures));
  } else {
    if (!kindsOf[role].includes(institution.kind)) {
      const figures = { required: kindsOf[role].join(' / '), actual: institution.kind };
      faults.push(fault(codes.CONSORTIUM_ROLE_OF_OTHERS, [...path, 'role'], figures));
    }
    faults.push(...universityFaults(institution, [...path, 'institutionId']));
  }
  if (startsOn > endsOn || startsOn < project.startsOn || endsOn > project.endsOn) {
    const figures = {
      phase,
      required: `${project.startsOn} – ${project.endsOn}`,
      actual: `${startsOn} – ${endsOn}`,
    };
    faults.push(fault(codes.CONSORTIUM_PHASE_OUTSIDE, [...path, 'startsOn'], figures));
  }
  return faults;
}

/** Hours and money are shared out exactly: nothing is left over, nothing is promised twice. */
function sumFaults(
  { members, amountCents }: RecordConsortium,
  { project }: ConsortiumFacts,
): readonly Fault[] {
  const hours = members.reduce((sum, { hoursCenti }) => sum + hoursCenti, 0);
  const money = members.reduce((sum, member) => sum + member.amountCents, 0);
  const faults: Fault[] = [];
  if (hours !== project.hoursCenti) {
    const figures = { required: centiText(project.hoursCenti), actual: centiText(hours) };
    faults.push(fault(codes.CONSORTIUM_HOURS_DIFFER, ['members'], figures));
  }
  if (money !== amountCents) {
    const figures = { required: centiText(amountCents), actual: centiText(money) };
    faults.push(fault(codes.CONSORTIUM_MONEY_DIFFERS, ['members'], figures));
  }
  return faults;
}
