/** The library of curriculum standards grows by the province's word. [CRS-20] */
import { civilDateOf, fault, refuse } from '@shixun/kernel';
import { type CommandContext, defineCommand, type Unit } from '@shixun/runtime';
import { z } from 'zod';
import { readDocument, standardSchema } from './document.ts';
import { versionsNamed } from './readers.ts';
import { codes } from './refusals.ts';
import { type PublishStandard, publishStandards, type Standard } from './standard.ts';
import { curriculumStandards, type StandardRow } from './store.ts';

const known = async (unit: Unit, given: readonly PublishStandard[]) =>
  versionsNamed(
    unit,
    given.map(({ code }) => code),
  );

/** Adds versions to the library. */
export function recordStandards(
  outcome: readonly Standard[],
  { publishedBy }: { readonly publishedBy: string },
  unit: Unit,
): StandardRow[] {
  return outcome.map((standard) => {
    const _id = unit.newId('curriculumStandard');
    const row: StandardRow = { ...standard, _id, publishedAt: unit.now, publishedBy };
    unit.insert(curriculumStandards, row);
    return row;
  });
}

const facts = async (unit: Unit, given: readonly PublishStandard[], context: CommandContext) => ({
  known: await known(unit, given),
  publishedBy: context.caller?.subject ?? '',
});

export const publishCurriculumStandardCommand = defineCommand({
  name: 'publishCurriculumStandard',
  input: z.strictObject({ standard: standardSchema }),
  gather: ({ standard }, unit, context) => facts(unit, [standard], context),
  scope: () => ({}),
  decide: ({ standard }, { known: versions }, { now }) =>
    publishStandards([standard], { known: versions, today: civilDateOf(now) }),
  record: (outcome, gathered, unit) => recordStandards(outcome, gathered, unit)[0] ?? null,
  stream: (_facts, _outcome, row) => row?._id ?? 'curriculum_standards',
});

/** Characters of a document: the whole national library in both languages stays far below. */
const documentMax = 1_000_000;

export const importCurriculumStandardsCommand = defineCommand({
  name: 'importCurriculumStandards',
  input: z.strictObject({
    document: z.string().max(documentMax).transform(readDocument),
  }),
  gather: ({ document }, unit, context) =>
    facts(unit, 'standards' in document ? document.standards : [], context),
  scope: () => ({}),
  decide: ({ document }, { known: versions }, { now }) =>
    'standards' in document
      ? publishStandards(document.standards, { known: versions, today: civilDateOf(now) })
      : refuse(
          fault(codes.CURRICULUM_DOCUMENT_UNREADABLE, ['document'], { actual: document.problem }),
        ),
  record: recordStandards,
  stream: (_facts, _outcome, [row]) => row?._id ?? 'curriculum_standards',
  audited: (_input, rows) => ({ standards: rows.map(({ code, version }) => `${code}@${version}`) }),
});
