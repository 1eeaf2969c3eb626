/** Reads what enrollment decides on, for many teachers and classes at once. */

import { civilDateOf, type Instant } from '@shixun/kernel';
import type { CommandContext } from '@shixun/runtime';
import type { MenuItemRow } from '../menus/store.ts';
import type { TeacherRow } from '../projections/teachers.ts';
import type { TrainingClassRow } from '../projects/store.ts';
import type { EligibilityFacts } from './eligibility.ts';
import type { Seats } from './seating.ts';
import type { CommitmentEntry, SeatsRow } from './store.ts';

/** The places of a class, from its plan and its counters. */
export function seatsOf(trainingClass: TrainingClassRow, row: SeatsRow | null): Seats {
  const { capacity, quotas } = trainingClass;
  const taken = row?.taken ?? 0;
  return { capacity, quotas, taken, takenByQuota: row?.takenByQuota ?? quotas.map(() => 0) };
}

/** What speaks for or against one teacher and one class on a menu: for the menu's reasons and for enrollment alike. */
export function eligibilityFactsOf(
  rows: {
    readonly item: MenuItemRow;
    readonly trainingClass: TrainingClassRow;
    readonly teacher: TeacherRow;
    readonly commitments: readonly CommitmentEntry[];
    readonly classOf: (classId: string) => TrainingClassRow | undefined;
  },
  policies: CommandContext['policies'],
  now: Instant,
): EligibilityFacts & { readonly policyVersion: string } {
  const { item, trainingClass, teacher, commitments } = rows;
  const policy = policies.effective(teacher.regionCode, civilDateOf(now));
  return {
    window: { opensAt: item.opensAt, closesAt: item.closesAt },
    trainingClass: { ...trainingClass, classId: trainingClass._id },
    teacher: { ...teacher, teacherId: teacher._id },
    commitments: commitments.map((entry) => ({
      ...entry,
      sessions: rows.classOf(entry.classId)?.sessions ?? [],
    })),
    limits: policy.figures,
    policyVersion: policy.versionId,
  };
}
