/** Communities as they follow from the registry: nothing about membership is kept. [REG-14] */
import { regionPath } from '@shixun/kernel';
import { type GraphContext, within } from '@shixun/runtime';
import { regions } from '../regions/store.ts';
import { schools } from '../schools/store.ts';
import { type TeacherRow, teachers } from '../teachers/store.ts';
import { type AreaRow, areas, type WorkshopRow, workshops } from './store.ts';

export type CommunityKind = 'personal_space' | 'workshop' | 'school' | 'area' | 'region';

export type Community = {
  readonly kind: CommunityKind;
  readonly id: string;
  readonly name: string | null;
  /** Who belongs to it, in the words of the teachers' collection. */
  readonly members: Readonly<Record<string, unknown>>;
  /** The communities that it is part of, the nearest first. */
  readonly above: readonly (readonly [CommunityKind, string])[];
};

const active = { status: 'active' } as const;

export async function communityOf(
  context: GraphContext,
  kind: CommunityKind,
  id: string,
): Promise<Community | null> {
  switch (kind) {
    case 'region': {
      const row = await context.loadOne(regions, id);
      if (row === null) return null;
      const above = row.parentCode === null ? [] : [['region', row.parentCode] as const];
      const members = { ...active, regionCode: within(id) };
      return { kind, id, name: row.name, members, above };
    }
    case 'area': {
      const row = await context.loadOne(areas, id);
      return row === null ? null : areaCommunity(row);
    }
    case 'school':
      return schoolCommunity(context, id);
    case 'workshop': {
      const row = await context.loadOne(workshops, id);
      return row === null ? null : workshopCommunity(row);
    }
    case 'personal_space': {
      const row = await context.loadOne(teachers, id);
      return row === null || row.status === 'merged' ? null : personalSpace(context, row);
    }
  }
}

export function areaCommunity({ _id: id, name, countyCode, schoolIds }: AreaRow): Community {
  const members = { ...active, schoolId: { $in: schoolIds } };
  return { kind: 'area', id, name, members, above: [['region', countyCode]] };
}

export function workshopCommunity(row: WorkshopRow): Community {
  const { _id: id, name, subject, stage, regionCode, schoolId } = row;
  const place = schoolId === null ? { regionCode: within(regionCode) } : { schoolId };
  return {
    kind: 'workshop',
    id,
    name,
    members: { ...active, ...place, stage, subjects: subject },
    above: [schoolId === null ? ['region', regionCode] : ['school', schoolId]],
  };
}

async function schoolCommunity(context: GraphContext, id: string): Promise<Community | null> {
  const school = await context.loadOne(schools, id);
  if (school === null) return null;
  const found = await context.db.model(areas).collection.findOne({ schoolIds: id } as never);
  const area = found as AreaRow | null;
  const county = regionPath(school.regionCode).slice(0, 3).at(-1) ?? school.regionCode;
  return {
    kind: 'school',
    id,
    name: school.name,
    members: { ...active, schoolId: id },
    above: [area === null ? ['region', county] : ['area', area._id]],
  };
}

/** A person's own space: above it the workshops of the own subjects, then the school. */
async function personalSpace(context: GraphContext, row: TeacherRow): Promise<Community> {
  const held = (await context.db
    .model(workshops)
    .collection.find({ regionCode: { $in: regionPath(row.regionCode) } } as never)
    .sort({ regionCode: 1, schoolId: 1, _id: 1 })
    .toArray()) as unknown as WorkshopRow[];
  const own = held.filter(
    ({ schoolId, stage, subject }) =>
      (schoolId === null || schoolId === row.schoolId) &&
      stage === row.stage &&
      row.subjects.includes(subject),
  );
  return {
    kind: 'personal_space',
    id: row._id,
    name: null,
    members: { _id: row._id },
    above: [...own.map(({ _id }) => ['workshop', _id] as const), ['school', row.schoolId]],
  };
}
