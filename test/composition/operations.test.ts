import { describe, expect, test } from '@jest/globals';
import { Documents } from '@shixun/gateway/documents';
import { persistedDocuments } from '@shixun/gateway/persisted-documents';
import { persistedManifest, readOperations } from '@shixun/infra/gen/supergraph';
import { Kind, parse } from 'graphql';
import { clientSchema, committed } from './graph.ts';

const operations = [...readOperations()];
const schema = clientSchema();

describe('the published operations', () => {
  test.each(operations.map(([file, document]) => ({ file, document })))(
    '$file fits the graph and keeps every limit',
    ({ document }) => {
      const documents = new Documents(schema, { introspection: false });
      // The largest page that a client may ask of it.
      const variables = { first: 50 };
      expect(() => documents.prepare(document, undefined, variables)).not.toThrow();
    },
  );

  test('every command is published: production takes nothing else', () => {
    const published = operations.flatMap(([, document]) =>
      parse(document).definitions.flatMap((definition) =>
        definition.kind === Kind.OPERATION_DEFINITION && definition.operation === 'mutation'
          ? definition.selectionSet.selections.map((field) =>
              field.kind === Kind.FIELD ? field.name.value : '',
            )
          : [],
      ),
    );
    expect([...new Set(published)].sort()).toEqual(
      Object.keys(schema.getMutationType()?.getFields() ?? {}).sort(),
    );
  });

  test('each has a name of its own, which logs and metrics can bear', () => {
    const names = operations.flatMap(([, document]) =>
      parse(document).definitions.map((definition) =>
        definition.kind === Kind.OPERATION_DEFINITION ? definition.name?.value : undefined,
      ),
    );
    expect(names).not.toContain(undefined);
    expect(new Set(names).size).toBe(names.length);
  });

  test('the committed manifest is a good one, and holds exactly these', () => {
    const manifest: unknown = JSON.parse(committed('gateway/persisted-documents.json'));
    expect([...persistedDocuments(manifest).values()].sort()).toEqual(
      Object.values(persistedManifest(operations.map(([, document]) => document))).sort(),
    );
  });
});
