/** What is kept of an import: how far it is, what was wrong, what each batch did. Files lie in the object store. [REG-06] */
import type { Refusal } from '@shixun/kernel';
import { defineCollection, type RowBase } from '@shixun/runtime';
import type { ActingGrant, Verdict } from './area.ts';
import type { ImportKind } from './columns.ts';
import type { FoundColumn } from './header.ts';
import type { FileFormat } from './reading/open-file.ts';
import type { Encoding } from './reading/text-file.ts';

export const importStates = [
  'awaiting_file',
  'validating',
  'validated',
  'applying',
  'applied',
  'undoing',
  'undone',
  'file_refused',
  'removed',
] as const;
export type ImportState = (typeof importStates)[number];

/** States in which somebody works on it. */
export const workingStates = ['validating', 'applying', 'undoing'] as const;

export type ImportMode = 'all_or_nothing' | 'valid_rows_only';

export type ImportFile = {
  readonly key: string;
  readonly bytes: number;
  readonly contentHash: string;
  readonly format: FileFormat;
  readonly encoding: Encoding;
  readonly headerRow: number;
  readonly columns: readonly FoundColumn[];
};

/** Rows by what became of them in the present pass. */
export type ImportCounts = {
  readonly read: number;
  readonly faulty: number;
  readonly added: number;
  readonly changed: number;
  /** Absent in imports from before files could move anybody. */
  readonly transferred?: number;
  readonly unchanged: number;
};

export const noCounts: ImportCounts = {
  read: 0,
  faulty: 0,
  added: 0,
  changed: 0,
  transferred: 0,
  unchanged: 0,
};

export type ImportRow = RowBase & {
  readonly kind: ImportKind;
  readonly state: ImportState;
  readonly fileName: string;
  readonly regionCode: string;
  readonly schoolId: string | null;
  readonly createdBy: string;
  readonly grants: readonly ActingGrant[];
  readonly createdAt: Date;
  readonly file: ImportFile | null;
  /** Keys of objects that attempts at uploading began and that are not its file. */
  readonly spare?: readonly string[];
  readonly mode: ImportMode | null;
  /** Whether teachers are moved to other schools, as it was said with the mode. */
  readonly withTransfers?: boolean | null;
  /** The dry run's result. */
  readonly validated: ImportCounts;
  /** What was applied. */
  readonly applied: ImportCounts;
  /** Checkpoint: every row up to this number of the file is done in the present pass. */
  readonly doneRow: number;
  /** Checkpoint: batches of the present pass. */
  readonly batches: number;
  /** Rows of the file; null until the dry run has seen them all. */
  readonly rowsTotal: number | null;
  readonly refusals: readonly Refusal[];
  readonly leaseToken: string | null;
  readonly leaseUntil: Date;
  readonly finishedAt: Date | null;
  /** When file and particulars go. */
  readonly removeAt: Date;
};

const counts = { type: Object, required: true };

export const imports = defineCollection<ImportRow>(
  'imports',
  {
    kind: { type: String, required: true },
    state: { type: String, required: true },
    fileName: { type: String, required: true },
    regionCode: { type: String, required: true },
    schoolId: { type: String, default: null },
    createdBy: { type: String, required: true },
    grants: { type: [Object], required: true },
    createdAt: { type: Date, required: true },
    file: { type: Object, default: null },
    spare: { type: [String], default: undefined },
    mode: { type: String, default: null },
    withTransfers: { type: Boolean, default: null },
    validated: counts,
    applied: counts,
    doneRow: { type: Number, required: true },
    batches: { type: Number, required: true },
    rowsTotal: { type: Number, default: null },
    refusals: { type: [Object], required: true },
    leaseToken: { type: String, default: null },
    leaseUntil: { type: Date, required: true },
    finishedAt: { type: Date, default: null },
    removeAt: { type: Date, required: true },
  },
  [
    { keys: { state: 1, leaseUntil: 1 } },
    { keys: { removeAt: 1, state: 1 } },
    { keys: { createdAt: -1, _id: -1 } },
    { keys: { regionCode: 1, createdAt: -1, _id: -1 } },
    { keys: { schoolId: 1, createdAt: -1, _id: -1 } },
    { keys: { createdBy: 1, 'file.contentHash': 1 } },
  ],
);

/** What is wrong with a cell or a row, in words; never what stands there. */
export type ImportFaultRow = RowBase & {
  readonly importId: string;
  /** Row of the file, 1 for the first. */
  readonly row: number;
  /** Column of the file (`C`) and what it is called there; null for the row as a whole. */
  readonly column: string | null;
  readonly title: string | null;
  readonly refusal: Refusal;
  readonly removeAt: Date;
};

export const importFaults = defineCollection<ImportFaultRow>(
  'import_faults',
  {
    importId: { type: String, required: true },
    row: { type: Number, required: true },
    column: { type: String, default: null },
    title: { type: String, default: null },
    refusal: { type: Object, required: true },
    removeAt: { type: Date, required: true },
  },
  [{ keys: { importId: 1, row: 1, _id: 1 } }, { keys: { removeAt: 1 }, expireAfterSeconds: 0 }],
);

/** What a row did, and what stood there before: the undo journal, written in the transaction of its batch. */
export type Journalled = {
  readonly row: number;
  readonly verdict: Verdict;
  readonly id: string;
  /** Of a changed record: the former values of what was changed. Null when there is nothing to take back. */
  readonly before: Readonly<Record<string, unknown>> | null;
  /** What whoever brought the file should know of it, e.g. the move that is offered. */
  readonly remark?: Remark;
};

export type Remark = { readonly zh: string; readonly en: string };

export type ImportPass = 'validation' | 'application';

export type ImportBatchRow = RowBase & {
  readonly importId: string;
  readonly pass: ImportPass;
  readonly number: number;
  /** Number of the last row of the file that it goes through. */
  readonly lastRow: number;
  readonly rows: readonly Journalled[];
  readonly removeAt: Date;
};

export const importBatches = defineCollection<ImportBatchRow>(
  'import_batches',
  {
    importId: { type: String, required: true },
    pass: { type: String, required: true },
    number: { type: Number, required: true },
    lastRow: { type: Number, required: true },
    rows: { type: [Object], required: true },
    removeAt: { type: Date, required: true },
  },
  [
    { keys: { importId: 1, pass: 1, number: 1 }, unique: true },
    { keys: { removeAt: 1 }, expireAfterSeconds: 0 },
  ],
);

/** What the valid rows of a file are about, so that later rows can be compared with earlier ones: `<import>/<key>`. */
export type ImportKeyRow = RowBase & {
  readonly row: number;
  /** What later rows must know of it, e.g. the kind of a central school; absent when that is nothing. */
  readonly facts?: Readonly<Record<string, string>>;
  readonly removeAt: Date;
};

export const importKeys = defineCollection<ImportKeyRow>(
  'import_keys',
  {
    row: { type: Number, required: true },
    facts: { type: Object, default: undefined },
    removeAt: { type: Date, required: true },
  },
  [{ keys: { removeAt: 1 }, expireAfterSeconds: 0 }],
);

export const importCollections = [imports, importFaults, importBatches, importKeys];

export function batchId(importId: string, pass: ImportPass, number: number): string {
  return `${importId}/${pass}/${String(number).padStart(6, '0')}`;
}

/** True when every valid row says what was on record: the dry run's verdicts are the application's too. */
export function changesNothing({ validated }: Pick<ImportRow, 'validated'>): boolean {
  const { added, changed, transferred = 0 } = validated;
  return added + changed + transferred === 0;
}
