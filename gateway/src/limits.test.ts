import { describe, expect, test } from '@jest/globals';
import {
  buildSchema,
  type FragmentDefinitionNode,
  getIntrospectionQuery,
  Kind,
  parse,
} from 'graphql';
import { brokenLimit, limits, measure, type Size } from './limits.ts';

const schema = buildSchema(`
  type Query { node: Node nodes(first: Int = 20, last: Int): NodeConnection! list(first: Int): [Node!]! all: [Node!]! }
  type NodeConnection { edges: [NodeEdge!]! nodes: [Node!]! pageInfo: PageInfo! }
  type NodeEdge { node: Node! }
  type PageInfo { hasNextPage: Boolean! }
  interface Named { name: String }
  type Node implements Named {
    name: String other: String node: Node next: Node all: [Node!]! nodes(first: Int): NodeConnection! ofType: Node
  }
`);

function sizeOf(source: string, variables: Record<string, unknown> = {}): Size {
  const { definitions } = parse(source);
  const operation = definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('no operation');
  const fragments = definitions.filter(
    (definition): definition is FragmentDefinitionNode =>
      definition.kind === Kind.FRAGMENT_DEFINITION,
  );
  const byName = new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
  return measure(operation, byName, schema, variables);
}

const broken = (source: string, variables?: Record<string, unknown>) =>
  brokenLimit(sizeOf(source, variables));

/** `node { node { … name } }` with that many fields from top to bottom. */
function deep(levels: number, field = 'node'): string {
  return levels === 1 ? 'name' : `${field} { ${deep(levels - 1, field)} }`;
}

/** The same with a named fragment at every level. */
function deepInFragments(levels: number): string {
  const fragments = Array.from({ length: levels - 1 }, (_, index) =>
    index === levels - 2
      ? `fragment F${index} on Node { name }`
      : `fragment F${index} on Node { node { ...F${index + 1} } }`,
  );
  return `{ node { ...F0 } }\n${fragments.join('\n')}`;
}

const times = (count: number, make: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => make(index)).join(' ');

describe('depth', () => {
  test('10 fields deep is accepted, 11 refused', () => {
    expect(broken(`{ ${deep(10)} }`)).toBeUndefined();
    expect(broken(`{ ${deep(11)} }`)).toBe('depth');
  });

  test('counts through nested named fragments, and counts no hop of its own', () => {
    expect(sizeOf(deepInFragments(10)).depth).toBe(10);
    expect(broken(deepInFragments(10))).toBeUndefined();
    expect(broken(deepInFragments(11))).toBe('depth');
  });

  test('a fragment first met near the root counts in full where it is spread deeper', () => {
    const fragment = `fragment F on Node { ${deep(3)} }`;
    const at = (level: number) =>
      `{ a: node { ...F } ${deep(level).replace('name', '...F')} } ${fragment}`;
    expect(broken(at(8))).toBeUndefined();
    expect(broken(at(9))).toBe('depth');
  });

  test('counts through inline fragments and interfaces', () => {
    expect(broken(`{ node { ... on Named { ... on Node { ${deep(9)} } } } }`)).toBeUndefined();
    expect(broken(`{ node { ... on Named { ... on Node { ${deep(10)} } } } }`)).toBe('depth');
  });

  test('a field of our own called ofType, and an alias called __schema, are counted as any', () => {
    expect(broken(`{ node { ${deep(10, 'ofType')} } }`)).toBe('depth');
    expect(broken(`{ __schema: ${deep(11)} }`)).toBe('depth');
  });
});

describe('aliases', () => {
  test('15 are accepted, 16 refused', () => {
    expect(broken(`{ node { ${times(15, (i) => `a${i}: name`)} } }`)).toBeUndefined();
    expect(broken(`{ node { ${times(16, (i) => `a${i}: name`)} } }`)).toBe('aliases');
  });

  test('a fragment counts at each of its spreads', () => {
    const fragment = 'fragment F on Node { a: name b: name c: name d: name e: name }';
    const spread = (count: number) => `{ ${times(count, () => 'node { ...F }')} } ${fragment}`;
    expect(broken(spread(3))).toBeUndefined();
    expect(broken(spread(4))).toBe('aliases');
  });

  test('fan-out through nested fragments is refused at once, however many levels', () => {
    const levels = 40;
    const fragments = times(levels, (i) =>
      i === levels - 1
        ? `fragment F${i} on Node { name }`
        : `fragment F${i} on Node { a: node { ...F${i + 1} } b: node { ...F${i + 1} } }`,
    );
    const size = sizeOf(`{ node { ...F0 } } ${fragments}`);
    expect(size.aliases).toBe(2 ** levels - 2);
    expect(brokenLimit(size)).toBe('depth');
  });

  test('aliases named like introspection fields count', () => {
    expect(broken(`{ ${times(16, (i) => `__schema${i}: node { name }`)} }`)).toBe('aliases');
  });
});

describe('root fields', () => {
  test('20 are accepted, 21 refused, through a fragment on Query too', () => {
    expect(broken(`{ ${times(20, () => '__typename')} }`)).toBeUndefined();
    expect(broken(`{ ${times(21, () => '__typename')} }`)).toBe('rootFields');
    const inFragment = (count: number) =>
      `{ ...F } fragment F on Query { ${times(count, () => '__typename')} }`;
    expect(broken(inFragment(20))).toBeUndefined();
    expect(broken(inFragment(21))).toBe('rootFields');
  });
});

