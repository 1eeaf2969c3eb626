/** What may be uploaded, for which purpose. [CRS-50, CRS-56] */
import { type Decision, decide, fault } from '@shixun/kernel';
import { codes } from './refusals.ts';

export const uploadPurposes = ['sheet', 'result'] as const;
/** `sheet`: a scanned attendance sheet 签到表 of a class; `result`: a result of practice 实践成果 of a trainee. */
export type UploadPurpose = (typeof uploadPurposes)[number];

export const uploadStates = ['awaiting_file', 'there', 'refused', 'removed'] as const;
/** `removed`: the file never came, or nothing was made of it in time. */
export type UploadState = (typeof uploadStates)[number];

const scans = ['application/pdf', 'image/jpeg', 'image/png'];
const office = 'application/vnd.openxmlformats-officedocument';
const results = [
  ...scans,
  `${office}.wordprocessingml.document`,
  `${office}.presentationml.presentation`,
  `${office}.spreadsheetml.sheet`,
  'video/mp4',
  'audio/mpeg',
  'audio/x-m4a',
];
const taken: Readonly<Record<UploadPurpose, readonly string[]>> = {
  sheet: scans,
  result: results,
};

/** Whether a file is of a kind that is taken; the kind is told by its content, never by its name. */
export function takeKind(
  purpose: UploadPurpose,
  contentType: string | null,
): Decision<{ readonly contentType: string }> {
  const known = contentType !== null && taken[purpose].includes(contentType);
  const figures = { required: taken[purpose].join(', '), actual: contentType ?? 'unknown' };
  return decide(known ? [] : [fault(codes.UPLOAD_KIND, ['file'], figures)], () => ({
    contentType: contentType ?? '',
  }));
}
