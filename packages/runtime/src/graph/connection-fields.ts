import { type GraphQLSchema, getNamedType, isObjectType } from 'graphql';

/** `Type.field` of every field that answers a page of a connection, sorted. A test holds its list of lists to it. [GOV-06] */
export function connectionFields(schema: GraphQLSchema): readonly string[] {
  return Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type))
    .flatMap((type) =>
      Object.values(type.getFields())
        .filter((field) => getNamedType(field.type).name.endsWith('Connection'))
        .map((field) => `${type.name}.${field.name}`),
    )
    .sort();
}
