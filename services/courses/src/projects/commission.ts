import { type Fault, fault, type Qualification, qualificationCovers } from '@shixun/kernel';
import type { Modality, Period, Stage } from './project.ts';
import { codes } from './refusals.ts';

export type CommissionedProject = Period & {
  readonly level: string;
  readonly stage: Stage;
  readonly subject: string;
  readonly modality: Modality;
};

/** An institution as far as it matters to whoever commissions it. */
export type Candidate = {
  readonly _id: string;
  /** The university of which it is a department or college. */
  readonly parentInstitutionId?: string | null;
  readonly qualification: Qualification | null;
};

/** A phase 阶段 of a project that one member of a consortium carries out. */
export type CommissionedPart = Period & {
  readonly phase: string;
  readonly modality: Modality;
  readonly candidate: Candidate;
};

/** The consortium that carries a project, with what is known of its members. */
export type CommissionedConsortium = {
  readonly leaderId: string;
  readonly parts: readonly CommissionedPart[];
};

/**
 * Everything that speaks against commissioning: a college in the place of its university [REG-17], a qualification
 * that falls short of the project [REG-08]; with a consortium another than its leader, and each member's
 * qualification held against its own phase. [REG-18]
 */
export function commissionFaults(
  project: CommissionedProject,
  candidate: Candidate,
  consortium: CommissionedConsortium | null = null,
): readonly Fault[] {
  if (consortium === null) {
    return [
      ...universityFaults(candidate, ['institutionId']),
      ...qualificationFaults(project, candidate.qualification),
    ];
  }
  const { leaderId, parts } = consortium;
  const leads = candidate._id === leaderId;
  const figures = { required: leaderId, actual: candidate._id };
  return [
    ...(leads ? [] : [fault(codes.CONSORTIUM_LEADER_DIFFERS, ['institutionId'], figures)]),
    ...parts.flatMap((part, index) => memberFaults(project, part, index)),
  ];
}

/**
 * Everything in which an institution's qualification falls short of a project: state, level, stage, subject,
 * modality and the whole duration, each with what is asked, what there is and what is missing. [REG-08]
 */
export function qualificationFaults(
  project: CommissionedProject,
  qualification: Qualification | null,
): readonly Fault[] {
  const need = { ...project, opensOn: project.startsOn, closesOn: project.endsOn };
  return qualificationCovers(qualification, need).map((uncovered) =>
    fault(codes.INSTITUTION_NOT_QUALIFIED, ['institutionId'], { ...uncovered }),
  );
}

/** The same for one member and its phase: modality and days are the phase's, all else is the project's. [REG-18] */
function memberFaults(
  project: CommissionedProject,
  { phase, modality, startsOn, endsOn, candidate }: CommissionedPart,
  index: number,
): readonly Fault[] {
  const path = ['consortium', 'members', String(index)];
  const need = { ...project, modality, opensOn: startsOn, closesOn: endsOn };
  return [
    ...universityFaults(candidate, path),
    ...qualificationCovers(candidate.qualification, need).map((uncovered) =>
      fault(codes.CONSORTIUM_MEMBER_NOT_QUALIFIED, path, {
        member: candidate._id,
        phase,
        ...uncovered,
      }),
    ),
  ];
}

/** A department or college signs nothing: its university does. [REG-17] */
export function universityFaults(candidate: Candidate, path: readonly string[]): readonly Fault[] {
  const university = candidate.parentInstitutionId ?? null;
  if (university === null) return [];
  const figures = { required: university, actual: candidate._id };
  return [fault(codes.UNIVERSITY_PART_COMMISSIONED, path, figures)];
}
