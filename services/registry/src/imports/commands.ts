import { addDays, civilDateOf, startOfDay } from '@shixun/kernel';
import { type Caller, defineCommand, notFound } from '@shixun/runtime';
import { z } from 'zod';
import { regions } from '../regions/store.ts';
import { schools } from '../schools/store.ts';
import type { ActingGrant } from './area.ts';
import { importKinds } from './columns.ts';
import { applyImport, createImport } from './decide.ts';
import { type ImportRow, imports, noCounts } from './store.ts';

export type ImportAnswer = { readonly importId: string };

/** An import to which no file came goes after a day; a file that came stays as long as UPLOAD_KEPT_DAYS says. */
const awaitedDays = 2;

const acting = ['ProvinceAdmin', 'CityAdmin', 'CountyAdmin', 'SchoolAdmin'];

export const createImportCommand = defineCommand({
  name: 'createImport',
  input: z.strictObject({
    kind: z.enum(importKinds),
    fileName: z.string().trim().min(1).max(200),
    regionCode: nullable(z.string().regex(/^\d{6}(\d{3})?$/)),
    schoolId: nullable(z.string().max(64)),
  }),
  gather: async (input, unit, { caller }) => {
    const { regionCode, schoolId } = input;
    const school = schoolId === null ? null : await unit.findById(schools, schoolId);
    if (schoolId !== null && school === null) return notFound('school', schoolId, ['schoolId']);
    const region = regionCode === null ? null : await unit.findById(regions, regionCode);
    if (regionCode !== null && region === null) return notFound('school', regionCode, []);
    return { school, grants: actingGrants(caller), createdBy: caller?.subject ?? '' };
  },
  scope: ({ school }, { regionCode }) => ({
    regionCode: regionCode ?? school?.regionCode,
    schoolId: school?._id,
  }),
  decide: (input) => createImport(input),
  record: ({ kind, fileName, regionCode }, { school, grants, createdBy }, unit): ImportAnswer => {
    const _id = unit.newId('import');
    unit.insert(imports, {
      _id,
      kind,
      state: 'awaiting_file',
      fileName,
      regionCode: regionCode ?? school?.regionCode ?? '',
      schoolId: school?._id ?? null,
      createdBy,
      grants,
      createdAt: unit.now,
      file: null,
      mode: null,
      withTransfers: null,
      validated: noCounts,
      applied: noCounts,
      doneRow: 0,
      batches: 0,
      rowsTotal: null,
      refusals: [],
      leaseToken: null,
      leaseUntil: new Date(0),
      finishedAt: null,
      removeAt: startOfDay(addDays(civilDateOf(unit.now), awaitedDays)),
    });
    return { importId: _id };
  },
  stream: (_facts, _outcome, { importId }) => importId,
});

export const applyImportCommand = defineCommand({
  name: 'applyImport',
  input: z.strictObject({
    importId: z.string().max(64),
    mode: z.enum(['all_or_nothing', 'valid_rows_only']),
    withTransfers: nullable(z.boolean()),
  }),
  gather: async ({ importId }, unit) =>
    (await unit.findById(imports, importId)) ?? notFound('import', importId, ['importId']),
  // Who brought the file answers for it: nobody else applies it.
  scope: ({ createdBy }) => ({ personId: createdBy }),
  decide: (input, row) => applyImport(input, row),
  record: ({ mode, withTransfers }, row: ImportRow, unit): ImportAnswer => {
    unit.update(
      imports,
      { _id: row._id, state: row.state },
      {
        $set: { state: 'applying', mode, withTransfers, doneRow: 0, batches: 0, finishedAt: null },
      },
    );
    return { importId: row._id };
  },
  stream: ({ _id }) => _id,
});

function actingGrants(caller: Caller | null): readonly ActingGrant[] {
  return (caller?.grants ?? [])
    .filter(({ role }) => acting.includes(role))
    .map(({ role, regionCode, schoolId }) => ({ role, regionCode, schoolId }));
}

function nullable<T>(schema: z.ZodType<T>) {
  return schema.nullish().transform((value) => value ?? null);
}
