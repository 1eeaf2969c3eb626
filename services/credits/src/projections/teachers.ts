/** What credits knows of teachers, from the registry's events: sector, school, region; nothing personal. */
import { registry } from '@shixun/contracts';
import { defineCollection, type EventHandler, on, type Unit } from '@shixun/runtime';
import type { Sector } from '../standing/standing.ts';

export type Teacher = {
  /** The teacher's id. */
  readonly _id: string;
  /** Sequence of the newest event absorbed; an older one changes nothing. */
  readonly sequence: number;
  readonly status: 'active' | 'left' | 'retired' | 'merged';
  /** The record this one redirects to since they were merged. [REG-16] */
  readonly mergedInto: string | null;
  readonly sector: Sector;
  readonly schoolId: string;
  readonly regionCode: string;
};

const text = { type: String, required: true };

export const teachers = defineCollection<Teacher>(
  'teachers',
  {
    sequence: { type: Number, required: true },
    status: text,
    mergedInto: String,
    sector: text,
    schoolId: text,
    regionCode: text,
  },
  [{ keys: { mergedInto: 1 } }, { keys: { schoolId: 1, _id: 1 } }],
);

export const teacherRecordedHandler: EventHandler = on(
  registry.teacherRecorded,
  async (events, unit) => {
    const newest = new Map<string, Teacher>();
    for (const { data, envelope } of events) {
      const { teacherId, status, mergedInto, sector, schoolId, regionCode } = data;
      const sequence = Number(envelope.sequence);
      if ((newest.get(teacherId)?.sequence ?? -1) >= sequence) continue;
      const teacher = { sequence, status, mergedInto, sector, schoolId, regionCode };
      newest.set(teacherId, { _id: teacherId, ...teacher });
    }
    await keepNewest(newest, unit);
  },
);

async function keepNewest(newest: ReadonlyMap<string, Teacher>, unit: Unit): Promise<void> {
  const known = await unit.find(teachers, { _id: { $in: [...newest.keys()] } });
  const sequences = new Map(known.map((teacher) => [teacher._id, teacher.sequence]));
  for (const { _id, ...fields } of newest.values()) {
    if ((sequences.get(_id) ?? -1) >= fields.sequence) continue;
    unit.upsert(teachers, { _id }, { $set: fields });
  }
}
