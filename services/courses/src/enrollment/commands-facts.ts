/** Reads what enrollment decides on, for many teachers and classes at once. */

import type { CivilDate, PolicyFigures } from '@shixun/kernel';
import type { CommandContext } from '@shixun/runtime';
import type { MenuItemRow } from '../menus/store.ts';
import type { TeacherRow } from '../projections/teachers.ts';
import type { TrainingClassRow } from '../projects/store.ts';
import type { EligibilityFacts } from './eligibility.ts';
import type { Seats } from './seating.ts';
import type { CommitmentEntry, SeatsRow } from './store.ts';

/** The places of a class, from its plan and its counters. */
export function seatsOf(
  trainingClass: Pick<TrainingClassRow, 'capacity' | 'quotas'>,
  row: SeatsRow | null,
): Seats {
  const { capacity, quotas } = trainingClass;
  const taken = row?.taken ?? 0;
  return { capacity, quotas, taken, takenByQuota: row?.takenByQuota ?? quotas.map(() => 0) };
}

/** The rows that enrollment is decided on; the class without what enrollment does not look at. */
export type EligibilityRows = {
  readonly item: Pick<MenuItemRow, 'opensAt' | 'closesAt' | 'staggers'>;
  readonly trainingClass: Pick<TrainingClassRow, (typeof classFields)[number] | '_id'>;
  readonly teacher: TeacherRow;
  readonly commitments: readonly CommitmentEntry[];
  readonly sessionsOf: (classId: string) => TrainingClassRow['sessions'];
};

/** What enrollment reads of a class; its sessions come apart, for those whom they could clash with. */
export const classFields = [
  'projectId',
  'institutionId',
  'ownerRegionCode',
  'capacity',
  'quotas',
  'state',
  'audience',
  'contentCode',
  'channel',
  'year',
  'modality',
  'opensOn',
  'closesOn',
] as const;

/** What speaks for or against one teacher and one class on a menu: for the menu's reasons and for enrollment alike. */
export function eligibilityFactsOf(
  { item, trainingClass, teacher, commitments, sessionsOf }: EligibilityRows,
  policies: CommandContext['policies'],
  date: CivilDate,
): EligibilityFacts & { readonly limits: PolicyFigures; readonly policyVersion: string } {
  const policy = policies.effective(teacher.regionCode, date);
  const { state, audience, ownerRegionCode, contentCode, year } = trainingClass;
  const classId = trainingClass._id;
  const others = commitments.map((entry) => ({ ...entry, sessions: sessionsOf(entry.classId) }));
  return {
    window: { opensAt: item.opensAt, closesAt: item.closesAt, staggers: item.staggers ?? [] },
    trainingClass: {
      classId,
      state,
      audience,
      ownerRegionCode,
      contentCode,
      year,
      sessions: others.length === 0 ? [] : sessionsOf(classId),
    },
    teacher: { ...teacher, teacherId: teacher._id },
    commitments: others,
    limits: policy.figures,
    policyVersion: policy.versionId,
  };
}
