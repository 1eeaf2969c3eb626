/** Who may bring a file, apply it, and get it back; and when it goes. [REG-01, GOV-03] */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { as, city, county, province } from '../real-registry.example.ts';
import { schools } from '../schools/store.ts';
import { RealImports, teacherHeader, teacherLine, workbookOf } from './real-imports.example.ts';

let real: RealImports;

beforeAll(async () => {
  real = await RealImports.open();
});
afterAll(() => real.close());

describe('who may', () => {
  test('REG-01: a school brings its own teachers and nothing else; a bureau its own area', async () => {
    const found = await real.registry.db.model(schools).findOne({ code: '2114000001' }).lean();
    const schoolId = String(found?._id);
    const own = as('SchoolAdmin', { schoolId });
    const file = await workbookOf([
      teacherHeader,
      teacherLine(500),
      teacherLine(501, '2114000002'),
    ]);
    const input = { regionCode: undefined, schoolId };
    const { id } = await real.dryRun(own, file, input);
    expect(await real.faults(own, id)).toEqual(['D3 IMPORT_OUTSIDE_AREA']);
    expect((await real.create(own, { ...input, kind: 'SCHOOLS' })).refusals).toMatchObject([
      { code: 'IMPORT_KIND_FORBIDDEN' },
    ]);
    const outside = await real.create(county, { regionCode: '140106' });
    expect(outside.refusals).toMatchObject([{ code: 'NOT_FOUND' }]);
  });

  test('GOV-03: who brought the file applies it and gets it back, nobody else; those above see how it went', async () => {
    const { id } = await real.dryRun(county, await workbookOf([teacherHeader, teacherLine(510)]));
    const above = 'query ($id: ID!) { import(id: $id) { state resultPath } }';
    const seen = await real.registry.ask(province, above, { id });
    expect(seen.data.import).toEqual({ state: 'VALIDATED', resultPath: null });
    expect(await real.apply(city, id, 'ALL_OR_NOTHING')).toMatchObject([{ code: 'NOT_FOUND' }]);
    const other = as('CountyAdmin', { regionCode: '140106' });
    const list = await real.registry.ask(other, '{ imports { edges { node { id } } } }');
    expect(list.data.imports.edges).toEqual([]);
  });

  test('GOV-03: links hold for their one thing; a file comes once', async () => {
    const { path, id } = await real.create(county);
    const file = await workbookOf([teacherHeader, teacherLine(520)]);
    const forged = path.replace(/signature=.{4}/, 'signature=AAAA');
    expect((await real.upload(forged, file)).status).toBe(403);
    expect((await real.upload(path, file)).status).toBe(202);
    expect((await real.upload(path, file)).status).toBe(409);
    await real.work();
    const asResult = path.replace('/file?', '/result?');
    expect((await real.app.inject({ method: 'GET', url: asResult })).statusCode).toBe(403);
    const folder = join(real.folder, 'imports', id);
    const [only = ''] = await readdir(folder);
    const raw = await readFile(join(folder, only));
    expect(raw.subarray(0, 4).toString()).toBe('SHX1');
  });

  test('GOV-03: when the time is over the file is gone, and that there was an import stays', async () => {
    const { id } = await real.dryRun(county, await workbookOf([teacherHeader, teacherLine(530)]));
    const now = real.registry.now;
    const { removeOldFiles } = await import('./working/removal.ts');
    await removeOldFiles(real.room);
    expect(await readdir(join(real.folder, 'imports', id))).toHaveLength(1);
    real.registry.now = new Date(now.getTime() + 32 * 86_400_000);
    await removeOldFiles(real.room);
    expect(await readdir(join(real.folder, 'imports', id))).toEqual([]);
    expect(await real.see(county, id)).toMatchObject({ state: 'REMOVED', resultPath: null });
    real.registry.now = now;
  });
});
