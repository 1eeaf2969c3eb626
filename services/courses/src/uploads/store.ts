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
  },
  [{ keys: { aboutId: 1, _id: 1 } }],
);
