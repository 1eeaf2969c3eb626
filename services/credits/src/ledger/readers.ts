/** Who may see a teacher's hours and credits: the teacher, the school, the region's bureaus and auditors. */
import { type By, bureaus, by } from '@shixun/runtime';

export const ledgerReaders: readonly By[] = [
  by('Teacher', 'own'),
  by('SchoolAdmin', 'school'),
  by('Auditor', 'region'),
  by('QualityMonitor', 'region'),
  ...bureaus,
];

/** Who may have the books recomputed. */
export const ledgerCheckers: readonly By[] = [by('Auditor', 'region'), ...bureaus];
