/** A small sample of curriculum standards, marked as such, for a demo province. [CRS-20] */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { civilDateOf } from '@shixun/kernel';
import type { Unit } from '@shixun/runtime';
import { recordStandards } from './commands.ts';
import { readDocument } from './document.ts';
import { versionsNamed } from './readers.ts';
import { publishStandards } from './standard.ts';

/** Puts the sample into the library unless it is there; answers how many standards were added. */
export async function recordSampleStandards(unit: Unit): Promise<number> {
  const text = readFileSync(join(import.meta.dirname, 'sample-standards.json'), 'utf8');
  const read = readDocument(text);
  if ('problem' in read) throw new Error(`sample-standards.json: ${read.problem}`);
  const codes = read.standards.map(({ code }) => code);
  const known = await versionsNamed(unit, codes);
  if (known.length > 0) return 0;
  const decision = publishStandards(read.standards, { known, today: civilDateOf(unit.now) });
  if (!decision.accepted) throw new Error('the sample of standards contradicts itself');
  return recordStandards(decision.outcome, { publishedBy: 'demo' }, unit).length;
}
