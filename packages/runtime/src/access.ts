/**
 * Who may do what: one table per service, a row for every field and command, applied on the direct path, through
 * `_entities` and through every other route alike. [REG-01]
 */
import { isWithin, regionPrefix } from '@shixun/kernel';
import type { Caller, Grant, Role } from './caller.ts';

/** Where a thing belongs; what a grant's own scope is compared with. */
export type Scope = {
  readonly regionCode?: string | null | undefined;
  readonly schoolId?: string | null | undefined;
  readonly institutionId?: string | null | undefined;
  readonly personId?: string | null | undefined;
  readonly platformId?: string | null | undefined;
};

/** What of the grant must agree with the thing: nothing, its region's subtree, its school … or the person itself. */
export type On = 'any' | 'region' | 'school' | 'institution' | 'own' | 'platform';

export type By = { readonly role: Role; readonly on: On };

/** A row: the public, whoever is signed in, or one of some roles within its scope. */
export type Row = 'everyone' | 'signed-in' | By | readonly By[];

export const everyone: Row = 'everyone';
export const signedIn: Row = 'signed-in';
export function by(role: Role, on: On): By {
  return { role, on };
}
/** The three levels of bureau, each for its region's subtree. */
export const bureaus: readonly By[] = [
  by('ProvinceAdmin', 'region'),
  by('CityAdmin', 'region'),
  by('CountyAdmin', 'region'),
];

/** Who reads what was done to a thing: its bureaus and the auditors above. [GOV-02] */
export const auditReaders: readonly By[] = [...bureaus, by('Auditor', 'region')];

const allFieldsMark: unique symbol = Symbol('all fields');
export type AllFields = { readonly [allFieldsMark]: Row };
/** One row for every field of a type that has nothing to protect of its own: payloads, edges, figures. */
export function allFields(row: Row): AllFields {
  return { [allFieldsMark]: row };
}

export type TypeAccess = {
  /** Where an object of this type belongs; needed as soon as a row looks at a scope. */
  // biome-ignore lint/suspicious/noExplicitAny: the row's type belongs to the resolvers of that GraphQL type
  readonly scope?: (row: any) => Scope;
  readonly fields: Readonly<Record<string, Row>> | AllFields;
};

export type AccessTable = {
  readonly types: Readonly<Record<string, TypeAccess>>;
  readonly Query: Readonly<Record<string, Row>>;
  readonly Mutation: Readonly<Record<string, Row>>;
};

export function defineAccess(table: AccessTable): AccessTable {
  return table;
}

/** One table of many capabilities' tables. A type or field named twice is a mistake and throws. */
export function mergeAccess(...tables: readonly AccessTable[]): AccessTable {
  return {
    types: mergeOnce(tables.map((table) => table.types)),
    Query: mergeOnce(tables.map((table) => table.Query)),
    Mutation: mergeOnce(tables.map((table) => table.Mutation)),
  };
}

function mergeOnce<T>(records: readonly Readonly<Record<string, T>>[]): Record<string, T> {
  const merged: Record<string, T> = {};
  for (const [name, value] of records.flatMap((record) => Object.entries(record))) {
    if (name in merged) throw new Error(`the access table names ${name} twice`);
    merged[name] = value;
  }
  return merged;
}

/** The row of a field or command; undefined when the table has none, which a test of every service refuses. */
export function rowOf(table: AccessTable, typeName: string, fieldName: string): Row | undefined {
  if (typeName === 'Query' || typeName === 'Mutation') return table[typeName][fieldName];
  const fields = table.types[typeName]?.fields;
  if (fields === undefined) return undefined;
  if (allFieldsMark in fields) return (fields as AllFields)[allFieldsMark];
  return (fields as Readonly<Record<string, Row>>)[fieldName];
}

/** The roles a row names; empty for the public and for whoever is signed in. */
export function rolesOf(row: Row): readonly By[] {
  if (typeof row === 'string') return [];
  return 'role' in row ? [row] : row;
}

/** True when the caller holds one of the row's roles, wherever: the first look, before any fact is read. */
export function mayTry(caller: Caller | null, row: Row): boolean {
  if (row === 'everyone') return true;
  if (caller === null) return false;
  if (row === 'signed-in') return true;
  return rolesOf(row).some(({ role }) => caller.grants.some((grant) => grant.role === role));
}

/** True when one of the caller's grants satisfies the row for a thing that belongs there. */
export function may(caller: Caller | null, row: Row, scope: Scope): boolean {
  if (row === 'everyone') return true;
  if (caller === null) return false;
  if (row === 'signed-in') return true;
  return rolesOf(row).some(({ role, on }) =>
    caller.grants.some((grant) => grant.role === role && agrees(caller, grant, on, scope)),
  );
}

function agrees(caller: Caller, grant: Grant, on: On, scope: Scope): boolean {
  switch (on) {
    case 'any':
      return true;
    case 'region':
      return (
        typeof grant.regionCode === 'string' &&
        typeof scope.regionCode === 'string' &&
        isWithin(scope.regionCode, grant.regionCode)
      );
    case 'school':
      return same(grant.schoolId, scope.schoolId);
    case 'institution':
      return same(grant.institutionId, scope.institutionId);
    case 'platform':
      return same(grant.platformId, scope.platformId);
    case 'own':
      return same(grant.personId ?? caller.subject, scope.personId);
  }
}

function same(left: string | undefined, right: string | null | undefined): boolean {
  return typeof left === 'string' && left === right;
}

/** The fields of a row in which a list query finds what each kind of scope looks at. */
export type ScopeFields = Partial<Record<Exclude<On, 'any'>, string>>;

/**
 * The filter that leaves of a list what the caller may see: every grant's own part of it. Null when that is nothing,
 * so that a query can answer an empty page without asking the database.
 */
export function visibleTo(
  caller: Caller | null,
  row: Row,
  fields: ScopeFields,
): Record<string, unknown> | null {
  if (row === 'everyone' || (row === 'signed-in' && caller !== null)) return {};
  if (caller === null) return null;
  const parts = rolesOf(row).flatMap(({ role, on }) =>
    caller.grants
      .filter((grant) => grant.role === role)
      .flatMap((grant) => partOf(caller, grant, on, fields)),
  );
  if (parts.some((part) => Object.keys(part).length === 0)) return {};
  const [first, ...others] = parts;
  if (first === undefined) return null;
  return others.length === 0 ? first : { $or: parts };
}

function partOf(
  caller: Caller,
  grant: Grant,
  on: On,
  fields: ScopeFields,
): Record<string, unknown>[] {
  if (on === 'any') return [{}];
  const field = fields[on];
  if (field === undefined) return [];
  if (on === 'region') {
    return grant.regionCode === undefined ? [] : [{ [field]: within(grant.regionCode) }];
  }
  const value = {
    school: grant.schoolId,
    institution: grant.institutionId,
    platform: grant.platformId,
    own: grant.personId ?? caller.subject,
  }[on];
  return value === undefined ? [] : [{ [field]: value }];
}

/** The range of region codes inside a region: an index range, never a scan. */
export function within(regionCode: string): { readonly $gte: string; readonly $lt: string } {
  const prefix = regionPrefix(regionCode);
  return { $gte: prefix, $lt: `${prefix}:` };
}
