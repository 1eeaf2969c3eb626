import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Supergraph } from '@apollo/federation-internals';
import type { GraphQLSchema } from 'graphql';

export const projectRoot = join(import.meta.dirname, '..', '..');

export const committed = (path: string): string => readFileSync(join(projectRoot, path), 'utf8');

/** The schema that clients see of the committed supergraph. */
export function clientSchema(): GraphQLSchema {
  return Supergraph.build(committed('gateway/supergraph.graphql')).apiSchema().toGraphQLJSSchema();
}
