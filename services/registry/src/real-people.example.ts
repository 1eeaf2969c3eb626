/** People for the tests of personal data: registered at one school of a real registry, each with a number of its own. */
import type { Caller } from '@shixun/runtime';
import { as, county, RealRegistry } from './real-registry.example.ts';
import { checkDigit } from './teachers/identity-number.ts';

export type Person = {
  readonly id: string;
  readonly name: string;
  readonly identityNumber: string;
  readonly phone: string;
  readonly owner: Caller;
};

export type Read = { readonly id: string; readonly purpose?: string };

export class RealPeople {
  readonly registry: RealRegistry;
  readonly school: Caller;
  readonly #schoolId: string;
  #people = 0;

  private constructor(registry: RealRegistry, schoolId: string) {
    this.registry = registry;
    this.#schoolId = schoolId;
    this.school = as('SchoolAdmin', { schoolId });
  }

  static async open(): Promise<RealPeople> {
    const registry = await RealRegistry.open(process.env.MONGODB_URI);
    const input = { code: '2114000001', name: '坞城小学', kind: 'PRIMARY', rural: false };
    const { school } = await registry.command(
      county,
      'registerSchool',
      { ...input, regionCode: '140105001' },
      'school { id }',
    );
    return new RealPeople(registry, school.id);
  }

  /** A number that is right and nobody has yet; all are of one birth date. */
  nextNumber(): string {
    this.#people += 1;
    const first17 = `14000019900101${String(this.#people).padStart(3, '0')}`;
    return first17 + checkDigit(first17);
  }

  /** Registers somebody by the county; the id is undefined when that was refused. */
  async register(changes: Partial<Person> = {}): Promise<Person> {
    const person = {
      identityNumber: this.nextNumber(),
      name: `教师${String.fromCodePoint(0x4e00 + this.#people)}`,
      phone: `1400${String(this.#people).padStart(7, '0')}`,
      ...changes,
    };
    const input = {
      ...person,
      schoolId: this.#schoolId,
      since: '2020-09-01',
      stage: 'PRIMARY',
      subjects: ['chinese'],
      careerStage: 'BACKBONE',
    };
    const { registry } = this;
    const payload = await registry.command(county, 'registerTeacher', input, 'teacher { id }');
    const id = payload.teacher?.id as string;
    return { ...person, id, owner: as('Teacher', { personId: id }) };
  }

  /** Reads a number and answers the payload, the number as `value`. */
  read(caller: Caller, { id, purpose = '核验职称材料' }: Read, command = 'readIdentityNumber') {
    const shown = command === 'readPhone' ? 'phone' : 'identityNumber';
    const fields = `value: ${shown} disclosure { id fields purpose reader requestId }`;
    return this.registry.command(caller, command, { teacherId: id, purpose }, fields);
  }

  /** Fields of a record as the caller sees them; the message when they can't be seen. */
  async shown(caller: Caller, id: string, fields: string) {
    const source = `query ($id: ID!) { teacher(id: $id) { ${fields} } }`;
    const { data, errors } = await this.registry.ask(caller, source, { id });
    return errors === undefined ? data.teacher : errors[0]?.message;
  }
}

export const codesOf = ({
  refusals,
}: {
  readonly refusals: readonly { readonly code: string }[];
}) => refusals.map(({ code }) => code);
