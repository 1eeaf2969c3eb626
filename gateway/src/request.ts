/** One GraphQL request, read from its body. */
import { z } from 'zod';
import { RequestRefused } from './errors.ts';
import type { PersistedDocuments } from './persisted-documents.ts';

const variablesSchema = z.record(z.string(), z.unknown());

const bodySchema = z.strictObject({
  query: z.string().nullish(),
  operationName: z.string().nullish(),
  variables: z
    .custom<Record<string, unknown>>((value) => variablesSchema.safeParse(value).success)
    .nullish(),
  /** `sha256:<hex>`, as GraphQL over HTTP names persisted documents. */
  documentId: z.string().nullish(),
  /** Apollo's clients put the hash here. */
  extensions: z
    .looseObject({
      persistedQuery: z.looseObject({ sha256Hash: z.string() }).nullish(),
    })
    .nullish(),
});

export type OperationRequest = {
  readonly source: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
};

export type DocumentsAccepted = {
  /** Only documents of the manifest, by their hash. */
  readonly persistedOnly: boolean;
  readonly persisted: PersistedDocuments;
};

/** Reads a body; the document comes from it or, named by its hash, from the manifest. */
export function readRequest(body: unknown, accepted: DocumentsAccepted): OperationRequest {
  if (Array.isArray(body)) throw new RequestRefused('BATCH_NOT_SUPPORTED');
  const read = bodySchema.safeParse(body);
  if (!read.success) throw new RequestRefused('BAD_REQUEST');
  const { query, operationName, variables, documentId, extensions } = read.data;
  const hash = documentId?.replace(/^sha256:/, '') ?? extensions?.persistedQuery?.sha256Hash;
  return {
    source: documentOf(query ?? undefined, hash, accepted),
    operationName: operationName || undefined,
    variables: variables ?? {},
  };
}

/** A text sent along with a hash never registers it: what is published is decided when the platform is built. */
function documentOf(
  text: string | undefined,
  hash: string | undefined,
  { persistedOnly, persisted }: DocumentsAccepted,
): string {
  if (text !== undefined) {
    if (persistedOnly) throw new RequestRefused('PERSISTED_DOCUMENT_REQUIRED');
    return text;
  }
  if (hash === undefined) {
    throw new RequestRefused(persistedOnly ? 'PERSISTED_DOCUMENT_REQUIRED' : 'BAD_REQUEST');
  }
  const document = persisted.get(hash);
  if (document === undefined) throw new RequestRefused('PERSISTED_DOCUMENT_NOT_FOUND');
  return document;
}
