import { centiFrom, isCivilDate } from '@shixun/kernel';
import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';

function refuse(what: string): never {
  throw new GraphQLError(what, { extensions: { code: 'BAD_USER_INPUT' } });
}

function textOf(node: ValueNode): unknown {
  return node.kind === Kind.STRING ? node.value : null;
}

function readDateTime(value: unknown): Date {
  const rfc3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;
  if (typeof value !== 'string' || !rfc3339.test(value))
    return refuse('DateTime: RFC 3339 text with a zone');
  const instant = new Date(value);
  return Number.isNaN(instant.getTime()) ? refuse('DateTime: no such instant') : instant;
}

function readDate(value: unknown): string {
  return typeof value === 'string' && isCivilDate(value)
    ? value
    : refuse('Date: a civil date that exists, YYYY-MM-DD');
}

function readDecimal(value: unknown): string {
  return typeof value === 'string' && centiFrom(value) !== undefined
    ? value
    : refuse('Decimal: text with at most two decimals, "12.50"');
}

/** The scalars of every subgraph: instants are JS Dates inside, civil dates and decimals texts. */
export const scalarResolvers = {
  DateTime: new GraphQLScalarType({
    name: 'DateTime',
    serialize: (value) => (value instanceof Date ? value : new Date(String(value))).toISOString(),
    parseValue: readDateTime,
    parseLiteral: (node) => readDateTime(textOf(node)),
  }),
  Date: new GraphQLScalarType({
    name: 'Date',
    serialize: String,
    parseValue: readDate,
    parseLiteral: (node) => readDate(textOf(node)),
  }),
  Decimal: new GraphQLScalarType({
    name: 'Decimal',
    serialize: String,
    parseValue: readDecimal,
    parseLiteral: (node) => readDecimal(textOf(node)),
  }),
};
