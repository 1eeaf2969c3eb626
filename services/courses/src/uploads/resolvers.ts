import { mutation, type ResolverTable } from '@shixun/runtime';
import { prepareUploadCommand } from './commands.ts';
import { uploadLinks } from './signing-links.ts';
import { type UploadRow, uploads } from './store.ts';

export const uploadResolvers: ResolverTable = {
  Query: {
    upload: (_parent, { id }: { id: string }, context) => context.loadOne(uploads, id),
  },
  Mutation: { prepareUpload: mutation(prepareUploadCommand, 'upload') },
  Upload: {
    id: ({ _id }: UploadRow) => _id,
    uploadUrl: ({ _id, state }: UploadRow, _args, context) =>
      state === 'awaiting_file'
        ? uploadLinks(context.personalDataKey).make('file', _id, context.now)
        : null,
    bytes: ({ file }: UploadRow) => file?.bytes ?? null,
    contentType: ({ file }: UploadRow) => file?.contentType ?? null,
    contentHash: ({ file }: UploadRow) => file?.contentHash ?? null,
  },
};
