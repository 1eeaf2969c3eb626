import { describe, expect, test } from '@jest/globals';
import {
  buildSchema,
  execute,
  type GraphQLError,
  getVariableValues,
  parse,
  validate,
} from 'graphql';
import { blot } from '../telemetry/blot.ts';
import { blotted } from './blotting.ts';

const schema = buildSchema(`
  enum Stage { PRIMARY JUNIOR }
  input PersonInput { name: String!, phone: String, stage: Stage, age: Int, tags: [Stage!], since: Int! = 1 }
  type Query { person(input: PersonInput, n: Int, stage: Stage): String }
`);
const number = '140000199001010019';
const phone = '17700001234';

function ofVariables(input: unknown): string[] {
  const document = parse('query Q($input: PersonInput) { person(input: $input) }');
  const [operation] = document.definitions;
  const { variableDefinitions = [] } = operation as never as { variableDefinitions: never[] };
  return (getVariableValues(schema, variableDefinitions, { input }).errors ?? []).map(
    ({ message }) => message,
  );
}

function ofDocument(source: string): string[] {
  try {
    const document = parse(source);
    const errors = validate(schema, document);
    if (errors.length > 0) return errors.map(({ message }) => message);
    const { errors: executed = [] } = execute({ schema, document }) as { errors?: GraphQLError[] };
    return executed.map(({ message }) => message);
  } catch (error) {
    return [(error as GraphQLError).message];
  }
}

const base = { name: '王' };

describe('GOV-03: what graphql-js says names the field and the type, never the value', () => {
  test.each([
    ['an enum value', { ...base, stage: number }, ['input.stage', '"Stage"']],
    ['an enum value alike', { ...base, stage: 'PRIMARI' }, ['input.stage', '"PRIMARY"']],
    ['an item of a list', { ...base, tags: ['JUNIOR', phone] }, ['input.tags[1]', 'Stage']],
    ['an unknown field', { ...base, [phone]: number }, ['PersonInput', 'is not defined']],
    ['a field alike', { ...base, phon: number }, ['"phone"']],
    ['a text for a number', { ...base, age: phone }, ['input.age', 'Int']],
    ['a number for a text', { ...base, phone: Number(phone) }, ['input.phone', 'String']],
    ['an object for a text', { ...base, phone: { [number]: phone } }, ['input.phone', 'String']],
    ['a missing field beside', { phone, stage: 'PRIMARY' }, ['"name"', '"String!"']],
    ['a text for an object', `x"; ${number} "y`, ['PersonInput']],
    ['a field whose name ends the quotes', { ...base, [`a" at "${phone}; `]: 1 }, ['PersonInput']],
  ])('%s', (_, input, kept) => {
    const raw = ofVariables(input);
    expect(raw).not.toEqual([]);
    const said = raw.map((message) => blotted(message, schema));
    for (const text of said) {
      expect(text).not.toMatch(/1400|1770|PRIMARI|"phon"|王/);
    }
    for (const word of kept) expect(said.join('\n')).toContain(word);
  });

  test.each([
    [`{ person(stage: P${phone}) }`, ['"Stage"']],
    [`{ person(n: "${number}") }`, ['Int']],
    [`{ person(n: ${number}) }`, ['Int']],
    [`{ person(input: { name: "a", p${phone}: "${number}" }) }`, ['PersonInput']],
    [`{ p${phone} }`, ['"Query"']],
    [`{ person(p${phone}: "${number}") }`, ['"Query.person"']],
    [`{ person "${number}" }`, ['Syntax Error', 'String']],
    [`{ person(input: "${number}`, ['Unterminated string']],
    [`{ person(input: ${number}x) }`, ['Syntax Error']],
    [`{ ...f${phone} }`, ['fragment']],
    [`query Q($p${phone}: PersonInput) { person }`, ['Variable']],
  ])('of the document %s', (source, kept) => {
    const raw = ofDocument(source);
    expect(raw).not.toEqual([]);
    const said = raw.map((message) => blotted(message, schema));
    for (const text of said) expect(text).not.toMatch(/1400|1770/);
    for (const word of kept) expect(said.join('\n')).toContain(word);
  });

  test('without a schema every quoted word goes, punctuation stays', () => {
    expect(blotted('Syntax Error: Expected ":", found Name "wang".')).toBe(
      'Syntax Error: Expected ":", found Name "…".',
    );
  });

  test('our own sentences stay as they are', () => {
    expect(blotted('first must lie between 1 and 100', schema)).toBe(
      'first must lie between 1 and 100',
    );
  });
});

describe('GOV-03: the last guard takes out what looks like a person’s number', () => {
  test.each([
    [`a ${number} b`, 'a … b'],
    ['"14000019900101001X"', '"…"'],
    ['１７７００００１２３４', '…'],
    [`/x?q=id%3A%20${phone}%22${number}`, '/x?q=id%3A%20…%22…'],
    [`tel:+86 ${phone};`, 'tel:…;'],
    [`{"phone":"${phone}"}`, '{"phone":"…"}'],
  ])('%s', (text, without) => {
    expect(blot(text)).toBe(without);
  });

  test.each([
    '{"time":1795372800000}',
    'tch_01978231-4567-7890-8123-177000012345',
    'e3b17700001234ff',
    '12700001234',
  ])('%s stays', (text) => {
    expect(blot(text)).toBe(text);
  });
});
