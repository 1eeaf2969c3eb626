import { type By, bureaus, by } from '@shixun/runtime';

/** Who sees the findings of a region's subtree: its bureau, the quality monitor, the auditor. */
export const findingReaders: readonly By[] = [
  ...bureaus,
  by('QualityMonitor', 'region'),
  by('Auditor', 'region'),
];
