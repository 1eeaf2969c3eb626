/** GraphQL documents: parsed and validated once per text, then found by their hash. */
import { blotted } from '@shixun/runtime';
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  NoSchemaIntrospectionCustomRule,
  type OperationDefinitionNode,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { RequestRefused } from './errors.ts';
import { brokenLimit, limits, measure } from './limits.ts';
import { hashOf } from './persisted-documents.ts';

/** A document that parses. Whether it fits the schema is known once `valid` is true. */
export type KnownDocument = {
  readonly hash: string;
  readonly source: string;
  readonly document: DocumentNode;
  readonly operations: readonly OperationDefinitionNode[];
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  valid: boolean;
};

export type PreparedOperation = {
  readonly known: KnownDocument;
  readonly operation: OperationDefinitionNode;
};

const knownDocumentsMax = 2000;
const validationErrorsMax = 5;

/** The documents of one schema; a new schema starts with none. */
export class Documents {
  readonly #schema: GraphQLSchema;
  readonly #rules;
  readonly #known = new LRUCache<string, KnownDocument>({ max: knownDocumentsMax });

  constructor(schema: GraphQLSchema, options: { readonly introspection: boolean }) {
    this.#schema = schema;
    this.#rules = options.introspection
      ? specifiedRules
      : [...specifiedRules, NoSchemaIntrospectionCustomRule];
  }

  /** Parses, measures, validates, in this order: each step only sees what the cheaper one before it let through. */
  prepare(
    source: string,
    operationName: string | undefined,
    variables: Readonly<Record<string, unknown>>,
  ): PreparedOperation {
    const hash = hashOf(source);
    const known = this.#known.get(hash) ?? read(source, hash);
    const operation = pick(known.operations, operationName);
    // graphql-js finds nothing wrong with a subscription where the schema has none.
    if (this.#schema.getRootType(operation.operation) == null) {
      throw new RequestRefused('GRAPHQL_VALIDATION_FAILED');
    }
    const size = measure(operation, known.fragments, this.#schema, variables);
    const limit = brokenLimit(size);
    if (limit !== undefined) {
      throw new RequestRefused('LIMIT_EXCEEDED', { figures: { limit, maximum: limits[limit] } });
    }
    if (!known.valid) {
      this.#check(known);
      this.#known.set(hash, known);
    }
    return { known, operation };
  }

  #check(known: KnownDocument): void {
    const [first] = validate(this.#schema, known.document, this.#rules, {
      maxErrors: validationErrorsMax,
    });
    if (first !== undefined) {
      throw new RequestRefused('GRAPHQL_VALIDATION_FAILED', {
        detail: blotted(first.message, this.#schema),
      });
    }
    known.valid = true;
  }
}

function read(source: string, hash: string): KnownDocument {
  const document = parseWithin(source);
  const operations: OperationDefinitionNode[] = [];
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) operations.push(definition);
    else if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      fragments.set(definition.name.value, definition);
    }
  }
  return { hash, source, document, operations, fragments, valid: false };
}

function parseWithin(source: string): DocumentNode {
  try {
    return parse(source, { maxTokens: limits.tokens, noLocation: true });
  } catch (error) {
    if (error instanceof GraphQLError && error.message.includes('Parsing aborted')) {
      throw new RequestRefused('LIMIT_EXCEEDED', {
        figures: { limit: 'tokens', maximum: limits.tokens },
      });
    }
    throw new RequestRefused('GRAPHQL_PARSE_FAILED', {
      ...(error instanceof GraphQLError ? { detail: blotted(error.message) } : {}),
    });
  }
}

function pick(
  operations: readonly OperationDefinitionNode[],
  name: string | undefined,
): OperationDefinitionNode {
  const candidates =
    name === undefined
      ? operations
      : operations.filter((operation) => operation.name?.value === name);
  const [operation, ...others] = candidates;
  if (operation === undefined || others.length > 0) throw new RequestRefused('OPERATION_NOT_FOUND');
  return operation;
}
