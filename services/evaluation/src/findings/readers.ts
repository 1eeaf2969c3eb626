import { type By, bureaus, by } from '@shixun/runtime';

/** Who sees the findings of a region's subtree: its bureaus, the quality monitor, the auditor. */
export const findingOverseers: readonly By[] = [
  ...bureaus,
  by('QualityMonitor', 'region'),
  by('Auditor', 'region'),
];

/** And the school or institution that was ordered to put one right: its own, and no other. */
export const findingReaders: readonly By[] = [
  ...findingOverseers,
  by('SchoolAdmin', 'school'),
  by('InstitutionAdmin', 'institution'),
];
