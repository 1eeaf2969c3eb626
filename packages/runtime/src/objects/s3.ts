import { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import pRetry from 'p-retry';
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

type Place = { readonly Bucket: string; readonly Key: string };

type Loaded = {
  readonly client: S3Client;
  readonly sdk: typeof import('@aws-sdk/client-s3');
};

const connectMs = 5_000;

/** Objects in a bucket. The client library is large and is loaded at the first use, so only where a bucket is configured. */
export class S3Store implements ObjectStore {
  readonly #settings: S3Settings;
  readonly #silenceMs: number;
  #loading: Promise<Loaded> | undefined;

  /** `silenceMs`: how long the store may say nothing before a request to it is given up. */
  constructor(settings: S3Settings, silenceMs = 60_000) {
    this.#settings = settings;
    this.#silenceMs = silenceMs;
  }

  /** In parts, so that neither the length must be known before nor the whole be held; S3 shows an object once it is whole. */
  async put(key: string, content: Readable): Promise<void> {
    const params = { ...this.#place(key), Body: content };
    const { client } = await this.#sdk();
    const { Upload } = await import('@aws-sdk/lib-storage');
    await new Upload({ client, params, queueSize: 2 }).done();
  }

  async get(key: string, range?: ByteRange): Promise<Readable> {
    const place = this.#place(key);
    if (range && range.end <= range.start) return Readable.from([]);
    const part = range && { Range: `bytes=${range.start}-${range.end - 1}` };
    const { client, sdk } = await this.#sdk();
    try {
      const { Body } = await client.send(new sdk.GetObjectCommand({ ...place, ...part }));
      return Body as Readable;
    } catch (error) {
      if (nameOf(error) === 'InvalidRange') return Readable.from([]);
      throw isMissing(error) ? new ObjectMissing(key) : error;
    }
  }

  async head(key: string): Promise<ObjectHead | null> {
    const place = this.#place(key);
    const { client, sdk } = await this.#sdk();
    try {
      const { ContentLength } = await client.send(new sdk.HeadObjectCommand(place));
      return { bytes: ContentLength ?? 0 };
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  async remove(key: string): Promise<void> {
    const place = this.#place(key);
    const { client, sdk } = await this.#sdk();
    await client.send(new sdk.DeleteObjectCommand(place));
    // A part that is still coming may fail the end of its upload, or outlive it: S3 asks to look again.
    await pRetry(() => this.#endHalves(place), { retries: 5, minTimeout: 50 });
  }

  /** @throws unless the store had none left: those that were there are ended, and looked for once more. */
  async #endHalves({ Bucket, Key }: Place): Promise<void> {
    const { client, sdk } = await this.#sdk();
    const asked = new sdk.ListMultipartUploadsCommand({ Bucket, Prefix: Key });
    const { Uploads = [] } = await client.send(asked);
    const end = ({ UploadId }: { readonly UploadId?: string | undefined }) =>
      client.send(new sdk.AbortMultipartUploadCommand({ Bucket, Key, UploadId })).then(
        () => true,
        (error: unknown) => {
          if (nameOf(error) !== 'NoSuchUpload') throw error;
          return false;
        },
      );
    const ended = await Promise.all(Uploads.filter((each) => each.Key === Key).map(end));
    if (ended.includes(true)) throw new Error(`halves of ${Key} were there`);
  }

  #place(key: string): Place {
    return { Bucket: this.#settings.bucket, Key: checkedKey(key) };
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
    const client = new sdk.S3Client({
      region,
      ...address,
      ...credentials,
      requestHandler: { connectionTimeout: connectMs, socketTimeout: this.#silenceMs },
      // Stores other than AWS know little of its newer checksums; what is kept is sealed and checked when it is read.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    });
    return { sdk, client };
  }
}

function nameOf(error: unknown): string {
  return (error as Error).name;
}

function isMissing(error: unknown): boolean {
  return ['NoSuchKey', 'NotFound'].includes(nameOf(error));
}
