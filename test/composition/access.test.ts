import { expect, test } from '@jest/globals';
import { service as courses } from '@shixun/courses';
import { service as credits } from '@shixun/credits';
import { service as evaluation } from '@shixun/evaluation';
import { service as registry } from '@shixun/registry';
import { type AccessTable, rowOf, type Service, unguardedFields } from '@shixun/runtime';
import { isIntrospectionType, isObjectType } from 'graphql';
import { clientSchema } from './graph.ts';

const services: readonly Service[] = [registry, courses, credits, evaluation];

/** Every field and command that clients see, as `Type.field`. */
const fields = Object.values(clientSchema().getTypeMap())
  .filter((type) => isObjectType(type))
  .filter((type) => !isIntrospectionType(type))
  .flatMap((type) => Object.keys(type.getFields()).map((field) => [type.name, field] as const));

test('S5: every field and command of the composed graph has a row in the table of a service that answers it', () => {
  const answers = (service: Service, typeName: string, fieldName: string) => {
    const type = service.schema.getType(typeName);
    return isObjectType(type) && fieldName in type.getFields();
  };
  const rowless = fields.filter(([typeName, fieldName]) => {
    const answering = services.filter((service) => answers(service, typeName, fieldName));
    return (
      answering.length === 0 ||
      answering.some(({ access }) => rowOf(access, typeName, fieldName) === undefined)
    );
  });
  expect(fields.length).toBeGreaterThan(300);
  expect(rowless.map((path) => path.join('.'))).toEqual([]);
});

test.each(services.map((service) => [service.name, service] as const))(
  'S5: %s has a row for every field of its subgraph, also for those that only other subgraphs reach',
  (_name, { schema, access }) => {
    expect(unguardedFields(schema, access)).toEqual([]);
  },
);

test.each(services.map((service) => [service.name, service] as const))(
  'S5: %s has no row that guards nothing: a renamed field would leave it behind',
  (_name, { schema, access }) => {
    expect(rowsOf(access).filter(([type, field]) => !has(schema.getType(type), field))).toEqual([]);
  },
);

function has(type: unknown, field: string): boolean {
  return isObjectType(type) && (field === '' || field in type.getFields());
}

function rowsOf({ types, Query, Mutation }: AccessTable): (readonly [string, string])[] {
  const named = (type: string, rows: object) =>
    Object.keys(rows).map((field) => [type, field] as const);
  return [
    ...named('Query', Query),
    ...named('Mutation', Mutation),
    // A type whose fields share one row has no field names in the table.
    ...Object.entries(types).flatMap(([type, { fields }]) => [
      [type, ''] as const,
      ...named(type, fields),
    ]),
  ];
}
