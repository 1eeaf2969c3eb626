/** The published JSON Schemas (draft 7) of envelope and data, made from the contracts. [INT-01] */
import { z } from 'zod';
import type { AnyEventContract } from './define-event.ts';
import { envelopeSchema, schemaNameOf } from './envelope.ts';

/** A JSON Schema as plain data. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/**
 * The schema of an event's data. It stays open for fields of later versions: what a teller adds must not make
 * a third party's validator refuse the rest.
 */
export function dataSchemaOf(contract: AnyEventContract): JsonSchema {
  const { $schema, ...schema } = plainSchemaOf(contract.data);
  return {
    $schema,
    $id: schemaNameOf(contract.type),
    title: contract.type,
    description: `${contract.description.zh} ${contract.description.en}`,
    'x-topic': contract.topic,
    'x-subject': contract.subject,
    'x-compacted': contract.compacted,
    ...schema,
  };
}

/** The schema of the envelope around any event. */
export function envelopeJsonSchema(): JsonSchema {
  const { $schema, ...schema } = plainSchemaOf(envelopeSchema);
  return {
    $schema,
    $id: schemaNameOf('envelope'),
    title: 'CloudEvents 1.0 envelope',
    ...schema,
  };
}

function plainSchemaOf(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, {
    target: 'draft-7',
    override: ({ jsonSchema }) => {
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
      if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    },
  });
}
