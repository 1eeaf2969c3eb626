/** Files as people have them, on a real MongoDB, by the very routes: dry run, both modes, the same file twice. [REG-06] */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  numberOf,
  RealImports,
  teacherHeader,
  teacherLine,
  workbookOf,
} from './imports/real-imports.example.ts';
import { as, city, county } from './real-registry.example.ts';
import { teachers } from './teachers/store.ts';

let real: RealImports;
let schoolId: string;

beforeAll(async () => {
  real = await RealImports.open();
  schoolId = await school('2114000001', '140105001');
  await school('2114000002', '140106001');
});
afterAll(() => real.close());

async function school(code: string, regionCode: string): Promise<string> {
  const input = { code, name: `学校${code}`, kind: 'PRIMARY', regionCode, rural: false };
  return (await real.registry.command(city, 'registerSchool', input, 'school { id }')).school.id;
}

const countTeachers = () => real.registry.db.model(teachers).countDocuments({});
const lines = (from: number, count: number) =>
  Array.from({ length: count }, (_, at) => teacherLine(from + at));

describe('from the dry run to the record', () => {
  test('REG-06: the dry run writes nothing; the application writes all; the same file again changes nothing', async () => {
    const file = await workbookOf([teacherHeader, ...lines(0, 3)]);
    const { id } = await real.dryRun(county, file);
    expect(await real.see(county, id)).toMatchObject({
      state: 'VALIDATED',
      rowsTotal: 3,
      validated: { read: 3, valid: 3, faulty: 0, added: 3 },
      applied: { read: 0 },
    });
    expect(await countTeachers()).toBe(0);
    expect(await real.apply(county, id, 'ALL_OR_NOTHING')).toEqual([]);
    await real.work();
    expect(await real.see(county, id)).toMatchObject({ state: 'APPLIED', applied: { added: 3 } });
    expect(await countTeachers()).toBe(3);

    const told = (await real.registry.told()).length;
    const audited = (await real.registry.audited()).filter(
      ({ command }) => command === 'applyImport',
    );
    expect(audited.filter(({ facts }) => facts.includes('"verdict":"added"'))).toHaveLength(3);
    const again = await real.dryRun(county, file);
    await real.apply(county, again.id, 'ALL_OR_NOTHING');
    await real.work();
    expect(await real.see(county, again.id)).toMatchObject({
      state: 'APPLIED',
      sameAs: id,
      applied: { read: 3, unchanged: 3, added: 0, changed: 0 },
    });
    expect(await countTeachers()).toBe(3);
    expect(await real.registry.told()).toHaveLength(told);
    expect((await real.result(county, again.id)).slice(1).map((row) => row[7])).toEqual(
      Array(3).fill('无变化 unchanged'),
    );
  });
});
