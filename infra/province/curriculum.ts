import { recordSampleStandards } from '@shixun/courses/bulk';
import { runUnit, type ServiceRoom } from '@shixun/runtime';

/** Puts a sample of curriculum standards into the library of courses, once. [CRS-20] */
export async function loadSampleStandards({
  db,
  run,
}: Pick<ServiceRoom, 'db' | 'run'>): Promise<number> {
  return runUnit(db, recordSampleStandards, run);
}
