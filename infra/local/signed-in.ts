import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExplorerOperation } from '@shixun/gateway';
import { civilDateOf, yearOf } from '@shixun/kernel';
import type { Role } from '@shixun/runtime';
import { type DemoPeople, type DemoPerson, demoPeople } from '../province/demo-people.ts';
import type { ProvinceSize } from '../province/size.ts';
import { projectRoot } from './cache-folder.ts';
import type { Issuer } from './issuer.ts';

/** A person of the demo province with a token that speaks for them. */
export type SignedInPerson = DemoPerson & { readonly token: string };

export type SignedIn = {
  /** One per role: the first teacher and all staff. */
  readonly people: readonly SignedInPerson[];
  readonly teachers: readonly SignedInPerson[];
  /** Of the school in the country: who speaks for it, and its teachers. */
  readonly township: readonly SignedInPerson[];
  /** Ready-made for the explorer. The first is what the start waits for. */
  readonly operations: readonly ReadyOperation[];
};

export type ReadyOperation = ExplorerOperation & { readonly token: string };

/** Which of the published operations the explorer opens, asked by whom, about what. */
const ready: readonly {
  readonly file: string;
  readonly role: Role;
  variables(people: DemoPeople, today: string): Readonly<Record<string, unknown>>;
}[] = [
  {
    file: 'TeacherPage',
    role: 'Teacher',
    variables: ({ teachers: [teacher] }, today) => ({ id: teacher?.subject, year: yearOf(today) }),
  },
  { file: 'MenuSearch', role: 'Teacher', variables: () => ({ filter: { text: '语文' } }) },
  {
    file: 'Projects',
    role: 'CountyAdmin',
    variables: ({ regionCode }) => ({ regionCode, first: 20 }),
  },
  {
    file: 'PolicyOn',
    role: 'CountyAdmin',
    variables: ({ regionCode }, date) => ({ regionCode, date }),
  },
  {
    file: 'Institution',
    role: 'InstitutionAdmin',
    variables: ({ institutionId }) => ({ id: institutionId }),
  },
  {
    file: 'SchoolTeachers',
    role: 'SchoolAdmin',
    variables: ({ schoolId }) => ({ schoolId, first: 20 }),
  },
  {
    file: 'Findings',
    role: 'CountyAdmin',
    variables: ({ regionCode }) => ({ filter: { regionCode } }),
  },
  {
    file: 'Inbox',
    role: 'CountyAdmin',
    variables: ({ regionCode }) => ({ recipient: { kind: 'REGION', id: regionCode } }),
  },
  {
    file: 'TeacherRecord',
    role: 'Teacher',
    variables: ({ teachers: [teacher] }) => ({ id: teacher?.subject }),
  },
  { file: 'Rules', role: 'Teacher', variables: () => ({ area: 'CRS' }) },
];

/** Signs in the cast of the demo province. */
export async function signIn(issuer: Issuer, size: ProvinceSize, now: Date): Promise<SignedIn> {
  const today = civilDateOf(now);
  const cast = demoPeople(size, yearOf(today));
  const withToken = async (person: DemoPerson): Promise<SignedInPerson> => {
    const { subject: sub, name, grants } = person;
    return { ...person, token: await issuer.issueToken({ sub, name, grants }) };
  };
  const teachers = await Promise.all(cast.teachers.map(withToken));
  const { school, teachers: rural } = cast.township;
  const township = await Promise.all([school, ...rural].map(withToken));
  const people = [...teachers.slice(0, 1), ...(await Promise.all(cast.staff.map(withToken)))];
  const operations = await Promise.all(
    ready.map(async ({ file, role, variables }): Promise<ReadyOperation> => {
      const person = people.find((candidate) => candidate.role === role);
      if (person === undefined) throw new Error(`nobody of the demo province is a ${role}`);
      const path = join(projectRoot, 'gateway', 'operations', `${file}.graphql`);
      const document = await readFile(path, 'utf8');
      return { name: file, document, variables: variables(cast, today), token: person.token };
    }),
  );
  return { people, teachers, township, operations };
}
