/** What evaluation knows of projects, from the courses' events. */
import { courses } from '@shixun/contracts';
import { defineCollection, type EventHandler, on, type RowBase, type Unit } from '@shixun/runtime';

export type ProjectRow = RowBase & {
  /** Sequence of the newest event absorbed; an older one changes nothing. */
  readonly sequence: number;
  readonly title: string;
  readonly ownerRegionCode: string;
  /** Null until an institution is commissioned, and for school-based projects. */
  readonly institutionId: string | null;
  readonly level: string;
  readonly modality: string;
  readonly state: string;
  readonly keyProject: boolean;
  readonly year: number;
};

const text = { type: String, required: true };

export const projects = defineCollection<ProjectRow>(
  'projects',
  {
    sequence: { type: Number, required: true },
    title: text,
    ownerRegionCode: text,
    institutionId: { type: String, default: null },
    level: text,
    modality: text,
    state: text,
    keyProject: { type: Boolean, required: true },
    year: { type: Number, required: true },
  },
  [{ keys: { year: 1, ownerRegionCode: 1, _id: 1 } }],
);

export const projectRecordedHandler: EventHandler = on(
  courses.projectRecorded,
  async (events, unit) => {
    const rows = events.map(({ data, envelope }) => ({
      _id: data.projectId,
      sequence: Number(envelope.sequence),
      title: data.title,
      ownerRegionCode: data.ownerRegionCode,
      institutionId: data.institutionId,
      level: data.level,
      modality: data.modality,
      state: data.state,
      keyProject: data.keyProject,
      year: data.year,
    }));
    await keepNewest(rows, unit);
  },
);

async function keepNewest(rows: readonly ProjectRow[], unit: Unit): Promise<void> {
  const known = await unit.find(projects, { _id: { $in: rows.map(({ _id }) => _id) } });
  const newest = new Map(known.map(({ _id, sequence }) => [_id, sequence]));
  for (const { _id, ...fields } of rows) {
    if ((newest.get(_id) ?? 0) >= fields.sequence) continue;
    newest.set(_id, fields.sequence);
    unit.upsert(projects, { _id }, { $set: fields });
  }
}
