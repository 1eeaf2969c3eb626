/** What the mutations on projects take, beyond GraphQL's types. */
import { centiFrom, regionLevel } from '@shixun/kernel';
import { z } from 'zod';
import type { DraftProject } from './draft.ts';

const text = (max: number) => z.string().trim().min(1).max(max);
export const id = z.string().min(1).max(64);
export const regionCode = z
  .string()
  .refine((code) => regionLevel(code) !== undefined, 'is no GB/T 2260 code');
/** A decimal of study hours, kept as hundredths. */
export const hoursCenti = z
  .string()
  .transform((written) => centiFrom(written) ?? -1)
  .pipe(z.int().min(0).max(10_000_00));

/** A value of an enum: the schema has checked that it is one of them. */
export const chosen = <T extends string>() => z.string() as unknown as z.ZodType<T>;

const places = z
  .int()
  .min(0)
  .max(1_000_000)
  .nullish()
  .transform((given) => given ?? null);

const audience = z.strictObject({
  stages: z.array(chosen<DraftProject['stage']>()).max(6),
  subjects: z.array(z.string().regex(/^[a-z][a-z_]*$/)).max(50),
  careerStages: z.array(chosen<DraftProject['audience']['careerStages'][number]>()).max(5),
  regionCodes: z.array(regionCode).max(200),
  ruralOnly: z.boolean(),
  minorityBilingualOnly: z.boolean(),
  principalsOnly: z.boolean(),
  graduatingClasses: z.boolean(),
});

export const draftInput: z.ZodType<DraftProject> = z
  .strictObject({
    title: text(200),
    level: chosen<DraftProject['level']>(),
    sector: chosen<DraftProject['sector']>(),
    modality: chosen<DraftProject['modality']>(),
    templateCode: z.string().max(40).nullish(),
    channel: chosen<DraftProject['channel']>(),
    stage: chosen<DraftProject['stage']>(),
    subject: z.string().regex(/^[a-z][a-z_]*$/, 'is no subject code'),
    audience,
    contentCode: z.string().regex(/^[a-z0-9-]{1,64}$/, 'is no content code'),
    ownerRegionCode: regionCode,
    schoolId: id.nullish(),
    keyProject: z.boolean(),
    year: z.int().min(2000).max(2100),
    plannedPlaces: places,
    dispatchPlaces: places,
    hours: hoursCenti.refine((centi) => centi > 0, 'must be more than 0'),
    startsOn: z.string(),
    endsOn: z.string(),
  })
  .transform(({ hours, schoolId, templateCode, ...rest }) => ({
    ...rest,
    templateCode: templateCode ?? null,
    schoolId: schoolId ?? null,
    hoursCenti: hours,
  }));

export const stepInput = z.strictObject({ projectId: id });
export const reasonedInput = z.strictObject({ projectId: id, reason: text(2000) });
export const commissionInput = z.strictObject({ projectId: id, institutionId: id });
