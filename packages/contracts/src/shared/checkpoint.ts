import { z } from 'zod';
import { defineEvent, type EventContract, type Owner, owners } from '../define-event.ts';
import { instant } from './fields.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

const auditCheckpointedData = z.strictObject({
  number: z.int().positive().describe('Number of the checkpoint 检查点: 1, 2, 3 … without a gap'),
  at: instant.describe('When it was signed, UTC'),
  streams: z.int().positive().describe('How many audit chains it vouches for'),
  previousHash: hash.describe('Hash of the checkpoint before; zeros for the first'),
  hash: hash.describe('SHA-256 over the whole checkpoint, hexadecimal'),
  keyId: z
    .string()
    .regex(/^[0-9a-f]{12}$/)
    .describe('Which audit key signed'),
  signature: z
    .string()
    .regex(/^[\w-]{86}$/)
    .describe('Ed25519 over the hash, base64url'),
});

/** What is kept of a signed checkpoint outside the database. */
export type AuditCheckpointed = z.infer<typeof auditCheckpointedData>;

const contractOf = (owner: Owner): EventContract<AuditCheckpointed> =>
  defineEvent<AuditCheckpointed>({
    type: `${owner}.audit.checkpointed.v1`,
    topic: `${owner}.audit`,
    // Each has a key of its own, so that the topic keeps them all, also two of one number.
    compacted: true,
    subject: 'hash',
    description: {
      zh: '审计检查点已签名：在数据库之外留存，供核验时发现被删去的最新记录。',
      en: 'A checkpoint of the audit was signed: kept outside the database, so that a verification finds out when the newest entries were removed.',
    },
    data: auditCheckpointedData,
    example: {
      number: 1,
      at: '2026-09-01T03:00:00.000Z',
      streams: 12,
      previousHash: '0'.repeat(64),
      hash: '3fdb6f0a5a4b1c0f9c1e7d2b8a6f4c5d3e2f1a0b9c8d7e6f5a4b3c2d1e0f9a8b',
      keyId: '0123456789ab',
      signature:
        'Zm9yIHRoZSBleGFtcGxlIG9ubHk6IHNpeHR5LWZvdXIgYnl0ZXMgdGhhdCBzaWduIG5vdGhpbmcgYXQgYWxs_A',
    },
  });

const contracts = new Map<string, EventContract<AuditCheckpointed>>(
  owners.map((owner) => [owner, contractOf(owner)]),
);

/** The checkpoint event of one service; throws for a name that is no service's. Nobody hears it; verifiers read it. */
export function auditCheckpointed(service: string): EventContract<AuditCheckpointed> {
  const contract = contracts.get(service);
  if (contract === undefined) throw new Error(`${service} is no service that tells events`);
  return contract;
}
