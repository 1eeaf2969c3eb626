import { expect, test } from '@jest/globals';
import { unguardedFields } from '@shixun/runtime';
import { isEnumType, isInputObjectType, isObjectType } from 'graphql';
import { service } from './app.ts';

test('REG-01: every field and command of the subgraph has a row in the access table', () => {
  expect(unguardedFields(service.schema, service.access)).toEqual([]);
});

test('the access table names nothing that the subgraph does not have', () => {
  const types = service.schema.getTypeMap();
  expect(Object.keys(service.access.types).filter((name) => !(name in types))).toEqual([]);
  for (const root of ['Query', 'Mutation'] as const) {
    const type = types[root];
    const fields = isObjectType(type) ? Object.keys(type.getFields()) : [];
    expect(Object.keys(service.access[root]).filter((name) => !fields.includes(name))).toEqual([]);
  }
});

test('every type, field, argument and enum value says what it means', () => {
  const own = Object.values(service.schema.getTypeMap()).filter(
    ({ name }) => !/^(_|link__|federation__|Query$|Mutation$)/.test(name),
  );
  const undescribed = own.flatMap((type) => {
    const missing = type.description || !type.astNode ? [] : [type.name];
    if (isEnumType(type) && type.astNode) {
      const values = type.getValues().filter(({ description }) => !description);
      return [...missing, ...values.map(({ name }) => `${type.name}.${name}`)];
    }
    if (!isObjectType(type) && !isInputObjectType(type)) return missing;
    const fields = Object.values(type.getFields()).filter(({ description }) => !description);
    return [...missing, ...fields.map(({ name }) => `${type.name}.${name}`)];
  });
  expect(undescribed).toEqual([]);
});
