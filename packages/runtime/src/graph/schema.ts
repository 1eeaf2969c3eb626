import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  type DocumentNode,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isObjectType,
  Kind,
  parse,
  visit,
} from 'graphql';
import { type AccessTable, allFields, everyone, signedIn } from '../access.ts';
import type { ResolverTable } from './context.ts';
import { guardSchema } from './guard.ts';
import { scalarResolvers } from './scalars.ts';

const federation = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [
  "@key", "@shareable", "@external", "@provides", "@requires", "@inaccessible", "@tag", "@override"])
`;

/** Rows of the types that the runtime itself brings into every subgraph. */
export const sharedAccess: AccessTable = {
  types: {
    Refusal: { fields: allFields(everyone) },
    PageInfo: { fields: allFields(everyone) },
    // Reached only through an `auditTrail`, which is guarded itself.
    AuditEntryConnection: { fields: allFields(signedIn) },
    AuditEntryEdge: { fields: allFields(signedIn) },
    AuditEntry: { fields: allFields(signedIn) },
    AuditedCommand: { fields: allFields(signedIn) },
  },
  Query: {},
  Mutation: {},
};

/** Every `schema*.graphql` below the service's source, the shared types and federation's header: one text. */
export function readTypeDefs(directory: string): string {
  const files = globSync('**/*.graphql', { cwd: directory }).sort();
  const own = files.map((file) => readFileSync(join(directory, file), 'utf8'));
  const shared = readFileSync(join(import.meta.dirname, 'shared.graphql'), 'utf8');
  return [federation, shared, ...own].join('\n');
}

/** Builds the subgraph's schema: resolvers by name, enums lower-cased inside, the access table before every field. */
export function buildGuardedSchema(options: {
  readonly typeDefs: string;
  readonly resolvers: readonly ResolverTable[];
  readonly access: AccessTable;
}): GraphQLSchema {
  const typeDefs = parse(options.typeDefs);
  const resolvers: Record<string, unknown> = { ...enumValues(typeDefs), ...scalarResolvers };
  for (const [type, fields] of options.resolvers.flatMap((table) => Object.entries(table))) {
    resolvers[type] = { ...(resolvers[type] as object | undefined), ...fields };
  }
  const schema = buildSubgraphSchema([{ typeDefs, resolvers: resolvers as never }]);
  mapEnumDefaults(schema);
  guardSchema(schema, options.access);
  return schema;
}

/** Defaults were read before the enums got their inner values; a client that leaves one out must get the inner value. */
function mapEnumDefaults(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    const taken = isInputObjectType(type)
      ? Object.values(type.getFields())
      : isObjectType(type)
        ? Object.values(type.getFields()).flatMap(({ args }) => args)
        : [];
    for (const argument of taken) {
      const named = getNamedType(argument.type);
      if (!isEnumType(named) || typeof argument.defaultValue !== 'string') continue;
      argument.defaultValue = named.getValue(argument.defaultValue)?.value ?? argument.defaultValue;
    }
  }
}

/** Inside the platform an enum value is its name in lower case; single letters (grades) stay as they are. */
function enumValues(typeDefs: DocumentNode): Record<string, Record<string, string>> {
  const values: Record<string, Record<string, string>> = {};
  visit(typeDefs, {
    [Kind.ENUM_TYPE_DEFINITION]: (node) => {
      values[node.name.value] = Object.fromEntries(
        (node.values ?? []).map(({ name: { value } }) => [
          value,
          value.length === 1 ? value : value.toLowerCase(),
        ]),
      );
    },
  });
  return values;
}
