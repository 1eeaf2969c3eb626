/**
 * Whether a new schema of an event keeps every promise of the old one: readers of the old still understand new
 * events, and old events still parse under the new. A breaking change is a new version of the type. [INT-03]
 */
import { isDeepStrictEqual } from 'node:util';
import type { JsonSchema } from './json-schema.ts';

/** Keywords whose change alone retypes a field. */
const fixedKeywords = [
  'const',
  'format',
  'pattern',
  'x-topic',
  'x-subject',
  'x-compacted',
] as const;

/** Keywords of which a smaller number is narrower, and those of which a greater one is. */
const ceilings = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems'] as const;
const floors = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems'] as const;

/** Names everything that breaks, each with its path; empty when the new schema is compatible. */
export function checkCompatible(old: JsonSchema, next: JsonSchema): readonly string[] {
  return compare(old, next, '');
}

function compare(old: JsonSchema, next: JsonSchema, path: string): string[] {
  const at = path === '' ? 'the whole' : path;
  if (!isDeepStrictEqual(old.type, next.type)) {
    return [`${at}: was ${JSON.stringify(old.type)}, is ${JSON.stringify(next.type)}`];
  }
  return [
    ...fixedKeywords
      .filter((keyword) => !isDeepStrictEqual(old[keyword], next[keyword]))
      .map((keyword) => `${at}: ${keyword} changed from ${old[keyword]} to ${next[keyword]}`),
    ...narrowed(old, next, at),
    ...lostEnumValues(old, next, at),
    ...compareProperties(old, next, path),
    ...compareParts(old, next, path),
  ];
}

function narrowed(old: JsonSchema, next: JsonSchema, at: string): string[] {
  const below = ceilings.filter((keyword) => limit(next, keyword, 1) < limit(old, keyword, 1));
  const above = floors.filter((keyword) => limit(next, keyword, -1) > limit(old, keyword, -1));
  return [...below, ...above].map(
    (keyword) => `${at}: ${keyword} narrowed from ${old[keyword] ?? 'none'} to ${next[keyword]}`,
  );
}

function limit(schema: JsonSchema, keyword: string, sign: 1 | -1): number {
  const value = schema[keyword];
  return typeof value === 'number' ? value : sign * Number.POSITIVE_INFINITY;
}

function lostEnumValues(old: JsonSchema, next: JsonSchema, at: string): string[] {
  const before = listOf(old.enum);
  const now = listOf(next.enum);
  if (now === undefined) return [];
  if (before === undefined) return [`${at}: was free, is now one of ${JSON.stringify(now)}`];
  const lost = before.filter((value) => !now.includes(value));
  return lost.map((value) => `${at}: ${JSON.stringify(value)} is no longer a value`);
}

function compareProperties(old: JsonSchema, next: JsonSchema, path: string): string[] {
  const before = schemasOf(old.properties);
  const now = schemasOf(next.properties);
  const wasRequired = listOf(old.required) ?? [];
  const isRequired = listOf(next.required) ?? [];
  const problems: string[] = [];
  for (const [name, schema] of Object.entries(before)) {
    const same = now[name];
    const here = `${path}/${name}`;
    if (same === undefined) problems.push(`${here}: removed or renamed`);
    else problems.push(...compare(schema, same, here));
    if (same !== undefined && wasRequired.includes(name) && !isRequired.includes(name)) {
      problems.push(`${here}: was always told, may now be missing`);
    }
  }
  for (const name of isRequired) {
    if (!wasRequired.includes(name)) problems.push(`${path}/${name}: newly required`);
  }
  return problems;
}

function compareParts(old: JsonSchema, next: JsonSchema, path: string): string[] {
  const problems: string[] = [];
  for (const keyword of ['items', 'additionalProperties'] as const) {
    const before = schemaOf(old[keyword]);
    const now = schemaOf(next[keyword]);
    if (before === undefined && now === undefined) continue;
    const here = `${path}/${keyword === 'items' ? '[]' : '*'}`;
    if (before === undefined || now === undefined) problems.push(`${here}: retyped`);
    else problems.push(...compare(before, now, here));
  }
  for (const keyword of ['anyOf', 'oneOf', 'allOf'] as const) {
    const before = listOf(old[keyword]) ?? [];
    const now = listOf(next[keyword]) ?? [];
    if (before.length !== now.length) {
      problems.push(`${path}: retyped from ${before.length} to ${now.length} alternatives`);
      continue;
    }
    before.forEach((part, index) => {
      const [from, to] = [schemaOf(part), schemaOf(now[index])];
      if (from !== undefined && to !== undefined) problems.push(...compare(from, to, path));
    });
  }
  return problems;
}

function schemaOf(value: unknown): JsonSchema | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonSchema)
    : undefined;
}

function schemasOf(value: unknown): Readonly<Record<string, JsonSchema>> {
  return (schemaOf(value) ?? {}) as Readonly<Record<string, JsonSchema>>;
}

function listOf(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}
