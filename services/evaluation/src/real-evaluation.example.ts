/** The evaluation service on a real MongoDB for tests: its graph as the gateway asks it, events as the inbox brings them. */
import { randomUUID } from 'node:crypto';
import { courses, type EventContract } from '@shixun/contracts';
import {
  type Caller,
  type CommandRoom,
  connectDatabase,
  type Database,
  GraphContext,
  Metrics,
  outboxRows,
  PolicyBook,
  runUnit,
} from '@shixun/runtime';
import { graphql } from 'graphql';
import { service } from './app.ts';

/** Who asks in the tests. */
export const callers = {
  county: { subject: 'usr_county', grants: [{ role: 'CountyAdmin', regionCode: '140105' }] },
  elsewhere: { subject: 'usr_other', grants: [{ role: 'CountyAdmin', regionCode: '140106' }] },
  province: { subject: 'usr_province', grants: [{ role: 'ProvinceAdmin', regionCode: '140000' }] },
  agency: {
    subject: 'usr_agency',
    grants: [{ role: 'ThirdPartyEvaluator', regionCode: '140000' }],
  },
  monitor: { subject: 'usr_monitor', grants: [{ role: 'QualityMonitor', regionCode: '140100' }] },
  institution: {
    subject: 'usr_institution',
    grants: [{ role: 'InstitutionAdmin', institutionId: 'ins_1' }],
  },
  otherInstitution: {
    subject: 'usr_institution_2',
    grants: [{ role: 'InstitutionAdmin', institutionId: 'ins_2' }],
  },
} as const satisfies Record<string, Caller>;

export const teacher = (teacherId: string): Caller => ({
  subject: `usr_of_${teacherId}`,
  grants: [{ role: 'Teacher', personId: teacherId }],
});

export class RealEvaluation {
  readonly db: Database;
  readonly room: CommandRoom;
  now = new Date('2026-10-01T02:00:00.000Z');
  #sequence = 0;

  private constructor(db: Database) {
    this.db = db;
    this.room = {
      db,
      access: service.access,
      policies: new PolicyBook(db),
      personalDataKey: Buffer.alloc(32, 7),
      metrics: new Metrics('evaluation'),
      run: { service: 'evaluation', clock: () => this.now },
      lanes: new Map(),
    };
  }

  static async open(uri: string | undefined): Promise<RealEvaluation> {
    if (!uri) throw new Error('set MONGODB_URI');
    const database = `evaluation_${randomUUID().slice(0, 8)}`;
    const evaluation = new RealEvaluation(await connectDatabase({ uri, database }));
    await evaluation.db.ensureIndexes([...service.allCollections, outboxRows]);
    await service.prepare?.(evaluation.room);
    return evaluation;
  }

  async close(): Promise<void> {
    await this.db.connection.dropDatabase();
    await this.db.close();
  }

  /** Asks the graph. Answers the data as plain JSON, and the codes of errors. */
  async ask(
    caller: Caller | null,
    source: string,
    variableValues: Record<string, unknown> = {},
    // biome-ignore lint/suspicious/noExplicitAny: each test knows the shape of what it asked for
  ): Promise<{ data: any; errors: readonly string[] }> {
    const contextValue = new GraphContext(this.room, caller, this.now, 'req_test');
    const { data, errors } = await graphql({
      schema: service.schema,
      source,
      contextValue,
      variableValues,
    });
    const codes = (errors ?? []).map(({ extensions: { code }, message }) =>
      String(code ?? message),
    );
    return { data: JSON.parse(JSON.stringify(data ?? null)), errors: codes };
  }

  /** Executes a mutation and answers its payload. `shape` is what is read of the thing it names. */
  async mutate(
    caller: Caller | null,
    name: string,
    input: Record<string, unknown>,
    shape = '',
    // biome-ignore lint/suspicious/noExplicitAny: each test knows the shape of what it asked for
  ): Promise<any> {
    const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
    const keyed = name === 'submitAnswers' ? input : { idempotencyKey: randomUUID(), ...input };
    const { data, errors } = await this.ask(
      caller,
      `mutation M($input: ${type}!) { ${name}(input: $input) { ${shape} refusals { code rule required actual } } }`,
      { input: keyed },
    );
    if (errors.length > 0) throw new Error(errors.join(', '));
    return data[name];
  }

  /** Delivers events of one type in one transaction, without an inbox: as after the inbox has forgotten. */
  async deliver<Data>(
    contract: EventContract<Data>,
    data: readonly Data[],
    sequence = this.#sequence + 1,
  ): Promise<void> {
    const handler = service.allHandlers.find((each) => each.contract.type === contract.type);
    if (handler === undefined) throw new Error(`${contract.type} is not heard`);
    const events = data.map((each, index) => ({
      data: each,
      envelope: this.#envelope(contract, each, sequence + index),
    }));
    this.#sequence = Math.max(this.#sequence, sequence + data.length);
    await runUnit(this.db, (unit) => handler.handle(events, unit, this.room), this.room.run);
  }

  #envelope<Data>(contract: EventContract<Data>, data: Data, sequence: number) {
    return {
      specversion: '1.0' as const,
      id: `evt_${randomUUID()}`,
      source: `/${contract.owner}`,
      type: contract.type,
      subject: String((data as Record<string, unknown>)[contract.subject]),
      time: this.now.toISOString(),
      datacontenttype: 'application/json' as const,
      dataschema: contract.type,
      sequence: String(sequence),
      data,
    };
  }

  /** A county project with one class and so many trainees, its class not yet ended. */
  async projectWith(trainees: number): Promise<Project> {
    const key = randomUUID().slice(0, 8);
    const project = { projectId: `prj_${key}`, classId: `cls_${key}`, institutionId: 'ins_1' };
    const teacherIds = Array.from({ length: trainees }, (_, n) => `tch_${key}_${n}`);
    await this.deliver(courses.projectRecorded, [
      {
        ...courses.projectRecorded.example,
        projectId: project.projectId,
        institutionId: 'ins_1',
        level: 'county',
        ownerRegionCode: '140105',
        state: 'running',
      },
    ]);
    await this.recordClass(project, 'running');
    await this.deliver(
      courses.enrollmentConfirmed,
      teacherIds.map((teacherId) => ({
        ...courses.enrollmentConfirmed.example,
        ...project,
        institutionId: undefined as never,
        enrollmentId: `enr_${teacherId}`,
        teacherId,
      })),
    );
    return { ...project, teacherIds };
  }

  recordClass(
    { projectId, classId }: Pick<Project, 'projectId' | 'classId'>,
    state: string,
    sequence?: number,
  ): Promise<void> {
    const { example } = courses.classRecorded;
    const data = { ...example, classId, projectId, institutionId: 'ins_1', state };
    return this.deliver(courses.classRecorded, [data], sequence);
  }
}

export type Project = {
  readonly projectId: string;
  readonly classId: string;
  readonly institutionId: string;
  readonly teacherIds: readonly string[];
};
