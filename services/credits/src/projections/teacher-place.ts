/** A teacher in this subgraph: the id, and where the person belongs at present, for the access table. */
import type { GraphContext } from '@shixun/runtime';
import type { Sector } from '../standing/standing.ts';
import { teachers } from './teachers.ts';

export type TeacherPlace = {
  readonly id: string;
  /** Null, like the next two, as long as the registry's event hasn't come. */
  readonly sector: Sector | null;
  readonly schoolId: string | null;
  readonly regionCode: string | null;
};

/** By the id of a merged record, the person's surviving one. [REG-16] */
export async function teacherPlace(context: GraphContext, askedId: string): Promise<TeacherPlace> {
  const id = context.persons.survivorOf(askedId);
  const teacher = await context.loadOne(teachers, id);
  return {
    id,
    sector: teacher?.sector ?? null,
    schoolId: teacher?.schoolId ?? null,
    regionCode: teacher?.regionCode ?? null,
  };
}

/** The teacher's own id and those of the records merged into it: one person, one standing. [REG-16] */
export async function identitiesOf(context: GraphContext, id: string): Promise<string[]> {
  const found = [id];
  for (const known of found) {
    const merged = await context.loadMany(teachers, 'mergedInto', known);
    found.push(...merged.map((each) => each._id).filter((each) => !found.includes(each)));
  }
  return found;
}
