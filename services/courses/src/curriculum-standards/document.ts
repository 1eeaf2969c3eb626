/** Standards as a JSON document, for whoever brings them from outside. [CRS-20] */
import { isCivilDate } from '@shixun/kernel';
import { z } from 'zod';
import type { PublishStandard } from './standard.ts';

const title = z.string().trim().min(1).max(200);
const code = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'is no code');
const stages = ['kindergarten', 'primary', 'junior', 'senior', 'vocational', 'higher'];

export const standardSchema: z.ZodType<PublishStandard> = z
  .strictObject({
    code,
    titleZh: title,
    titleEn: title,
    stage: z.string().refine((stage) => stages.includes(stage), 'is no stage'),
    subject: z
      .string()
      .regex(/^[a-z][a-z_]*$/, 'is no subject code')
      .nullish(),
    effectiveFrom: z.string().refine(isCivilDate, 'is no date'),
    topics: z
      .array(z.strictObject({ code, titleZh: title, titleEn: title }))
      .min(1)
      .max(500),
  })
  .transform(({ subject, ...rest }) => ({ ...rest, subject: subject ?? null }));

export type DocumentRead =
  | { readonly standards: readonly PublishStandard[] }
  | { readonly problem: string };

const documentSchema = z.strictObject({ standards: z.array(standardSchema).min(1).max(200) });

/** Reads a document, or says where it first goes wrong. */
export function readDocument(text: string): DocumentRead {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { problem: 'no JSON' };
  }
  const parsed = documentSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return { problem: `${issue?.path.join('.') || 'document'}: ${issue?.message ?? 'unreadable'}` };
}
