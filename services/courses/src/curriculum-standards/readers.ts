import type { Unit } from '@shixun/runtime';
import type { PlanContent } from '../plans/plan.ts';
import { curriculumStandards, type StandardRow } from './store.ts';

/** The codes of the standards that a plan names. */
export function topicsOffered({ modules }: PlanContent): readonly string[] {
  return [
    ...new Set(
      modules.flatMap(({ topics = [] }) => topics.map(({ standardCode }) => standardCode)),
    ),
  ];
}

/** Every version of the standards of these codes. */
export async function versionsNamed(
  unit: Unit,
  standardCodes: readonly string[],
): Promise<readonly StandardRow[]> {
  if (standardCodes.length === 0) return [];
  return unit.find(curriculumStandards, { code: { $in: standardCodes } });
}
