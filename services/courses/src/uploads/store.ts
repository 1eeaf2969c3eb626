import { defineCollection } from '@shixun/runtime';
import type { UploadPurpose, UploadState } from './upload.ts';

export type UploadedFile = {
  readonly key: string;
  readonly bytes: number;
  /** SHA-256, hexadecimal. */
  readonly contentHash: string;
  /** As its content says. */
  readonly contentType: string;
};

/** One file that somebody brings, or is about to. */
export type UploadRow = {
  readonly _id: string;
  readonly purpose: UploadPurpose;
  /** The class of a sheet, the enrollment of a result. */
  readonly aboutId: string;
  /** Who may upload it. */
  readonly ownerId: string;
  readonly state: UploadState;
  readonly file: UploadedFile | null;
  readonly createdAt: Date;
  /** When it goes if nothing is made of it by then; null when it stays, or is gone. */
  readonly removeAt: Date | null;
  /** Keys of objects that may be there and are nobody's file: those that are coming, and those to be put away. */
  readonly spare?: readonly string[] | string | null;
};

export const uploads = defineCollection<UploadRow>(
  'uploads',
  {
    purpose: String,
    aboutId: String,
    ownerId: String,
    state: String,
    file: { type: Object, default: null },
    createdAt: Date,
    removeAt: { type: Date, default: null },
    spare: { type: [String], default: undefined },
  },
  [
    { keys: { aboutId: 1, _id: 1 } },
    { keys: { removeAt: 1, _id: 1 }, partialFilterExpression: { removeAt: { $type: 'date' } } },
    { keys: { spare: 1 }, partialFilterExpression: { spare: { $type: 'string' } } },
  ],
);

/** One content, kept once whoever brings it; its id is the hash. */
export type StoredFileRow = {
  readonly _id: string;
  /** Where its object is. */
  readonly key: string;
  /** How many uploads it is the file of. */
  readonly uses: number;
};

export const storedFiles = defineCollection<StoredFileRow>(
  'stored_files',
  { key: String, uses: Number },
  [],
);

/** That something was made of an upload: it stays. */
export const keptUpload = { $set: { removeAt: null } } as const;
