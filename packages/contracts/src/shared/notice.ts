import { z } from 'zod';
import { defineEvent, type EventContract, type Owner, owners } from '../define-event.ts';
import { ids, sample } from './fields.ts';

/** Who can be told something: a person, or an organisation whose administrators read it. [GOV-04] */
export const noticeRecipientKinds = [
  'teacher',
  'trainer',
  'school',
  'institution',
  'region',
] as const;
export type NoticeRecipientKind = (typeof noticeRecipientKinds)[number];

/** The part that a request for a notice and its delivery share. */
export const noticeFields = {
  noticeId: ids.notice,
  code: z
    .string()
    .regex(/^[A-Z][A-Z0-9_]{2,59}$/)
    .describe('Code of the notice; the reference of notices lists them'),
  rule: z
    .string()
    .regex(/^[A-Z]{3}-\d{2}$/)
    .describe('Number of the rule that has somebody told'),
  recipientKind: z.enum(noticeRecipientKinds).describe('Kind of recipient 接收方类别'),
  recipientId: z
    .string()
    .min(1)
    .max(64)
    .describe('Id of the teacher, trainer, school or institution; code of the region'),
  subject: z.string().min(1).max(100).describe('Id of what the notice is about'),
  titleZh: z.string().min(1).max(200).describe('Heading in Chinese'),
  titleEn: z.string().min(1).max(200).describe('Heading in English'),
  textZh: z.string().min(1).max(2000).describe('Text in Chinese, without personal data'),
  textEn: z.string().min(1).max(2000).describe('Text in English, without personal data'),
};

/** What every service tells when a rule has somebody told. */
const noticeRequestedData = z.strictObject({
  ...noticeFields,
  figures: z
    .record(z.string(), z.union([z.string(), z.number()]))
    .describe('The facts in the text, by name'),
});

export type NoticeRequested = z.infer<typeof noticeRequestedData>;

/** One notice, as golden examples tell it. */
export const noticeExample = {
  noticeId: sample.notice,
  code: 'WAITLIST_OFFERED',
  rule: 'CRS-42',
  recipientKind: 'teacher',
  recipientId: sample.teacher,
  subject: sample.enrollment,
  titleZh: '候补递补',
  titleEn: 'A place is free',
  textZh: '您候补的培训班有空缺名额，请在 2026-09-03 18:00（北京时间）前确认。',
  textEn: 'A place is free in the class you wait for; answer before 2026-09-03T10:00:00.000Z.',
} as const;

const contractOf = (owner: Owner): EventContract<NoticeRequested> =>
  defineEvent<NoticeRequested>({
    type: `${owner}.notice.requested.v1`,
    topic: `${owner}.notice`,
    compacted: false,
    // Not the recipient: every command of a province would queue for its bureau's place in the outbox.
    subject: 'subject',
    description: {
      zh: '请求通知：某项规则要求将事项告知个人或单位；由登记服务送入其收件箱，并对外发送。',
      en: 'Somebody is to be told something that a rule asks for; the registry puts it into the inbox and sends it on.',
    },
    data: noticeRequestedData,
    example: { ...noticeExample, figures: { answerBy: '2026-09-03T10:00:00.000Z' } },
  });

const contracts = new Map<string, EventContract<NoticeRequested>>(
  owners.map((owner) => [owner, contractOf(owner)]),
);

/** The notice event of one service; throws for a name that is no service's. The registry hears all four. */
export function noticeRequested(service: string): EventContract<NoticeRequested> {
  const contract = contracts.get(service);
  if (contract === undefined) throw new Error(`${service} is no service that tells events`);
  return contract;
}
