/**
 * `npm run audit -- verify`: recomputes every audit chain, compares it with its head and with the signed checkpoints,
 * and names the first entry that is not as it was written. Ends with 0 when all is whole, with 1 when not, with 2 when
 * it could not look. Reads MONGODB_URI and the public keys in AUDIT_PUBLIC_KEYS (or AUDIT_SIGNING_KEY). [GOV-02]
 */
import { readFile } from 'node:fs/promises';
import { type Owner, owners } from '@shixun/contracts';
import { type AuditProblem, auditVerifiers, connectDatabase, verifyAudit } from '@shixun/runtime';
import { Command, Option } from 'commander';

type Asked = { readonly service?: Owner; readonly stream?: string };

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

async function verify({ service, stream }: Asked): Promise<void> {
  const uri = process.env.MONGODB_URI;
  if (!uri)
    throw new Error('Set MONGODB_URI to the MongoDB of the platform (npm start prints it).');
  const keys = await publicKeys();
  for (const name of service === undefined ? owners : [service]) {
    const database = `${process.env.DATABASE_PREFIX ?? ''}${name}`;
    const db = await connectDatabase({ uri, database, timeoutMs: 5_000 });
    try {
      const told = ({ entries, checkpoints }: { entries: number; checkpoints: number }) => {
        if (!process.stderr.isTTY) return;
        process.stderr.write(
          `\r${name}: ${entries} entries 条, ${checkpoints} checkpoints 检查点 …`,
        );
      };
      const { problem, ...seen } = await verifyAudit(db, { keys, stream, told });
      const read = `${name}: ${seen.entries} entries 条 in ${seen.streams} streams 链, ${seen.checkpoints} checkpoints 检查点`;
      console.log(`${read}: ${problem === null ? 'whole. 完整无误。' : sentence(problem)}`);
      if (problem !== null) process.exitCode = 1;
    } finally {
      await db.close();
    }
  }
}

function sentence(problem: AuditProblem): string {
  if (problem.kind === 'checkpoint') {
    return `first wrong 首个异常: checkpoint 检查点 ${problem.number}: ${problem.differs}`;
  }
  const { stream, sequence, differs, checkpoint } = problem;
  const shownBy = checkpoint === null ? '' : ` (shown by checkpoint 由检查点 ${checkpoint} 证实)`;
  return `first wrong 首个异常: stream 链 ${stream}, sequence 序号 ${sequence}: ${differs}${shownBy}`;
}

const program = new Command('npm run audit --').description('The audit trail 审计链.');
program
  .command('verify')
  .description('Names the first entry that is not as it was written')
  .addOption(new Option('--service <name>', 'only that service').choices([...owners]))
  .option('--stream <id>', 'only that aggregate, e.g. cls_…')
  .action((asked: Asked) => verify(asked));

try {
  await program.parseAsync();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
