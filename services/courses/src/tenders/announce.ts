import {
  type CivilDate,
  type Fault,
  fault,
  type Instant,
  type PolicyFigures,
  startOfDay,
} from '@shixun/kernel';
import { codes } from './refusals.ts';
import type { Criterion } from './tender.ts';

export type AnnounceTender = {
  readonly projectId: string;
  readonly closesAt: Instant;
  readonly budgetCeilingCents: number | null;
  readonly requirements: string;
  readonly criteria: readonly Criterion[];
};

type TenderFigures = Pick<PolicyFigures, 'tenderNoticeMinDays' | 'tenderGradeWeightPercent'>;

const dayMs = 86_400_000;

/** Everything that speaks against an announcement: its closing time and its weights. [CRS-02] */
export function announcementFaults(
  { closesAt, criteria }: AnnounceTender,
  project: { readonly startsOn: CivilDate },
  policy: TenderFigures,
  now: Instant,
): readonly Fault[] {
  const faults: Fault[] = [];
  const days = Math.floor((closesAt.getTime() - now.getTime()) / dayMs);
  if (days < policy.tenderNoticeMinDays) {
    const figures = { required: policy.tenderNoticeMinDays, actual: days };
    faults.push(fault(codes.TENDER_CLOSES_TOO_SOON, ['closesAt'], figures));
  }
  if (closesAt >= startOfDay(project.startsOn)) {
    const figures = { required: project.startsOn, actual: closesAt.toISOString() };
    faults.push(fault(codes.TENDER_CLOSES_TOO_LATE, ['closesAt'], figures));
  }
  const grade = policy.tenderGradeWeightPercent;
  const sum = criteria.reduce((total, { weightPercent }) => total + weightPercent, grade);
  if (sum !== 100) {
    const figures = { grade, required: '100 %', actual: `${sum} %` };
    faults.push(fault(codes.TENDER_WEIGHTS_WRONG, ['criteria'], figures));
  }
  const seen = new Set<string>();
  for (const [index, { code }] of criteria.entries()) {
    if (seen.has(code)) {
      const path = ['criteria', String(index), 'code'];
      faults.push(fault(codes.TENDER_CRITERION_TWICE, path, { actual: code }));
    }
    seen.add(code);
  }
  return faults;
}
