import {
  allFields,
  bureaus,
  by,
  defineAccess,
  everyone,
  type Row,
  signedIn,
} from '@shixun/runtime';
import type { ImportRow } from './store.ts';

/** Who sees that there was an import and how it went. */
export const importReaders = [...bureaus, by('SchoolAdmin', 'school'), by('Auditor', 'region')];

/** Who brought the file: only there may its content go back. */
const bringer: Row = [
  by('ProvinceAdmin', 'own'),
  by('CityAdmin', 'own'),
  by('CountyAdmin', 'own'),
  by('SchoolAdmin', 'own'),
];

const shown = [
  ...[
    'id',
    'kind',
    'state',
    'mode',
    'withTransfers',
    'fileName',
    'regionCode',
    'school',
    'createdAt',
    'finishedAt',
  ],
  ...['rowsTotal', 'validated', 'applied', 'refusals', 'faults', 'contentHash', 'sameAs'],
];

export const importAccess = defineAccess({
  types: {
    Import: {
      scope: ({ createdBy, regionCode, schoolId }: ImportRow) => ({
        personId: createdBy,
        regionCode,
        schoolId,
      }),
      fields: {
        ...Object.fromEntries(shown.map((field) => [field, importReaders])),
        uploadPath: bringer,
        resultPath: bringer,
      },
    },
    ImportCounts: { fields: allFields(signedIn) },
    ImportFault: { fields: allFields(signedIn) },
    ImportFaultConnection: { fields: allFields(signedIn) },
    ImportFaultEdge: { fields: allFields(signedIn) },
    ImportConnection: { fields: allFields(signedIn) },
    ImportEdge: { fields: allFields(signedIn) },
    ImportTemplate: { fields: allFields(everyone) },
    ImportColumn: { fields: allFields(everyone) },
    CreateImportPayload: { fields: allFields(signedIn) },
    ApplyImportPayload: { fields: allFields(signedIn) },
  },
  Query: { import: signedIn, imports: importReaders, importTemplate: everyone },
  Mutation: {
    createImport: [by('SchoolAdmin', 'school'), ...bureaus],
    applyImport: bringer,
  },
});
