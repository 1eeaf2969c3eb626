/** JSON Schemas and golden examples of every event. An incompatible change is refused, not written. [INT-03] */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import {
  type AnyEventContract,
  allEvents,
  checkCompatible,
  dataSchemaOf,
  type Envelope,
  envelopeJsonSchema,
  envelopeOf,
  type JsonSchema,
  parseEvent,
} from '@shixun/contracts';
import type { Generator } from './generator.ts';

const root = join(import.meta.dirname, '..', '..');
const schemas = 'packages/contracts/generated';
const golden = 'packages/contracts/golden';

const advice =
  'Events stay compatible (INT-03): tell a new version beside the old one. Only an event that was never ' +
  'released may be begun anew, by deleting its schema and golden example.';

export const contracts: Generator = {
  name: 'contracts',
  run: () => contractFiles(root, allEvents),
};

/** The schemas and golden examples of the events, beside those already in the folder. Throws when one breaks. */
export async function contractFiles(
  folder: string,
  events: readonly AnyEventContract[],
): Promise<ReadonlyMap<string, string>> {
  const problems = [
    ...(await committedTypes(folder))
      .filter((type) => !events.some((contract) => contract.type === type))
      .map((type) => `${type}: its contract is gone; keep it, and tell v2 beside it`),
    ...(await Promise.all(events.map((contract) => breaks(folder, contract)))).flat(),
  ];
  if (problems.length > 0) {
    throw new Error(`${problems.join('\n')}\n${advice}`);
  }
  const files = new Map([[`${schemas}/envelope.schema.json`, json(envelopeJsonSchema())]]);
  for (const contract of events) {
    files.set(schemaPath(contract.type), json(dataSchemaOf(contract)));
    files.set(`${golden}/${contract.type}.json`, json(await goldenOf(folder, contract)));
  }
  return files;
}

/** Every golden envelope: those that were there, none removed, and the contract's example when it is new. */
async function goldenOf(folder: string, contract: AnyEventContract): Promise<readonly Envelope[]> {
  const kept = ((await readJson(folder, `${golden}/${contract.type}.json`)) ?? []) as Envelope[];
  for (const envelope of kept) parseEvent(contract, envelope);
  if (kept.some(({ data }) => isDeepStrictEqual(data, contract.example))) return kept;
  const sequence = kept.length + 1;
  const added = envelopeOf(contract, {
    id: `evt_golden-${contract.type}-${sequence}`,
    subject: String((contract.example as Record<string, unknown>)[contract.subject]),
    time: new Date('2026-09-01T00:00:00.000Z'),
    sequence,
    data: contract.example,
  });
  return [...kept, added];
}

async function breaks(folder: string, contract: AnyEventContract): Promise<readonly string[]> {
  const old = (await readJson(folder, schemaPath(contract.type))) as JsonSchema | undefined;
  const problems = old === undefined ? [] : checkCompatible(old, dataSchemaOf(contract));
  return problems.map((problem) => `${contract.type} ${problem}`);
}

async function committedTypes(folder: string): Promise<readonly string[]> {
  const names = await readdir(join(folder, schemas)).catch(() => [] as string[]);
  return names
    .filter((name) => name.endsWith('.schema.json') && name !== 'envelope.schema.json')
    .map((name) => name.slice(0, -'.schema.json'.length));
}

function schemaPath(type: string): string {
  return `${schemas}/${type}.schema.json`;
}

async function readJson(folder: string, path: string): Promise<unknown> {
  const text = await readFile(join(folder, path), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : JSON.parse(text);
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
