import { allFields, by, defineAccess, everyone, signedIn } from '@shixun/runtime';
import type { UploadRow } from './store.ts';

const owner = [by('ClassHead', 'own'), by('Teacher', 'own')];

export const uploadsAccess = defineAccess({
  types: {
    Upload: {
      scope: ({ ownerId }: UploadRow) => ({ personId: ownerId }),
      fields: allFields(owner),
    },
    PrepareUploadPayload: { fields: allFields(everyone) },
  },
  Query: { upload: signedIn },
  Mutation: { prepareUpload: owner },
});
