import { FolderStore } from './folder.ts';
import type { ObjectStore } from './port.ts';
import { S3Store } from './s3.ts';
import { SealedObjects } from './sealed.ts';

export type ObjectsConfig = {
  readonly folder: string;
  readonly s3: {
    readonly bucket: string;
    readonly region: string;
    readonly endpoint: string;
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
  };
};

/**
 * The store that the configuration names, sealing what it keeps; null when it names none, or when the service has no
 * key to seal with. A bucket goes before a folder.
 */
export function openObjects(config: ObjectsConfig, personalDataKey: Buffer): ObjectStore | null {
  if (personalDataKey.length === 0) return null;
  const { folder, s3 } = config;
  if (s3.bucket !== '') return new SealedObjects(new S3Store(s3), personalDataKey);
  return folder === '' ? null : new SealedObjects(new FolderStore(folder), personalDataKey);
}
