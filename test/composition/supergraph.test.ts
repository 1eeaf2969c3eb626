import { describe, expect, test } from '@jest/globals';
import { composeSupergraph, readSubgraphs, supergraph } from '@shixun/infra/gen/supergraph';
import {
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql';
import { clientSchema, committed } from './graph.ts';

const schema = clientSchema();

type Described = { readonly name: string; readonly description?: string | null | undefined };

/** Every type, field, argument and value of the graph, by its coordinate. */
function* elements(types: Iterable<GraphQLNamedType>): Generator<readonly [string, Described]> {
  for (const type of types) {
    if (isIntrospectionType(type) || isSpecifiedScalarType(type)) continue;
    if (!['Query', 'Mutation'].includes(type.name)) yield [type.name, type];
    if (isEnumType(type)) {
      for (const value of type.getValues()) yield [`${type.name}.${value.name}`, value];
    }
    if (isInputObjectType(type) || isObjectType(type) || isInterfaceType(type)) {
      for (const field of Object.values(type.getFields())) {
        yield [`${type.name}.${field.name}`, field];
        const args = 'args' in field ? field.args : [];
        for (const arg of args) yield [`${type.name}.${field.name}(${arg.name}:)`, arg];
      }
    }
  }
}

describe('the composed graph', () => {
  test('the committed supergraph and manifest are what the sources make now', async () => {
    const made = await supergraph.run();
    expect([...made.keys()].filter((path) => made.get(path) !== committed(path))).toEqual([]);
  });

  test('everything in it is described', () => {
    const all = [...elements(Object.values(schema.getTypeMap()))];
    expect(all.length).toBeGreaterThan(500);
    expect(all.filter(([, { description }]) => !description?.trim()).map(([at]) => at)).toEqual([]);
  });

  test('every command takes one input with an idempotency key, or an unlinkable ballot instead of one', () => {
    const commands = Object.values(schema.getMutationType()?.getFields() ?? {});
    const keyless = commands.filter(({ args: [input, ...more] }) => {
      const type = schema.getType(String(input?.type).replace('!', ''));
      return more.length > 0 || !isInputObjectType(type) || !('idempotencyKey' in type.getFields());
    });
    // A vote that carried a key chosen by its voter could be led back to the voter; its ballot makes it single.
    expect(keyless.map(({ name }) => name)).toEqual(['submitAnswers', 'submitNeedsAnswers']);
  });

  test('every command answers a thing and its refusals', () => {
    const commands = Object.values(schema.getMutationType()?.getFields() ?? {});
    // Under overload a command answers a place in the queue [CRS-46]; a reading answers the value and its record [GOV-03].
    const further: Readonly<Record<string, number>> = {
      enrollTeacher: 1,
      readIdentityNumber: 1,
      readPhone: 1,
      exportMyPersonalData: 2,
    };
    for (const { name, type } of commands) {
      const payload = schema.getType(String(type).replace('!', ''));
      const fields = isObjectType(payload) ? payload.getFields() : {};
      expect(String(fields.refusals?.type)).toBe('[Refusal!]!');
      expect([name, Object.keys(fields).length]).toEqual([name, 2 + (further[name] ?? 0)]);
    }
  });
});

test('subgraphs that do not fit together are named, all at once', () => {
  const broken = readSubgraphs().map((subgraph) =>
    subgraph.name === 'credits'
      ? {
          ...subgraph,
          typeDefs: `${subgraph.typeDefs}\nextend type Query { rules: String broken: Nothing }`,
        }
      : subgraph,
  );
  expect(() => composeSupergraph(broken)).toThrow(/don't compose:[\s\S]*Nothing/);
});
