import type { CivilDate } from '../civil-date.ts';
import type { PolicyFigures } from './figures.ts';

/** One published version of a region's policy 政策: only the figures that it sets itself. */
export type PolicyVersion = {
  /** `shanxi-2023@1`: what a decision records, so that it can be explained years later. */
  readonly id: string;
  readonly profile: string;
  /** GB/T 2260 code of the region that owns it; `000000` for the national base. */
  readonly regionCode: string;
  readonly effectiveFrom: CivilDate;
  /** Id of the version it was written over; null for the national base. */
  readonly base: string | null;
  readonly figures: Partial<PolicyFigures>;
};
