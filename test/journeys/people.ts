/** People of the demo province whom a journey looks for by what they are. */
import type { Actor } from '@shixun/infra/story/world';
import type { TestPlatform } from './platform.ts';

type Teacher = {
  readonly _id: string;
  readonly name: string;
  readonly schoolId: string;
  readonly regionCode: string;
};

type Row = Record<string, unknown>;

const collectionOf = ({ services }: TestPlatform, name: string) =>
  services.registry.db.connection.collection<{ _id: string } & Row>(name);

export function signInTeacher({ signIn }: TestPlatform, id: string): Promise<Actor> {
  return signIn(id, [{ role: 'Teacher', personId: id }]);
}

/** Of each staff of ten, one may be away without the school's word. [PLN-09] */
const awayOneOf = 10;

/** Teachers of Chinese in primary schools of the county, no principals, no more of a school than may be away. */
export async function teachersOfChinese(
  platform: TestPlatform,
  { filter, count }: { readonly filter: Row; readonly count: number },
): Promise<readonly (Teacher & { readonly actor: Actor })[]> {
  const teachers = collectionOf(platform, 'teachers');
  const wanted = { stage: 'primary', subjects: 'chinese', principal: false, ...filter };
  const rows = (await teachers.find(wanted).sort({ _id: 1 }).toArray()) as unknown as Teacher[];
  const found: Teacher[] = [];
  for (const [schoolId, own] of Map.groupBy(rows, (row) => row.schoolId)) {
    const staff = await teachers.countDocuments({ schoolId });
    found.push(...own.slice(0, Math.floor(staff / awayOneOf)));
  }
  if (found.length < count) throw new Error(`${found.length} of ${count} teachers`);
  return Promise.all(
    found.slice(0, count).map(async (row) => ({
      ...row,
      actor: await signInTeacher(platform, row._id),
    })),
  );
}

/** Who speaks for a teacher's school. */
export async function schoolOf(platform: TestPlatform, teacherId: string): Promise<Actor> {
  const row = await collectionOf(platform, 'teachers').findOne({ _id: teacherId });
  const schoolId = String(row?.['schoolId']);
  return platform.signIn(`speaks-for-${schoolId}`, [{ role: 'SchoolAdmin', schoolId }]);
}

/** The principal 校长 of a school. */
export async function principalOf(platform: TestPlatform, schoolId: string): Promise<string> {
  const row = await collectionOf(platform, 'teachers').findOne({ schoolId, principal: true });
  if (row === null) throw new Error(`${schoolId} has no principal`);
  return row._id;
}

/** Members of the expert pool of a kind, at home in the province unless said otherwise. */
export async function experts(
  platform: TestPlatform,
  kind: string,
  filter: Row = { homeProvinceCode: '140000' },
): Promise<readonly string[]> {
  const wanted = { kind, inPool: true, ...filter };
  const rows = await collectionOf(platform, 'trainers').find(wanted).sort({ _id: 1 }).toArray();
  return rows.map(({ _id }) => _id);
}

/** The one expert of that place among those found. */
export function nth(ids: readonly string[], at: number): string {
  const id = ids[at];
  if (id === undefined) throw new Error(`there are ${ids.length}`);
  return id;
}
