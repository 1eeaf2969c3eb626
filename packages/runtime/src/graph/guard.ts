import {
  defaultFieldResolver,
  GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  isObjectType,
} from 'graphql';
import { type AccessTable, may, mayTry, type Row, rowOf, type TypeAccess } from '../access.ts';
import type { GraphContext } from './context.ts';

/** Fields that federation itself adds; what they lead to is guarded field by field like everything else. */
const federationFields = new Set(['Query._entities', 'Query._service', '_Service.sdl']);

/** Every field of the schema that the table has no row for. A test of each service wants this empty. */
export function unguardedFields(schema: GraphQLSchema, access: AccessTable): string[] {
  return fieldsOf(schema)
    .filter(({ typeName, fieldName }) => rowOf(access, typeName, fieldName) === undefined)
    .map(({ typeName, fieldName }) => `${typeName}.${fieldName}`);
}

/**
 * Puts the access table before every resolver, so that it holds whichever way a field is reached: by a query, through
 * `_entities`, through an alias or a fragment. A field without a row is refused.
 */
export function guardSchema(schema: GraphQLSchema, access: AccessTable): void {
  for (const { field, typeName, fieldName } of fieldsOf(schema)) {
    const row = rowOf(access, typeName, fieldName);
    if (row === 'everyone') continue;
    const resolve = field.resolve ?? defaultFieldResolver;
    // A command answers a missing role itself, as a refusal in words; here it only needs somebody.
    const asked = typeName === 'Mutation' && row !== undefined ? 'signed-in' : row;
    field.resolve = guarded(resolve, asked, access.types[typeName]?.scope);
  }
}

function guarded(
  resolve: GraphQLFieldResolver<unknown, GraphContext>,
  row: Row | undefined,
  scope: TypeAccess['scope'],
): GraphQLFieldResolver<unknown, GraphContext> {
  return (parent, args, context, info) => {
    const { caller } = context;
    // Queries and mutations have no scope yet: the list's filter or the command's facts bring it.
    const allowed =
      row !== undefined &&
      (scope === undefined ? mayTry(caller, row) : may(caller, row, scope(parent)));
    if (allowed) return resolve(parent, args, context, info);
    throw caller === null
      ? new GraphQLError('Sign in first.', { extensions: { code: 'UNAUTHENTICATED' } })
      : new GraphQLError('Not yours to see.', { extensions: { code: 'FORBIDDEN' } });
  };
}

function fieldsOf(schema: GraphQLSchema) {
  return Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type))
    .filter((type) => !type.name.startsWith('__'))
    .flatMap((type) =>
      Object.values(type.getFields()).map((field) => ({
        field,
        typeName: type.name,
        fieldName: field.name,
      })),
    )
    .filter(({ typeName, fieldName }) => !federationFields.has(`${typeName}.${fieldName}`));
}
