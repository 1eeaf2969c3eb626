import type { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import {
  type ByteRange,
  checkedKey,
  type ObjectHead,
  ObjectMissing,
  type ObjectStore,
} from './port.ts';

export type S3Settings = {
  readonly bucket: string;
  readonly region: string;
  /** Empty for AWS itself; the address of MinIO, OSS, OBS … otherwise. */
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
};

type Loaded = {
  readonly client: S3Client;
  readonly sdk: typeof import('@aws-sdk/client-s3');
};

/** Objects in a bucket. The client library is large and is loaded at the first use, so only where a bucket is configured. */
export class S3Store implements ObjectStore {
  readonly #settings: S3Settings;
  #loading: Promise<Loaded> | undefined;

  constructor(settings: S3Settings) {
    this.#settings = settings;
  }

  /** In parts, so that neither the length must be known before nor the whole be held; S3 shows an object once it is whole. */
  async put(key: string, content: Readable, options: { readonly contentType?: string } = {}) {
    const { client } = await this.#sdk();
    const { Upload } = await import('@aws-sdk/lib-storage');
    const params = {
      Bucket: this.#settings.bucket,
      Key: checkedKey(key),
      Body: content,
      ...(options.contentType === undefined ? {} : { ContentType: options.contentType }),
    };
    await new Upload({ client, params, queueSize: 2 }).done();
  }

  async get(key: string, range?: ByteRange): Promise<Readable> {
    const { client, sdk } = await this.#sdk();
    const part = range === undefined ? {} : { Range: `bytes=${range.start}-${range.end - 1}` };
    const place = { Bucket: this.#settings.bucket, Key: checkedKey(key) };
    try {
      const { Body } = await client.send(new sdk.GetObjectCommand({ ...place, ...part }));
      if (Body === undefined) throw new ObjectMissing(key);
      return Body as Readable;
    } catch (error) {
      throw isMissing(error) ? new ObjectMissing(key) : error;
    }
  }

  async head(key: string): Promise<ObjectHead | null> {
    const { client, sdk } = await this.#sdk();
    const place = { Bucket: this.#settings.bucket, Key: checkedKey(key) };
    try {
      const { ContentLength } = await client.send(new sdk.HeadObjectCommand(place));
      return { bytes: ContentLength ?? 0 };
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  async remove(key: string): Promise<void> {
    const { client, sdk } = await this.#sdk();
    const place = { Bucket: this.#settings.bucket, Key: checkedKey(key) };
    await client.send(new sdk.DeleteObjectCommand(place));
  }

  async #sdk(): Promise<Loaded> {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  async #load(): Promise<Loaded> {
    const sdk = await import('@aws-sdk/client-s3');
    const { region, endpoint, accessKeyId, secretAccessKey } = this.#settings;
    // Without keys of our own the library looks where it always does (role of the pod, instance profile).
    const credentials = accessKeyId === '' ? {} : { credentials: { accessKeyId, secretAccessKey } };
    const address = endpoint === '' ? {} : { endpoint, forcePathStyle: true };
    return { sdk, client: new sdk.S3Client({ region, ...address, ...credentials }) };
  }
}

function isMissing(error: unknown): boolean {
  return ['NoSuchKey', 'NotFound'].includes((error as Error).name);
}