describe('directives', () => {
  const skip = '@skip(if: false)';

  test('50 are accepted, 51 refused, on fields, spreads, fragments and variables alike', () => {
    expect(broken(`{ node { name ${times(50, () => skip)} } }`)).toBeUndefined();
    expect(broken(`{ node { name ${times(51, () => skip)} } }`)).toBe('directives');
    expect(broken(`{ node { ...F ${times(51, () => skip)} } } fragment F on Node { name }`)).toBe(
      'directives',
    );
    expect(broken(`query ($a: Int ${times(51, () => skip)}) { node { name } }`)).toBe('directives');
    expect(broken(`query ${times(51, () => skip)} { node { name } }`)).toBe('directives');
  });

  test('a fragment counts at each of its spreads', () => {
    const fragment = `fragment F on Node { name ${times(10, () => skip)} }`;
    expect(broken(`{ ${times(5, () => 'node { ...F }')} } ${fragment}`)).toBeUndefined();
    expect(broken(`{ ${times(6, () => 'node { ...F }')} } ${fragment}`)).toBe('directives');
  });
});

describe('object fields', () => {
  test('100 are accepted, 101 refused, without any alias', () => {
    const five = 'next { node { next { node { next { name } } } } }';
    const fragment = `fragment F on Node { ${five} }`;
    const root = (more: string) =>
      `{ ${times(16, () => 'node { ...F }')} node { next { node { name } } ${more} } } ${fragment}`;
    expect(sizeOf(root('')).objectFields).toBe(99);
    expect(broken(root('node { name }'))).toBeUndefined();
    expect(broken(root('node { next { name } }'))).toBe('objectFields');
  });
});

describe('pages and cost', () => {
  test('a page of 100 is accepted, 101 refused: as a literal, a variable, a default', () => {
    expect(broken('{ nodes(first: 100) { pageInfo { hasNextPage } } }')).toBeUndefined();
    expect(broken('{ nodes(first: 101) { pageInfo { hasNextPage } } }')).toBe('page');
    expect(broken('{ nodes(last: 101) { pageInfo { hasNextPage } } }')).toBe('page');
    const byVariable = 'query ($n: Int) { nodes(first: $n) { pageInfo { hasNextPage } } }';
    expect(broken(byVariable, { n: 100 })).toBeUndefined();
    expect(broken(byVariable, { n: 101 })).toBe('page');
    const byDefault = (n: number) =>
      `query ($n: Int = ${n}) { nodes(first: $n) { pageInfo { hasNextPage } } }`;
    expect(broken(byDefault(100))).toBeUndefined();
    expect(broken(byDefault(101))).toBe('page');
  });

  test('a connection costs itself, and its page times what each item costs', () => {
    expect(sizeOf('{ nodes(first: 7) { edges { node { name } } } }').cost).toBe(1 + 7 * 2);
    expect(sizeOf('{ nodes(first: 7) { nodes { name } } }').cost).toBe(1 + 7);
    expect(sizeOf('{ nodes { nodes { name } } }').cost).toBe(1 + 20);
    expect(sizeOf('{ list(first: 7) { node { name } } }').cost).toBe(7 * 2);
    expect(sizeOf('{ all { node { name } } }').cost).toBe(10 * 2);
  });

  test('cost is 5,000 at most: nested pages multiply, also through fragments', () => {
    const nested = (first: number) =>
      `{ list(first: 100) { nodes(first: ${first}) { nodes { name } } } }`;
    expect(sizeOf(nested(48)).cost).toBe(5000);
    expect(broken(nested(48))).toBeUndefined();
    expect(broken(nested(49))).toBe('cost');
    const inFragments = (first: number) => `{ list(first: 100) { ...A } }
      fragment A on Node { nodes(first: ${first}) { ...B } }
      fragment B on NodeConnection { nodes { ...C } }
      fragment C on Node { name }`;
    expect(sizeOf(inFragments(48)).cost).toBe(5000);
    expect(broken(inFragments(49))).toBe('cost');
  });

  test('one fragment costs by the page of each connection that spreads it', () => {
    const source = `{ a: nodes(first: 3) { ...F } b: nodes(first: 9) { ...F } }
      fragment F on NodeConnection { nodes { name } }`;
    expect(sizeOf(source).cost).toBe(1 + 3 + 1 + 9);
  });

  test('a page that is no count is taken as the largest, never as less than nothing', () => {
    for (const n of [-5, 'x', null, 1.5, { a: 1 }]) {
      const source = 'query ($n: Int) { list(first: $n) { node { name } } }';
      expect(sizeOf(source, { n }).cost).toBe(200);
    }
    expect(sizeOf('{ list(first: -5) { node { name } } }').cost).toBe(200);
  });
});

describe('documents that validation would refuse', () => {
  test('fragments that spread themselves end', () => {
    const size = sizeOf(
      '{ node { ...A } } fragment A on Node { node { ...B } } fragment B on Node { node { ...A } }',
    );
    expect(size.depth).toBe(3);
  });

  test('unknown fields, fragments and types are measured, not believed', () => {
    expect(broken(`{ ${deep(11, 'nothing')} }`)).toBe('depth');
    expect(broken(`{ ... on Nothing { ${deep(11)} } }`)).toBe('depth');
    expect(sizeOf('{ ...Nothing }').depth).toBe(0);
    expect(broken(`{ node { constructor { ${deep(10, '__proto__')} } } }`)).toBe('depth');
  });
});

test('the standard introspection query is within every limit', () => {
  const source = getIntrospectionQuery({ inputValueDeprecation: true, schemaDescription: true });
  const size = sizeOf(source);
  expect(brokenLimit(size)).toBeUndefined();
  expect(size.depth).toBeLessThanOrEqual(limits.depth);
});

test('introspection that goes round in circles is refused', () => {
  expect(
    broken(
      `{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }`,
    ),
  ).toBeDefined();
});
