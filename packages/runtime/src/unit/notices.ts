import type { NoticeRecipientKind, NoticeRequested } from '@shixun/contracts';
import { type Figures, type NoticeCode, wordNotice } from '@shixun/kernel';

/** Whom a notice is for. An organisation's notices are read by its administrators; a region's by its bureau's. */
export type Recipient =
  | { readonly teacherId: string }
  | { readonly trainerId: string }
  | { readonly schoolId: string }
  | { readonly institutionId: string }
  | { readonly regionCode: string };

/** Something that a rule has somebody told. [GOV-04] */
export type NoticeNote = {
  readonly notice: NoticeCode;
  readonly to: Recipient;
  /** Id of what it is about. Notices about one thing reach the inboxes in order. */
  readonly subject: string;
  /** The facts in the text: ids, dates, numbers, titles of projects; never personal data. */
  readonly figures?: Figures;
};

const kinds = {
  teacherId: 'teacher',
  trainerId: 'trainer',
  schoolId: 'school',
  institutionId: 'institution',
  regionCode: 'region',
} as const satisfies Record<string, NoticeRecipientKind>;

/** The notice's event. Throws when the text names a figure that is not given. */
export function noticeData(
  { notice, to, subject, figures = {} }: NoticeNote,
  noticeId: string,
): NoticeRequested {
  const words = wordNotice(notice, figures);
  return {
    noticeId,
    code: notice.name,
    rule: notice.rule,
    ...recipientOf(to),
    subject,
    titleZh: words.title.zh,
    titleEn: words.title.en,
    textZh: words.text.zh,
    textEn: words.text.en,
    figures: { ...figures },
  };
}

function recipientOf(to: Recipient): Pick<NoticeRequested, 'recipientKind' | 'recipientId'> {
  for (const [field, recipientKind] of Object.entries(kinds)) {
    const recipientId = (to as Readonly<Record<string, string>>)[field];
    if (recipientId !== undefined) return { recipientKind, recipientId };
  }
  throw new Error('a notice without a recipient');
}
