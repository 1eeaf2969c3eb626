/** Groups of trainees and their mentor teams: proposed by the system, adjustable, checked again when someone goes. [CRS-32, CRS-33] */
import { type Fault, fault, type PolicyFigures } from '@shixun/kernel';
import { countOf, ruledBy } from './checks.ts';
import { codes } from './refusals.ts';
import type { Grouping, TemplateContent } from './template.ts';

/** 三人行: one of each kind. */
export const mentorKinds = [
  'university_expert',
  'teaching_researcher',
  'frontline_teacher',
] as const;

export type TraineeGroup = {
  readonly number: number;
  readonly memberIds: readonly string[];
  /** One of the members; null where nobody leads. */
  readonly leaderId: string | null;
  readonly mentorIds: readonly string[];
};

/** A trainee, as far as grouping looks: the teacher, with what he or she teaches. */
export type Trainee = {
  readonly teacherId: string;
  readonly stage: string;
  readonly subjects: readonly string[];
};

export type Mentor = {
  readonly trainerId: string;
  readonly kind: string;
  readonly subjects: readonly string[];
};

export type GroupFacts = {
  readonly template: TemplateContent;
  readonly trainees: readonly Trainee[];
  readonly mentors: readonly Mentor[];
  readonly policy: Partial<PolicyFigures>;
};

type Sizes = { readonly min: number; readonly max: number };

export function sizesOf(grouping: Grouping, policy: Partial<PolicyFigures>): Sizes {
  const max = grouping.maxFigure === null ? 0 : countOf(grouping.maxFigure, policy);
  const min = countOf(grouping.minFigure, policy);
  return { min: Math.max(1, min), max: max > 0 ? max : Number.MAX_SAFE_INTEGER };
}

/** As few groups as the largest size allows: with ten the largest, 41 trainees make five groups. */
const unsizedGroup = 10;

/**
 * Trainees by stage and subject, so that a group has much in common, cut into even groups; each gets the mentor of every
 * kind who teaches its subjects and has the fewest groups so far. The same facts always give the same proposal.
 */
export function proposeGroups({ template, trainees, mentors, policy }: GroupFacts) {
  const { grouping } = template;
  if (grouping === null || trainees.length === 0) return [];
  const { min, max } = sizesOf(grouping, policy);
  const sorted = [...trainees].sort(
    (a, b) => compare(alike(a), alike(b)) || compare(a.teacherId, b.teacherId),
  );
  const size = Math.max(min, Math.min(max, unsizedGroup));
  const count = Math.max(1, Math.ceil(sorted.length / size));
  const load = new Map<string, number>();
  return Array.from({ length: count }, (_, index): TraineeGroup => {
    const from = Math.floor((index * sorted.length) / count);
    const members = sorted.slice(from, Math.floor(((index + 1) * sorted.length) / count));
    return {
      number: index + 1,
      memberIds: members.map(({ teacherId }) => teacherId),
      leaderId: grouping.leader ? (members[0]?.teacherId ?? null) : null,
      mentorIds: grouping.mentors ? mentorTeam(members, mentors, load) : [],
    };
  });
}

function mentorTeam(
  members: readonly Trainee[],
  mentors: readonly Mentor[],
  load: Map<string, number>,
): string[] {
  const wanted = new Set(members.flatMap(({ subjects }) => subjects));
  const fit = ({ subjects }: Mentor) => subjects.filter((subject) => wanted.has(subject)).length;
  return mentorKinds.flatMap((kind) => {
    const [best] = mentors
      .filter((mentor) => mentor.kind === kind)
      .sort(
        (a, b) =>
          Math.min(1, fit(b)) - Math.min(1, fit(a)) ||
          (load.get(a.trainerId) ?? 0) - (load.get(b.trainerId) ?? 0) ||
          fit(b) - fit(a) ||
          compare(a.trainerId, b.trainerId),
      );
    if (best === undefined) return [];
    load.set(best.trainerId, (load.get(best.trainerId) ?? 0) + 1);
    return [best.trainerId];
  });
}

/** What is not right with the groups as they stand; looked at when they are set, at the gate, and after each departure. */
export function groupFaults(groups: readonly TraineeGroup[], facts: GroupFacts): Fault[] {
  const { template, trainees, mentors, policy } = facts;
  const { grouping } = template;
  if (grouping === null) return [fault(codes.GROUPS_NOT_ASKED, ['classId'])];
  const known = new Set(trainees.map(({ teacherId }) => teacherId));
  const placed = groups.flatMap(({ memberIds }) => memberIds);
  const faults: Fault[] = [];
  const inGroup = new Set(placed.filter((id) => known.has(id)));
  if (inGroup.size < known.size || known.size === 0) {
    const figures = { required: known.size, actual: inGroup.size };
    faults.push(fault(codes.GROUPS_MISSING, ['groups'], figures));
  }
  for (const [at, actual] of placed.entries()) {
    if (known.has(actual) && placed.indexOf(actual) === at) continue;
    faults.push(fault(codes.GROUP_MEMBER_WRONG, ['groups'], { actual }));
  }
  const sizes = sizesOf(grouping, policy);
  for (const group of groups) {
    faults.push(...oneGroupFaults(group, { grouping, sizes, mentors }));
  }
  return faults.map((each) => ruledBy(each, template.rule));
}

function oneGroupFaults(
  { number: group, memberIds, leaderId, mentorIds }: TraineeGroup,
  asked: { grouping: Grouping; sizes: Sizes; mentors: readonly Mentor[] },
): Fault[] {
  const { grouping, sizes, mentors } = asked;
  const faults: Fault[] = [];
  const path = ['groups', String(group - 1)];
  const actual = memberIds.length;
  if (actual < sizes.min || actual > sizes.max) {
    const required =
      sizes.max === Number.MAX_SAFE_INTEGER ? `≥ ${sizes.min}` : `${sizes.min}–${sizes.max}`;
    faults.push(fault(codes.GROUP_SIZE_WRONG, path, { group, required, actual }));
  }
  if (grouping.leader && (leaderId === null || !memberIds.includes(leaderId))) {
    faults.push(fault(codes.GROUP_LEADER_MISSING, [...path, 'leaderId'], { group }));
  }
  if (!grouping.mentors) return faults;
  const kinds = mentorIds.map(
    (id) => mentors.find(({ trainerId }) => trainerId === id)?.kind ?? '—',
  );
  for (const required of mentorKinds) {
    if (kinds.includes(required)) continue;
    const figures = { group, required, actual: kinds.join(', ') || '—' };
    faults.push(fault(codes.GROUP_MENTOR_MISSING, [...path, 'mentorIds'], figures));
  }
  return faults;
}

/** The groups without those who left; a leader who left leaves the place open. */
export function withoutMembers(
  groups: readonly TraineeGroup[],
  left: ReadonlySet<string>,
): readonly TraineeGroup[] {
  return groups.map((group) => ({
    ...group,
    memberIds: group.memberIds.filter((id) => !left.has(id)),
    leaderId: group.leaderId !== null && left.has(group.leaderId) ? null : group.leaderId,
  }));
}

const alike = ({ stage, subjects }: Trainee) => `${stage}/${[...subjects].sort().join(',')}`;

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
