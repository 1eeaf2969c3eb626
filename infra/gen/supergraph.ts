import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { hashOf } from '@shixun/gateway/persisted-documents';
import { readTypeDefs } from '@shixun/runtime';
import { parse } from 'graphql';
import type { Generator } from './generator.ts';

export type Subgraph = { readonly name: string; readonly typeDefs: string; readonly url: string };

const root = join(import.meta.dirname, '..', '..');

/** The subgraphs with the ports on which their services answer when they run alone. */
const services = [
  { name: 'registry', port: 4001 },
  { name: 'courses', port: 4002 },
  { name: 'credits', port: 4003 },
  { name: 'evaluation', port: 4004 },
] as const;

/** Every service's subgraph, read from its `schema.graphql` files. */
export function readSubgraphs(): readonly Subgraph[] {
  return services.map(({ name, port }) => ({
    name,
    typeDefs: readTypeDefs(join(root, 'services', name, 'src')),
    url: `http://127.0.0.1:${port}/graphql`,
  }));
}

/** One supergraph of many subgraphs. Throws one error that lists everything that doesn't fit together. */
export function composeSupergraph(subgraphs: readonly Subgraph[]): string {
  const composed = composeServices(
    subgraphs.map(({ name, typeDefs, url }) => ({ name, typeDefs: parse(typeDefs), url })),
  );
  if (composed.errors === undefined) return composed.supergraphSdl;
  const problems = composed.errors.map(
    ({ message, extensions }) => `  ${extensions.code}: ${message}`,
  );
  throw new Error(`The subgraphs don't compose:\n${problems.join('\n')}`);
}

/** The published operations, by file name. */
export function readOperations(): ReadonlyMap<string, string> {
  const directory = join(root, 'gateway', 'operations');
  const files = globSync('**/*.graphql', { cwd: directory }).sort();
  return new Map(files.map((file) => [file, readFileSync(join(directory, file), 'utf8')]));
}

/** The manifest of published documents: hash → document. */
export function persistedManifest(documents: Iterable<string>): Record<string, string> {
  return Object.fromEntries(
    [...documents].map((document) => [hashOf(document), document] as const).sort(),
  );
}

/** The supergraph that the gateway serves, and the documents that it takes in production. */
export const supergraph: Generator = {
  name: 'supergraph',
  async run() {
    const manifest = persistedManifest(readOperations().values());
    return new Map([
      ['gateway/supergraph.graphql', `${composeSupergraph(readSubgraphs()).trimEnd()}\n`],
      ['gateway/persisted-documents.json', `${JSON.stringify(manifest, null, 2)}\n`],
    ]);
  },
};
