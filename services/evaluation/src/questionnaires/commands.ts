import { defineCommand, notFound, type Unit } from '@shixun/runtime';
import { z } from 'zod';
import { institutions, schools } from '../projections/teachers.ts';
import {
  type Predecessor,
  publishQuestionnaire,
  type QuestionnairePublished,
  questionsMax,
} from './publish.ts';
import { type QuestionnaireRow, questionnaires } from './store.ts';

const code = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/);
const words = z.string().max(300);

const questionInput = z.strictObject({
  code,
  kind: z.enum(['scale', 'choice', 'choices', 'rank', 'text']),
  about: z.enum(['project', 'trainers', 'needs']),
  zh: words,
  en: words,
  required: z.boolean(),
  points: z.int().nullish().transform(orNull),
  options: z
    .array(z.strictObject({ code, zh: words, en: words }))
    .max(100)
    .nullish()
    .transform((options) => options ?? []),
  choicesMax: z.int().nullish().transform(orNull),
  lengthMax: z.int().nullish().transform(orNull),
});

const publishQuestionnaireInput = z.strictObject({
  regionCode: z.string().regex(/^\d{6}$/),
  purpose: z.enum(['evaluation', 'needs']).default('evaluation'),
  schoolId: z.string().max(64).nullish().transform(orNull),
  institutionId: z.string().max(64).nullish().transform(orNull),
  succeeds: z.string().max(64).nullish().transform(orNull),
  zh: z.string().trim().min(2).max(200),
  en: z.string().trim().min(2).max(200),
  questions: z.array(questionInput).max(2 * questionsMax),
});

type PublishInput = z.infer<typeof publishQuestionnaireInput>;
type Facts = { readonly predecessor: Predecessor };

export const publishQuestionnaireCommand = defineCommand<
  PublishInput,
  Facts,
  QuestionnairePublished,
  QuestionnaireRow
>({
  name: 'publishQuestionnaire',
  input: publishQuestionnaireInput,
  gather: async ({ succeeds, regionCode, schoolId, institutionId }, unit) => {
    const owners = [
      [schools, schoolId, 'school'],
      [institutions, institutionId, 'institution'],
    ] as const;
    for (const [places, id, kind] of owners) {
      if (id === null) continue;
      const place = await unit.findById(places, id);
      if (place?.regionCode !== regionCode) return notFound(kind, id, [`${kind}Id`]);
    }
    if (succeeds === null) return { predecessor: null };
    const row = await unit.findById(questionnaires, succeeds);
    return row === null
      ? notFound('questionnaire', succeeds, ['succeeds'])
      : { predecessor: { ...row, id: row._id } };
  },
  scope: (_facts, { regionCode, schoolId, institutionId }) => ({
    regionCode,
    schoolId,
    institutionId,
  }),
  decide: (input, { predecessor }) =>
    publishQuestionnaire({ ...input, publisher: publisherOf(input) }, predecessor),
  record: (outcome, { predecessor }, unit, input) => {
    const id = unit.newId('questionnaire');
    if (predecessor !== null) {
      unit.update(
        questionnaires,
        { _id: predecessor.id, succeededBy: null },
        { $set: { succeededBy: id } },
      );
    }
    return recordQuestionnaire(unit, id, { ...input, ...outcome });
  },
  stream: (_facts, _outcome, { lineId }) => lineId,
  audited: ({ regionCode }, { _id, version }) => ({ regionCode, questionnaireId: _id, version }),
});

type SetHere = '_id' | 'publishedAt' | 'succeededBy';

function publisherOf({ schoolId, institutionId }: PublishInput) {
  if (schoolId !== null) return 'school';
  return institutionId === null ? 'bureau' : 'institution';
}

/** Adds one version; the first of a line names the line. */
export function recordQuestionnaire(
  unit: Unit,
  id: string,
  {
    lineId,
    version,
    questions,
    ...rest
  }: QuestionnairePublished & Omit<QuestionnaireRow, keyof QuestionnairePublished | SetHere>,
): QuestionnaireRow {
  const row = {
    _id: id,
    lineId: lineId ?? id,
    version,
    regionCode: rest.regionCode,
    purpose: rest.purpose ?? 'evaluation',
    schoolId: rest.schoolId ?? null,
    institutionId: rest.institutionId ?? null,
    zh: rest.zh,
    en: rest.en,
    questions,
    publishedAt: unit.now,
    succeededBy: null,
  };
  unit.insert(questionnaires, row);
  return row;
}

function orNull<T>(value: T | null | undefined): T | null {
  return value ?? null;
}
