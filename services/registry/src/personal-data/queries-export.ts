import type { Database, RowBase } from '@shixun/runtime';
import type { TeacherRow } from '../teachers/store.ts';
import { corrections, disclosures } from './store.ts';

/** The newest that many of each kind; more than one person's record ever has. */
const rowsMax = 1_000;

/**
 * Everything the registry holds about a person, as JSON text: the record with the numbers open, who read them, and
 * the corrections. The sealed forms and the index say nothing to their owner and stay out. [GOV-03]
 */
export async function registryExport(
  of: {
    readonly teacher: TeacherRow | null;
    readonly identityNumber: string | null;
    readonly phone: string | null;
  },
  db: Database,
): Promise<string> {
  const { teacher, identityNumber, phone } = of;
  if (teacher === null) return '{}';
  const {
    _id,
    identitySealed,
    identityIndex,
    phoneSealed,
    identityMasked,
    phoneMasked,
    ...record
  } = teacher;
  const newest = async (name: string, by: string): Promise<RowBase[]> =>
    db.connection
      .collection<RowBase>(name)
      .find({ teacherId: _id } as object, { projection: { identitySealed: 0, phoneSealed: 0 } })
      .sort({ [by]: -1, _id: -1 })
      .limit(rowsMax)
      .toArray();
  return JSON.stringify(
    {
      teacher: { id: _id, ...record, identityNumber, phone },
      disclosures: await newest(disclosures.name, 'at'),
      corrections: await newest(corrections.name, 'requestedAt'),
    },
    null,
    2,
  );
}
