/** What graphql-js says of a mistake, without the value it quotes: a mistyped field can hold an identity number. [GOV-03] */
import {
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
} from 'graphql';
import { blot } from '../telemetry/blot.ts';

const quoted = /"(?:[^"\\]|\\.)*"/gs;

/** Values that stand in a sentence without quotes, or with more after them; each ends where its sentence goes on. */
const values: readonly (readonly [RegExp, string])[] = [
  [/ got invalid value .*?(?= at "|; )/s, ' got an invalid value'],
  [/(cannot represent (?:a )?(?:non-)?[\w -]*value): .*?(?=\. Did you mean|$)/s, '$1'],
  [/(Expected value of type "[^"]*"), found .*?(?=[.;] |\.?$)/s, '$1'],
  [/(has (?:an )?invalid value) .*?(?=\. |\.?$)/s, '$1'],
];

/**
 * The sentence with nothing in it that a client typed: of what is quoted only the schema's own names, punctuation and
 * the path of the field remain. Without a schema no name is known.
 */
export function blotted(message: string, schema?: GraphQLSchema): string {
  const names = schema === undefined ? new Set<string>() : namesOf(schema);
  const variable = /^Variable "\$([A-Za-z_]{1,60})"/.exec(message)?.[1];
  const isKnown = (word: string) => word === variable || names.has(word);
  const unquoted = message.replace(quoted, (text) => (isHarmless(text, isKnown) ? text : '"…"'));
  return blot(values.reduce((text, [value, instead]) => text.replace(value, instead), unquoted));
}

function isHarmless(text: string, isKnown: (word: string) => boolean): boolean {
  const inner = text.slice(1, -1);
  if (/^[!$&().:=@[\]{|}]+$/.test(inner)) return true;
  return inner
    .split('.')
    .every((part) => isKnown(part.replace(/^[$@[]+|(?:\[\d+\]|[\]!])*$/g, '')));
}

const known = new WeakMap<GraphQLSchema, ReadonlySet<string>>();

function namesOf(schema: GraphQLSchema): ReadonlySet<string> {
  const names = known.get(schema) ?? new Set(namesIn(schema));
  known.set(schema, names);
  return names;
}

function* namesIn(schema: GraphQLSchema): Generator<string> {
  for (const type of Object.values(schema.getTypeMap())) {
    yield type.name;
    if (isEnumType(type)) yield* type.getValues().map(({ name }) => name);
    if (isInputObjectType(type)) yield* Object.keys(type.getFields());
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      yield field.name;
      yield* field.args.map(({ name }) => name);
    }
  }
  for (const { name, args } of schema.getDirectives()) {
    yield name;
    yield* args.map((argument) => argument.name);
  }
}
