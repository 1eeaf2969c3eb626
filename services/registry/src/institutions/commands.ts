import { civilDateOf, isCivilDate } from '@shixun/kernel';
import { defineCommand, notFound } from '@shixun/runtime';
import { z } from 'zod';
import { bureauLevelsOf } from '../regions/sector-chain.ts';
import { regions } from '../regions/store.ts';
import { applyForQualification } from './apply.ts';
import { institutionKinds } from './institution.ts';
import { modalities, projectLevels, trainingStages } from './qualification-scope.ts';
import { registerInstitution } from './register.ts';
import { reviewQualification, verdicts } from './review.ts';
import { type InstitutionRow, institutions, recordInstitution, recordMoves } from './store.ts';

/** What the payload shows again from the record. */
export type InstitutionAnswer = { readonly institutionId: string };

const civilDate = z.string().refine(isCivilDate);
const scopeInput = z.strictObject({
  levels: z.array(z.enum(projectLevels)).max(projectLevels.length),
  stages: z.array(z.enum(trainingStages)).max(trainingStages.length),
  subjects: z.array(z.string().regex(/^[a-z][a-z_]{1,40}$/)).max(60),
  modalities: z.array(z.enum(modalities)).max(modalities.length),
  validFrom: civilDate,
  validTo: civilDate,
});

/** What a client may leave out or say null to. */
function optional<T>(type: z.ZodType<T>) {
  return type.nullish().transform((value) => value ?? null);
}

export const registerInstitutionCommand = defineCommand({
  name: 'registerInstitution',
  input: z.strictObject({
    name: z.string().trim().min(2).max(100),
    kind: z.enum(institutionKinds),
    regionCode: z.string().regex(/^\d{6}(\d{3})?$/),
    parentInstitutionId: optional(z.string().max(64)),
    scope: optional(scopeInput),
  }),
  gather: async ({ regionCode, parentInstitutionId }, unit) => {
    const region = await unit.findById(regions, regionCode);
    return {
      regionKnown: region !== null && !region.abolishedOn,
      parent:
        parentInstitutionId === null
          ? null
          : await unit.findById(institutions, parentInstitutionId),
    };
  },
  scope: (_facts, { regionCode }) => ({ regionCode }),
  decide: (input, facts, { now }) => registerInstitution(input, facts, civilDateOf(now)),
  record: (registered, _facts, unit): InstitutionAnswer => {
    const _id = unit.newId('institution');
    const first = { move: 'apply', from: null, to: 'applied', reason: '', gradeIds: [] } as const;
    const moves = registered.parentInstitutionId === null ? [first] : [];
    const row: InstitutionRow = {
      _id,
      ...registered,
      application: null,
      registeredAt: unit.now,
      movesCount: moves.length,
    };
    recordInstitution(unit, row, moves);
    return { institutionId: _id };
  },
  stream: (_facts, _outcome, { institutionId }) => institutionId,
});

export const applyForQualificationCommand = defineCommand({
  name: 'applyForQualification',
  input: z.strictObject({ institutionId: z.string().max(64), scope: scopeInput }),
  gather: async ({ institutionId }, unit) =>
    (await unit.findById(institutions, institutionId)) ??
    notFound('institution', institutionId, ['institutionId']),
  scope: (institution) => ({
    institutionId: institution._id,
    regionCode: institution.regionCode,
  }),
  decide: (input, institution, { now }) =>
    applyForQualification(input, institution, civilDateOf(now)),
  record: (moved, institution, unit): InstitutionAnswer => {
    recordMoves(unit, institution, moved);
    return { institutionId: institution._id };
  },
  stream: (institution) => institution._id,
});

export const reviewQualificationCommand = defineCommand({
  name: 'reviewQualification',
  input: z.strictObject({
    institutionId: z.string().max(64),
    verdict: z.enum(verdicts),
    reason: z
      .string()
      .trim()
      .max(500)
      .nullish()
      .transform((reason) => reason ?? ''),
    findingIds: optional(z.array(z.string().regex(/^fnd_[A-Za-z0-9_-]{1,60}$/)).max(50)).transform(
      (ids) => ids ?? [],
    ),
  }),
  gather: async ({ institutionId }, unit, { caller }) => {
    const institution = await unit.findById(institutions, institutionId);
    if (institution === null) return notFound('institution', institutionId, ['institutionId']);
    return { institution, bureauLevels: bureauLevelsOf(caller, institution.regionCode) };
  },
  scope: ({ institution }) => ({ regionCode: institution.regionCode }),
  decide: (input, { institution, bureauLevels }, { now }) =>
    reviewQualification(input, { ...institution, bureauLevels }, civilDateOf(now)),
  record: (moved, { institution }, unit): InstitutionAnswer => {
    recordMoves(unit, institution, moved);
    return { institutionId: institution._id };
  },
  stream: ({ institution }) => institution._id,
});
