/** What evaluation knows of teachers, schools and institutions: the registry's latest word, without personal data. */
import { registry } from '@shixun/contracts';
import {
  defineCollection,
  type EventHandler,
  on,
  type ReceivedEvent,
  type RowBase,
} from '@shixun/runtime';

/** A teacher, as far as needs surveys ask. [PLN-01] */
export type TeacherRow = RowBase & {
  readonly status: string;
  readonly stage: string;
  readonly subjects: readonly string[];
  readonly careerStage: string;
  readonly schoolId: string;
  readonly regionCode: string;
};

const text = { type: String, required: true };

export const teachers = defineCollection<TeacherRow>(
  'teachers',
  {
    status: text,
    stage: text,
    subjects: { type: [String], required: true },
    careerStage: text,
    schoolId: text,
    regionCode: text,
  },
  [{ keys: { regionCode: 1, _id: 1 } }, { keys: { schoolId: 1, _id: 1 } }],
);

/** Where a school or an institution lies. */
export type PlaceRow = RowBase & { readonly name: string; readonly regionCode: string };

export const schools = defineCollection<PlaceRow>('schools', { name: text, regionCode: text }, []);
export const institutions = defineCollection<PlaceRow>(
  'institutions',
  { name: text, regionCode: text },
  [],
);

/** The last word on each thing in a batch: what an earlier event said need not be written. */
function newest<Data>(events: readonly ReceivedEvent<Data>[], key: keyof Data): readonly Data[] {
  return [...new Map(events.map(({ data }) => [data[key], data])).values()];
}

export const placeHandlers: readonly EventHandler[] = [
  on(registry.teacherRecorded, (events, unit) => {
    for (const data of newest(events, 'teacherId')) {
      const { teacherId: _id, status, stage, subjects, careerStage, schoolId, regionCode } = data;
      const fields = { status, stage, subjects, careerStage, schoolId, regionCode };
      unit.upsert(teachers, { _id }, { $set: fields });
    }
  }),
  on(registry.schoolRecorded, (events, unit) => {
    for (const { schoolId: _id, name, regionCode } of newest(events, 'schoolId')) {
      unit.upsert(schools, { _id }, { $set: { name, regionCode } });
    }
  }),
  on(registry.institutionRecorded, (events, unit) => {
    for (const { institutionId: _id, name, regionCode } of newest(events, 'institutionId')) {
      unit.upsert(institutions, { _id }, { $set: { name, regionCode } });
    }
  }),
];
