/**
 * `npm run audit -- verify`: recomputes every audit chain, compares it with its head, with the signed checkpoints and,
 * given `--anchors`, with what is kept of them outside the database, and names the first thing that is not as it was
 * written. Ends with 0 when all is whole, with 1 when not, with 2 when it could not look. `npm run audit -- anchors`
 * writes the anchors of the topics as lines, to be kept in a third place. Reads MONGODB_URI, the public keys in
 * AUDIT_PUBLIC_KEYS (or AUDIT_SIGNING_KEY), and for the topics KAFKA_BROKERS. [GOV-02]
 */
import { readFile } from 'node:fs/promises';
import { type Owner, owners } from '@shixun/contracts';
import {
  type AuditProblem,
  type AuditReport,
  auditVerifiers,
  connectDatabase,
  verifyAudit,
} from '@shixun/runtime';
import { Command, InvalidArgumentError, Option } from 'commander';
import { anchorLines, anchorsFrom } from './audit/anchors.ts';

type Chosen = { readonly service?: Owner };
type Asked = Chosen & {
  readonly stream?: string;
  readonly anchors?: string;
  readonly anchorsSince?: Date;
};

/** Keys by commas; those of the local platform when none are given. */
async function publicKeys() {
  const { AUDIT_PUBLIC_KEYS, AUDIT_SIGNING_KEY } = process.env;
  const text = AUDIT_PUBLIC_KEYS || AUDIT_SIGNING_KEY || (await localKey());
  return auditVerifiers(text.split(',').filter((key) => key !== ''));
}

/** Of `npm start`; where the platform is deployed, nothing local is there. */
async function localKey(): Promise<string> {
  const local = await import('./local/cache-folder.ts').catch(() => null);
  if (local === null) return '';
  return readFile(local.inCache('keys', 'audit-signing.key'), 'utf8').catch(() => '');
}

const chosen = ({ service }: Chosen): readonly Owner[] =>
  service === undefined ? owners : [service];

async function verify(asked: Asked): Promise<void> {
  const uri = process.env.MONGODB_URI;
  if (!uri)
    throw new Error('Set MONGODB_URI to the MongoDB of the platform (npm start prints it).');
  const keys = await publicKeys();
  for (const name of chosen(asked)) {
    // Before the database: a checkpoint signed meanwhile is there and vouched for by nobody yet, never the other way.
    const anchors = asked.anchors && (await anchorsFrom(asked.anchors, name, asked.anchorsSince));
    const database = `${process.env.DATABASE_PREFIX ?? ''}${name}`;
    const db = await connectDatabase({ uri, database, timeoutMs: 5_000 });
    try {
      const told = ({ entries, checkpoints }: { entries: number; checkpoints: number }) => {
        if (!process.stderr.isTTY) return;
        process.stderr.write(
          `\r${name}: ${entries} entries 条, ${checkpoints} checkpoints 检查点 …`,
        );
      };
      const { stream } = asked;
      const report = await verifyAudit(db, { keys, stream, told, ...(anchors && { anchors }) });
      console.log(`${name}: ${seen(report, anchors !== undefined)}: ${verdict(report)}`);
      if (report.problem !== null) process.exitCode = 1;
    } finally {
      await db.close();
    }
  }
}

function seen(report: AuditReport, compared: boolean): string {
  const { entries, streams, checkpoints, anchors, strangers } = report;
  const inside = `${entries} entries 条 in ${streams} streams 链, ${checkpoints} checkpoints 检查点`;
  if (!compared) return inside;
  const foreign = strangers === 0 ? '' : ` (+ ${strangers} of no known key 未知密钥)`;
  return `${inside}, ${anchors} anchors 外部留存${foreign}`;
}

function verdict({ problem }: AuditReport): string {
  return problem === null ? 'whole. 完整无误。' : sentence(problem);
}

function sentence(problem: AuditProblem): string {
  if (problem.kind === 'checkpoint') {
    const shownBy = problem.anchored ? ' (shown by its anchor 由外部留存证实)' : '';
    return `first wrong 首个异常: checkpoint 检查点 ${problem.number}: ${problem.differs}${shownBy}`;
  }
  const { stream, sequence, differs, checkpoint } = problem;
  const shownBy = checkpoint === null ? '' : ` (shown by checkpoint 由检查点 ${checkpoint} 证实)`;
  return `first wrong 首个异常: stream 链 ${stream}, sequence 序号 ${sequence}: ${differs}${shownBy}`;
}

async function writeAnchors(asked: Chosen): Promise<void> {
  for (const name of chosen(asked)) {
    for (const line of await anchorLines(name)) console.log(line);
  }
}

function instant(text: string): Date {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) {
    throw new InvalidArgumentError('an instant, e.g. 2026-01-31T08:00:00Z');
  }
  return date;
}

const onlyService = () => new Option('--service <name>', 'only that service').choices([...owners]);
const program = new Command('npm run audit --').description('The audit trail 审计链.');
program
  .command('verify')
  .description('Names the first entry that is not as it was written')
  .addOption(onlyService())
  .option('--stream <id>', 'only that aggregate, e.g. cls_…')
  .option('--anchors <topic|file>', 'compare with what is kept outside the database')
  .option('--anchors-since <instant>', 'only anchors signed since then: after a restore', instant)
  .action((asked: Asked) => verify(asked));
program
  .command('anchors')
  .description('Writes what the topics keep of the signed checkpoints, a line each')
  .addOption(onlyService())
  .action((asked: Chosen) => writeAnchors(asked));

try {
  await program.parseAsync();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
