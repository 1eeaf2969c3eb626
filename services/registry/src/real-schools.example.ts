/** Schools and teachers on a real registry, for tests of what becomes of them over time. */
import { runUnit, type Unit } from '@shixun/runtime';
import { county, RealRegistry } from './real-registry.example.ts';
import { checkDigit } from './teachers/identity-number.ts';

export class RealSchools {
  readonly registry: RealRegistry;
  #codes = 0;
  #people = 0;

  private constructor(registry: RealRegistry) {
    this.registry = registry;
  }

  static async open(): Promise<RealSchools> {
    return new RealSchools(await RealRegistry.open(process.env.MONGODB_URI));
  }

  /** Registers a school there and answers its id. */
  async school(regionCode: string, kind = 'JUNIOR', caller = county): Promise<string> {
    this.#codes += 1;
    const code = `${kind === 'CENTRAL' ? 21 : 31}14${String(this.#codes).padStart(6, '0')}`;
    const input = { code, name: `学校${this.#codes}`, kind, regionCode, rural: false };
    return (await this.registry.command(caller, 'registerSchool', input, 'school { id }')).school
      .id;
  }

  /** Registers somebody with a number of the own, all born on one day, and answers the id. */
  async teacher(schoolId: string, changes: Record<string, unknown> = {}, caller = county) {
    this.#people += 1;
    const first17 = `14000019900101${String(this.#people).padStart(3, '0')}`;
    const input = {
      name: `教师${this.#people}`,
      identityNumber: first17 + checkDigit(first17),
      schoolId,
      since: '2020-09-01',
      stage: 'JUNIOR',
      subjects: ['chinese'],
      careerStage: 'YOUNG',
      ...changes,
    };
    const { registry } = this;
    const { teacher } = await registry.command(caller, 'registerTeacher', input, 'teacher { id }');
    return teacher.id as string;
  }

  /** Lets what goes on in the background come to its end. */
  async untilDone(once: (unit: Unit) => Promise<boolean>): Promise<void> {
    const { db, room } = this.registry;
    for (let times = 0; times < 50; times += 1) if (!(await runUnit(db, once, room.run))) return;
    throw new Error('it does not end');
  }

  async ask(source: string, caller = county) {
    const { data, errors } = await this.registry.ask(caller, source);
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  }
}
