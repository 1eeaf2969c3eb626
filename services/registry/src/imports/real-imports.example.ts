/** Imports on a real MongoDB for tests: files come by the very routes, and are worked on as a replica would. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import {
  type Caller,
  createLogger,
  type FilesRoom,
  FolderStore,
  SealedObjects,
} from '@shixun/runtime';
import ExcelJS from 'exceljs';
import Fastify, { type FastifyInstance } from 'fastify';
import { city, county, RealRegistry } from '../real-registry.example.ts';
import { checkDigit } from '../teachers/identity-number.ts';
import { teachers } from '../teachers/store.ts';
import { importRoutes } from './routes/routes.ts';
import { workOnce } from './working/worker.ts';

export const teacherHeader = [
  '姓名',
  '身份证号',
  '手机号',
  '学校标识码',
  '到校日期',
  '学段',
  '任教学科',
];

/** An address of no county, so nobody's number; every thousand is a year younger. */
export function numberOf(n: number): string {
  const born = 1990 + Math.floor(n / 1_000);
  const first17 = `140000${born}0101${String(n % 1_000).padStart(3, '0')}`;
  return first17 + checkDigit(first17);
}

export function teacherLine(n: number, school = '2114000001'): string[] {
  const phone = `1400${String(n).padStart(7, '0')}`;
  return [`教师${n}`, numberOf(n), phone, school, '2020-09-01', '小学', '语文、数学'];
}

export function teacherLines(from: number, count: number): string[][] {
  return Array.from({ length: count }, (_, at) => teacherLine(from + at));
}

type Value = ExcelJS.CellValue;

export async function workbookOf(
  rows: readonly (readonly Value[])[],
  change?: (sheet: ExcelJS.Worksheet, workbook: ExcelJS.Workbook) => void,
): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('教师');
  for (const row of rows) sheet.addRow([...row]);
  change?.(sheet, workbook);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

export class RealImports {
  readonly registry: RealRegistry;
  readonly room: FilesRoom;
  readonly app: FastifyInstance;
  readonly folder: string;

  private constructor(registry: RealRegistry, folder: string) {
    this.registry = registry;
    this.folder = folder;
    const objects = new SealedObjects(new FolderStore(folder), registry.room.personalDataKey);
    const uploads = {
      bytesMax: 5_000_000,
      unpackedBytesMax: 50_000_000,
      rowsMax: 5_000,
      keptDays: 30,
    };
    this.room = { ...registry.room, objects, uploads, log: createLogger('registry', 'silent') };
    this.app = Fastify() as unknown as FastifyInstance;
    void this.app.register(async (scope) => importRoutes(scope as FastifyInstance, this.room));
  }

  static async open(): Promise<RealImports> {
    const registry = await RealRegistry.open(process.env.MONGODB_URI);
    const real = new RealImports(registry, await mkdtemp(join(tmpdir(), 'shixun-imports-')));
    await real.addSchool('2114000001', '140105001');
    await real.addSchool('2114000002', '140106001');
    return real;
  }

  async addSchool(code: string, regionCode: string): Promise<void> {
    const input = { code, name: `学校${code}`, kind: 'PRIMARY', regionCode, rural: false };
    await this.registry.command(city, 'registerSchool', input, 'school { id }');
  }

  async countTeachers(): Promise<number> {
    return this.registry.db.model(teachers).countDocuments({});
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.registry.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  async create(caller: Caller, input: Record<string, unknown> = {}) {
    const asked = { kind: 'TEACHERS', fileName: '教师.xlsx', regionCode: '140105', ...input };
    const payload = await this.registry.command(
      caller,
      'createImport',
      asked,
      'import { id uploadPath }',
    );
    return {
      id: payload.import?.id as string,
      path: payload.import?.uploadPath as string,
      refusals: payload.refusals,
    };
  }

  async upload(path: string, content: Buffer) {
    const headers = { 'content-type': 'application/octet-stream' };
    const answer = await this.app.inject({ method: 'PUT', url: path, headers, payload: content });
    return { status: answer.statusCode, body: answer.json() };
  }

  /** As a replica does, until nothing waits. */
  async work(room: FilesRoom = this.room): Promise<void> {
    while (await workOnce(room, new AbortController().signal));
  }

  /** Creates, uploads, runs the dry run. */
  async dryRun(caller: Caller, content: Buffer, input: Record<string, unknown> = {}) {
    const { id, path } = await this.create(caller, input);
    const { status, body } = await this.upload(path, content);
    if (status !== 202)
      return { id, refused: body.refusals as { code: string; messageZh: string }[] };
    await this.work();
    return { id, refused: [] };
  }

  async apply(caller: Caller, importId: string, mode: string, withTransfers?: boolean) {
    const { refusals } = await this.registry.command(
      caller,
      'applyImport',
      { importId, mode, ...(withTransfers === undefined ? {} : { withTransfers }) },
      'import { id }',
    );
    return refusals as { code: string }[];
  }

  /** Brings a file without faults and applies it, transfers included when it has some. */
  async applied(content: Buffer, input: Record<string, unknown> = {}, caller = county) {
    const { id, refused } = await this.dryRun(caller, content, input);
    expect([refused, await this.faults(caller, id)]).toEqual([[], []]);
    const { validated } = await this.see(caller, id);
    const moves = validated.transferred > 0 ? [true] : [];
    expect(await this.apply(caller, id, 'ALL_OR_NOTHING', ...moves)).toEqual([]);
    await this.work();
    return id;
  }

  async see(caller: Caller, id: string) {
    const counts = 'read valid faulty added changed transferred unchanged';
    const { data, errors } = await this.registry.ask(
      caller,
      `query ($id: ID!) { import(id: $id) {
        state mode rowsTotal sameAs resultPath validated { ${counts} } applied { ${counts} } refusals { code messageZh messageEn }
        faults(first: 100) { edges { node { row column title refusal { code messageZh messageEn actual } } } }
      } }`,
      { id },
    );
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    return data.import;
  }

  async faults(caller: Caller, id: string): Promise<string[]> {
    const { faults } = await this.see(caller, id);
    type Edge = { node: { row: number; column: string | null; refusal: { code: string } } };
    return faults.edges.map(
      ({ node }: Edge) => `${node.column ?? ''}${node.row} ${node.refusal.code}`,
    );
  }

  /** The annotated file, as rows of text. */
  async result(caller: Caller, id: string): Promise<string[][]> {
    const { resultPath } = await this.see(caller, id);
    const answer = await this.app.inject({ method: 'GET', url: resultPath });
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(answer.rawPayload as never);
    const rows: string[][] = [];
    workbook.worksheets[0]?.eachRow({ includeEmpty: true }, (row) => {
      rows.push((row.values as Value[]).slice(1).map((value) => String(value ?? '')));
    });
    return rows;
  }
}
