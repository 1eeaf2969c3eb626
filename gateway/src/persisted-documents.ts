/** Published documents: in production a client names one by its hash and can send nothing else. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';

/** Hash (SHA-256 of the document, in hex) → document. */
export type PersistedDocuments = ReadonlyMap<string, string>;

const manifestSchema = z.record(z.string().regex(/^[0-9a-f]{64}$/), z.string().min(1));

export function hashOf(document: string): string {
  return createHash('sha256').update(document).digest('hex');
}

/** Checks a manifest `{hash: document}`. Throws when a hash isn't that of its document: it was tampered with, or edited by hand. */
export function persistedDocuments(manifest: unknown): PersistedDocuments {
  const documents = new Map(Object.entries(manifestSchema.parse(manifest)));
  for (const [hash, document] of documents) {
    if (hashOf(document) !== hash) {
      throw new Error(
        `the manifest of persisted documents names ${hash}, which is not its document's hash`,
      );
    }
  }
  return documents;
}

export async function readPersistedDocuments(path: string): Promise<PersistedDocuments> {
  return persistedDocuments(JSON.parse(await readFile(path, 'utf8')));
}
