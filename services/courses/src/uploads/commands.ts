import { accept } from '@shixun/kernel';
import { defineCommand, notFound } from '@shixun/runtime';
import { z } from 'zod';
import { enrollments } from '../enrollment/store.ts';
import { classes } from '../projects/store.ts';
import { type UploadRow, uploads } from './store.ts';
import { type UploadPurpose, uploadPurposes } from './upload.ts';

/** How long a file is awaited: far longer than its link holds, so that none is put away while it comes. */
const awaitedMs = 24 * 3_600_000;

type Prepare = { readonly purpose: UploadPurpose; readonly aboutId: string };

/** Makes place for a file and answers the link that takes it. [CRS-50, CRS-56] */
export const prepareUploadCommand = defineCommand<
  Prepare,
  { readonly ownerId: string; readonly classId: string },
  Prepare,
  UploadRow
>({
  name: 'prepareUpload',
  input: z.object({ purpose: z.enum(uploadPurposes), aboutId: z.string() }),
  gather: async ({ purpose, aboutId }, unit) => {
    if (purpose === 'sheet') {
      const row = await unit.findById(classes, aboutId);
      if (row !== null) return { ownerId: row.classHeadId, classId: row._id };
      return notFound('class', aboutId, ['aboutId']);
    }
    const row = await unit.findById(enrollments, aboutId);
    if (row?.state === 'confirmed') return { ownerId: row.teacherId, classId: row.classId };
    return notFound('enrollment', aboutId, ['aboutId']);
  },
  scope: ({ ownerId }) => ({ personId: ownerId }),
  decide: (input) => accept(input),
  record: ({ purpose, aboutId }, { ownerId }, unit) => {
    const row: UploadRow = {
      _id: unit.newId('upload'),
      purpose,
      aboutId,
      ownerId,
      state: 'awaiting_file',
      file: null,
      createdAt: unit.now,
      removeAt: new Date(unit.now.getTime() + awaitedMs),
    };
    unit.insert(uploads, row);
    return row;
  },
  stream: ({ classId }) => classId,
});
