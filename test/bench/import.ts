/**
 * 100,000 teachers from one .xlsx, through the gateway as a person would bring it: upload, dry run, application, the
 * same file again. Registry and gateway run in a process of their own, whose peak memory is told.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ImportClient, type SeenImport } from '@shixun/infra/import/client';
import { startIssuer } from '@shixun/infra/local/issuer';
import { teacherFile } from './import-file.ts';
import { heapMb, startImportPlatform } from './import-platform.ts';

export const name = 'import';

export type Row = { readonly name: string; readonly value: number; readonly unit: string };

/** Needs MONGODB_URI. */
export async function run(count = Number(process.env['IMPORT_ROWS'] ?? 100_000)): Promise<Row[]> {
  await using stack = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'shixun-import-'));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const issuer = await startIssuer(folder);
  stack.defer(() => issuer.close());
  const database = `bench_import_${randomUUID().slice(0, 8)}`;
  const platform = await startImportPlatform({ issuer, database, folder });
  stack.defer(() => platform.stop());
  const grants = [{ role: 'ProvinceAdmin' as const, regionCode: '140000' }];
  const token = await issuer.issueToken({ sub: 'usr_bench', name: 'bench', grants });
  const client = new ImportClient(platform.url, token);
  const idle = await platform.used();
  const { schoolCodes } = platform;
  const file = await teacherFile({ count, first: 1_000_000, schoolCodes });
  stack.defer(() => file.remove());

  const measured = await once(client, file.path, count);
  if (measured.seen.applied.added !== count) throw new Error('not all were added');
  const first = await platform.used();
  const again = await once(client, file.path, count);
  if (again.seen.applied.unchanged !== count) throw new Error('the same file changed something');
  const second = await platform.used();
  const annotated = performance.now();
  await client.saveResult(measured.seen.id, join(folder, 'result.xlsx'));
  const annotatedMs = performance.now() - annotated;
  const { peakMb } = await platform.used();
  const cpu = first.cpuSeconds - idle.cpuSeconds;
  const cpuAgain = second.cpuSeconds - first.cpuSeconds;
  const [upload, dryRun, application] = measured.seconds;
  return [
    { name: 'rows', value: count, unit: 'teachers' },
    { name: 'upload and first look', value: upload, unit: 's' },
    { name: 'dry run', value: dryRun, unit: 's' },
    { name: 'application, all or nothing', value: application, unit: 's' },
    { name: 'together', value: round(upload + dryRun + application), unit: 's' },
    { name: 'of which CPU of registry and gateway', value: round(cpu), unit: 's' },
    { name: 'the same file again, all unchanged', value: round(sum(again.seconds)), unit: 's' },
    { name: 'of which CPU of registry and gateway', value: round(cpuAgain), unit: 's' },
    { name: 'annotated workbook', value: round(annotatedMs / 1000), unit: 's' },
    {
      name: `peak memory (RSS) of registry and gateway, in a heap of ${heapMb} MB`,
      value: peakMb,
      unit: 'MB',
    },
    { name: 'their memory before', value: idle.peakMb, unit: 'MB' },
  ];
}

type Once = {
  readonly seen: SeenImport;
  readonly seconds: readonly [upload: number, dryRun: number, application: number];
};

async function once(client: ImportClient, path: string, count: number): Promise<Once> {
  const begun = performance.now();
  const id = await client.bring(path, { kind: 'TEACHERS', regionCode: '140000' });
  const uploaded = performance.now();
  const dry = await client.untilSettled(id);
  const validated = performance.now();
  if (dry.state !== 'VALIDATED' || dry.validated.valid !== count) {
    throw new Error(
      `the dry run: ${JSON.stringify({ ...dry, faults: dry.faults.edges.slice(0, 3) })}`,
    );
  }
  await client.apply(id, 'ALL_OR_NOTHING');
  const seen = await client.untilSettled(id);
  const applied = performance.now();
  if (seen.state !== 'APPLIED') throw new Error(`the application: ${JSON.stringify(seen)}`);
  const steps = [uploaded - begun, validated - uploaded, applied - validated] as const;
  const [upload, dryRun, application] = steps.map((ms) => round(ms / 1000));
  return { seen, seconds: [upload ?? 0, dryRun ?? 0, application ?? 0] };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
