/** Where duplicates of a project are looked for, by commands and queries alike. */
import { regionPath } from '@shixun/kernel';
import type { ProjectState } from '../projects/project.ts';
import type { ProjectRow } from '../projects/store.ts';

/** A project that nobody has submitted is its owner's own thought; one that was turned down or cancelled won't be. */
const uncompared: readonly ProjectState[] = ['draft', 'rejected', 'cancelled'];

/** How many projects of one stage and subject are compared with one, the newest first. */
export const comparedMax = 500;

export function isCompared(state: ProjectState): boolean {
  return !uncompared.includes(state);
}

/** Projects of the same stage and subject in the region, below it or above it, that can have a day in common. */
export function candidatesFor(project: ProjectRow): Readonly<Record<string, unknown>> {
  const { ownerRegionCode, stage, subject, startsOn, endsOn, year } = project;
  const shared = {
    stage,
    subject,
    year: { $in: [year - 1, year, year + 1] },
    startsOn: { $lte: endsOn },
    endsOn: { $gte: startsOn },
    state: { $nin: uncompared },
  };
  const above = regionPath(ownerRegionCode).filter((code) => code !== ownerRegionCode);
  return {
    $or: [
      { regionPath: ownerRegionCode, ...shared },
      ...(above.length > 0 ? [{ ownerRegionCode: { $in: above }, ...shared }] : []),
    ],
  };
}
