/** `npm run import -- file.xlsx --kind teachers --region 140105`: a dry run, and with --apply the import. [REG-06] */
import { readFile } from 'node:fs/promises';
import { SingleBar } from 'cli-progress';
import { Command, Option } from 'commander';
import {
  type Counts,
  ImportClient,
  type Kind,
  type Mode,
  type SeenImport,
} from './import/client.ts';

type Options = {
  readonly kind: string;
  readonly region?: string;
  readonly school?: string;
  readonly apply?: string;
  readonly transfers?: boolean;
  readonly gateway: string;
  readonly tokenFile?: string;
  readonly result?: string;
};

const modes: Readonly<Record<string, Mode>> = {
  all: 'ALL_OR_NOTHING',
  valid: 'VALID_ROWS_ONLY',
};
const faultsShown = 20;

async function tokenOf({ tokenFile }: Options): Promise<string> {
  if (tokenFile !== undefined) return (await readFile(tokenFile, 'utf8')).trim();
  const { SHIXUN_TOKEN } = process.env;
  if (SHIXUN_TOKEN) return SHIXUN_TOKEN;
  throw new Error('Put your token into SHIXUN_TOKEN or name its file with --token-file.');
}

/** Follows the work with a bar: rows gone through, of those there are. */
async function follow(
  client: ImportClient,
  id: string,
  { label, of }: { readonly label: string; readonly of: (seen: SeenImport) => Counts },
): Promise<SeenImport> {
  const bar = new SingleBar({
    format: `${label} {bar} {value}/{total}  有效 valid {valid}  有误 faulty {faulty}  {duration_formatted}`,
    noTTYOutput: true,
    notTTYSchedule: 5_000,
    hideCursor: true,
  });
  bar.start(1, 0, { valid: 0, faulty: 0 });
  try {
    return await client.untilSettled(id, (seen) => {
      const { read, valid, faulty } = of(seen);
      bar.setTotal(Math.max(1, seen.rowsTotal ?? read));
      bar.update(read, { valid, faulty });
    });
  } finally {
    bar.stop();
  }
}

function report(seen: SeenImport, counts: Counts): void {
  const { added, changed, transferred, unchanged, faulty } = counts;
  console.log(
    `${seen.state}: 新增 added ${added}, 更改 changed ${changed}, 调动 transferred ${transferred}, 无变化 unchanged ${unchanged}, 有误 faulty ${faulty}`,
  );
  for (const { messageZh, messageEn } of seen.refusals) console.log(`  ${messageZh} ${messageEn}`);
  for (const { node } of seen.faults.edges.slice(0, faultsShown)) {
    const { row, column, title, refusal } = node;
    const place = `${column ?? ''}${row}${title === null ? '' : ` ${title}`}`;
    console.log(`  ${place}: ${refusal.messageZh} ${refusal.messageEn}`);
  }
  if (seen.faults.edges.length > faultsShown || seen.faults.pageInfo.hasNextPage) {
    console.log('  … --result 结果.xlsx 可查看全部 shows all of them');
  }
}

async function run(file: string, options: Options): Promise<void> {
  const client = new ImportClient(options.gateway, await tokenOf(options));
  const id = await client.bring(file, {
    kind: options.kind.toUpperCase() as Kind,
    ...(options.region === undefined ? {} : { regionCode: options.region }),
    ...(options.school === undefined ? {} : { schoolId: options.school }),
  });
  console.log(`导入 import ${id}`);
  let seen = await follow(client, id, {
    label: '试运行 dry run',
    of: ({ validated }) => validated,
  });
  report(seen, seen.validated);
  const mode = options.apply === undefined ? undefined : modes[options.apply];
  if (mode !== undefined && seen.state === 'VALIDATED') {
    await client.apply(id, mode, options.transfers);
    seen = await follow(client, id, { label: '导入 import', of: ({ applied }) => applied });
    report(seen, seen.applied);
  }
  if (options.result !== undefined) {
    await client.saveResult(id, options.result);
    console.log(options.result);
  }
  const wanted = mode === undefined ? 'VALIDATED' : 'APPLIED';
  if (seen.state !== wanted) process.exitCode = 1;
}

const program = new Command('import')
  .description('Import regions, schools, teachers or trainers from .xlsx or .csv: a dry run first')
  .argument('<file>', 'the .xlsx or .csv')
  .addOption(
    new Option('--kind <kind>', 'what the file holds')
      .choices(['regions', 'schools', 'teachers', 'trainers'])
      .makeOptionMandatory(),
  )
  .option('--region <code>', 'the area, for a bureau')
  .option('--school <id>', 'the school, for a school that imports its own teachers')
  .addOption(
    new Option('--apply <which>', 'apply afterwards: all rows or none, or the valid ones').choices(
      Object.keys(modes),
    ),
  )
  .option('--transfers', 'move teachers who are on record at another school, as their rows say')
  .option('--no-transfers', 'leave such rows out; with --apply valid only')
  .option('--result <file>', 'save the file with a verdict per row, as .xlsx or .csv')
  .option('--gateway <url>', 'address of the gateway', 'http://127.0.0.1:4000')
  .option('--token-file <file>', 'a file with your token; SHIXUN_TOKEN without it')
  .action(run);

try {
  await program.parseAsync();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
