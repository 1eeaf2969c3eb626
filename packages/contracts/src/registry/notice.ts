import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import { noticeExample, noticeFields } from '../shared/notice.ts';

/** For gateways that carry notices out of the application. [GOV-04] */
export const noticeDelivered = defineEvent({
  type: 'registry.notice.delivered.v1',
  topic: 'registry.inbox',
  compacted: false,
  subject: 'recipientId',
  description: {
    zh: '通知已送入收件箱；短信、邮件网关据此按接收方所选渠道对外发送。不含个人信息。',
    en: 'A notice is in the inbox; gateways for short messages and mail carry it out by the channels that the recipient chose. Without personal data.',
  },
  data: z.strictObject({
    ...noticeFields,
    channels: z
      .array(z.enum(['sms', 'mail']))
      .describe('Channels that the recipient chose 通知渠道; empty for the application alone'),
  }),
  example: { ...noticeExample, channels: ['sms'] },
});
