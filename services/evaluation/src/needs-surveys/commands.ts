import { randomBytes } from 'node:crypto';
import { civilDateOf, type EffectivePolicy, isCivilDate, regionLevel } from '@shixun/kernel';
import { type CommandContext, defineCommand, notFound, type Unit } from '@shixun/runtime';
import { z } from 'zod';
import { sealKey } from '../ballots/sealing.ts';
import { type BallotKeyPair, generateBallotKey } from '../ballots/signing.ts';
import { institutions, schools } from '../projections/teachers.ts';
import { questionnaires } from '../questionnaires/store.ts';
import {
  closeNeedsSurvey,
  type NeedsClosingFacts,
  type NeedsOpeningFacts,
  type NeedsSurveyOpened,
  openNeedsSurvey,
  type SurveyOwner,
} from './open.ts';
import { type NeedsSurveyRow, needsSurveys } from './store.ts';

const id = z.string().min(1).max(64);
const codes = (max: number) => z.array(z.string().min(1).max(64)).max(max);
const orNull = <T>(value: T | null | undefined): T | null => value ?? null;

const audience = z.strictObject({
  regionCodes: z.array(z.string().refine((code) => regionLevel(code) !== undefined)).max(200),
  schoolIds: codes(500),
  stages: codes(6),
  subjects: codes(50),
  careerStages: codes(5),
});

const openInput = z.strictObject({
  title: z.string().trim().min(2).max(200),
  questionnaireId: id,
  regionCode: z
    .string()
    .regex(/^\d{6}$/)
    .nullish()
    .transform(orNull),
  schoolId: id.nullish().transform(orNull),
  institutionId: id.nullish().transform(orNull),
  audience,
  samplePercent: z.int(),
  closesOn: z.string().refine(isCivilDate).nullish().transform(orNull),
});
type OpenInput = z.infer<typeof openInput>;

type OpenRoom = {
  readonly opening: NeedsOpeningFacts;
  readonly key: BallotKeyPair & { readonly secret: Buffer };
  readonly policy: EffectivePolicy;
};

/** What a command on a needs survey answers: the payload reads the row itself. */
type NeedsSurveyNamed = { readonly _id: string };

export const openNeedsSurveyCommand = defineCommand<
  OpenInput,
  OpenRoom,
  NeedsSurveyOpened,
  NeedsSurveyNamed
>({
  name: 'openNeedsSurvey',
  input: openInput,
  gather: async (input, unit, { policies, personalDataKey }) => {
    const owner = await ownerOf(input, unit);
    if (owner === null) return notFound('school', '', ['regionCode']);
    const questionnaire = await unit.findById(questionnaires, input.questionnaireId);
    if (questionnaire === null) {
      return notFound('questionnaire', input.questionnaireId, ['questionnaireId']);
    }
    const { schoolIds } = input.audience;
    const known = await unit.find(schools, { _id: { $in: schoolIds } });
    const regionOf = new Map(known.map(({ _id, regionCode }) => [_id, regionCode]));
    const policy = policies.effective(owner.regionCode, civilDateOf(unit.now));
    const opening = {
      owner,
      questionnaire: {
        ...questionnaire,
        purpose: questionnaire.purpose ?? 'evaluation',
        schoolId: questionnaire.schoolId ?? null,
        institutionId: questionnaire.institutionId ?? null,
      },
      schoolRegions: [...new Set(schoolIds)].map((each) => regionOf.get(each)),
      figures: policy.figures,
    };
    return { opening, policy, key: { ...(await generateBallotKey()), secret: personalDataKey } };
  },
  scope: ({ opening: { owner } }) => owner,
  decide: (input, { opening }, { now }) => openNeedsSurvey(input, opening, civilDateOf(now)),
  record: (opened, { opening: { owner }, key }, unit, { title, questionnaireId }) => {
    const _id = unit.newId('needsSurvey');
    const { kind: ownerKind, ...place } = owner;
    unit.insert(needsSurveys, {
      _id,
      title,
      ownerKind,
      ...place,
      questionnaireId,
      ...opened,
      seed: randomBytes(32).toString('hex'),
      state: 'drawing',
      openedAt: unit.now,
      ballotKey: key.publicKey,
      ballotKeySealed: sealKey(key.secret, _id, key.privateKey),
      listed: { place: 0, at: '', id: '' },
      strata: [],
      spoiledCount: 0,
      result: null,
    });
    return { _id };
  },
  stream: (_facts, _outcome, { _id }) => _id,
  policyVersion: ({ policy }) => policy.versionId,
});

/** Exactly one of bureau, school and institution; null when there is no such one. */
async function ownerOf(input: OpenInput, unit: Unit): Promise<SurveyOwner | null> {
  const { regionCode, schoolId, institutionId } = input;
  const named = [regionCode, schoolId, institutionId].filter((each) => each !== null);
  if (named.length !== 1) return null;
  if (regionCode !== null) {
    return { kind: 'bureau', regionCode, schoolId: null, institutionId: null };
  }
  const place =
    schoolId !== null
      ? await unit.findById(schools, schoolId)
      : await unit.findById(institutions, institutionId ?? '');
  if (place === null) return null;
  const kind = schoolId !== null ? 'school' : 'institution';
  return { kind, regionCode: place.regionCode, schoolId, institutionId };
}

export function needsSurveyScope({ regionCode, schoolId, institutionId }: NeedsSurveyRow) {
  return { regionCode, schoolId, institutionId };
}

type CloseRoom = {
  readonly survey: NeedsSurveyRow;
  readonly closing: NeedsClosingFacts;
  readonly policy: EffectivePolicy;
};

/** The survey, and what its closing looks at. */
export async function gatherClosing(
  { surveyId }: { readonly surveyId: string },
  unit: Unit,
  { policies }: Pick<CommandContext, 'policies'>,
): Promise<CloseRoom | null> {
  const survey = await unit.findById(needsSurveys, surveyId);
  if (survey === null) return null;
  const policy = policies.effective(survey.regionCode, civilDateOf(unit.now));
  return { survey, policy, closing: { ...survey, figures: policy.figures } };
}

export const closeNeedsSurveyCommand = defineCommand<
  { readonly surveyId: string },
  CloseRoom,
  { readonly closesOn: string },
  NeedsSurveyNamed
>({
  name: 'closeNeedsSurvey',
  input: z.strictObject({ surveyId: id }),
  gather: async (input, unit, context) =>
    (await gatherClosing(input, unit, context)) ??
    notFound('needsSurvey', input.surveyId, ['surveyId']),
  scope: ({ survey }) => needsSurveyScope(survey),
  decide: (_input, { closing }, { now }) => closeNeedsSurvey(closing, civilDateOf(now)),
  record: ({ closesOn }, { survey: { _id } }, unit) => {
    beginCounting(unit, _id, closesOn);
    return { _id };
  },
  // The stream of the submissions, too: an answer that comes at the same moment can't miss the closing.
  stream: ({ survey }) => survey._id,
  policyVersion: ({ policy }) => policy.versionId,
});

export function beginCounting(unit: Unit, _id: string, closesOn: string): void {
  unit.update(needsSurveys, { _id, state: 'open' }, { $set: { state: 'counting', closesOn } });
}
