import { type NoticeRecipientKind, registry } from '@shixun/contracts';
import { defineCollection, type RowBase, type Unit } from '@shixun/runtime';
import type { InboxCounts, Mark } from './mark.ts';
import { type Addressee, inboxKey } from './recipients.ts';

/** Ways out of the application, served by gateways that hear `registry.notice.delivered.v1`. */
export const channels = ['sms', 'mail'] as const;
export type Channel = (typeof channels)[number];

/** One inbox 收件箱: its counts, kept with every notice and every mark. */
export type InboxRow = RowBase &
  InboxCounts & {
    readonly kind: NoticeRecipientKind;
    readonly recipientId: string;
    /** Null as long as the recipient has chosen nothing. */
    readonly channels: readonly Channel[] | null;
  };

/** A notice 通知 in somebody's inbox; only its mark ever changes. */
export type NoticeRow = RowBase & {
  /** The inbox. */
  readonly inbox: string;
  /** Its place in the inbox, from 1. */
  readonly sequence: number;
  /** The service that told it. */
  readonly service: string;
  readonly code: string;
  readonly rule: string;
  readonly subject: string;
  readonly titleZh: string;
  readonly titleEn: string;
  readonly textZh: string;
  readonly textEn: string;
  readonly figures: readonly { readonly name: string; readonly value: string }[];
  readonly toldAt: Date;
  readonly mark: Mark;
};

const text = { type: String, required: true };
const count = { type: Number, required: true };

export const inboxes = defineCollection<InboxRow>(
  'notice_inboxes',
  {
    kind: text,
    recipientId: text,
    total: count,
    unread: count,
    readThrough: count,
    channels: { type: [String], default: null },
  },
  [],
);

export const notices = defineCollection<NoticeRow>(
  'notices',
  {
    inbox: text,
    sequence: count,
    service: text,
    code: text,
    rule: text,
    subject: text,
    titleZh: text,
    titleEn: text,
    textZh: text,
    textEn: text,
    figures: { type: [Object], required: true },
    toldAt: { type: Date, required: true },
    mark: { type: String, default: null },
  },
  [
    { keys: { inbox: 1, sequence: -1 }, unique: true },
    { keys: { inbox: 1, rule: 1, sequence: -1 } },
    { keys: { inbox: 1, mark: 1, sequence: -1 } },
    { keys: { inbox: 1, toldAt: 1, sequence: 1 } },
  ],
);

export function emptyInbox({ kind, id }: Addressee): InboxRow {
  const counts = { total: 0, unread: 0, readThrough: 0 };
  return { _id: inboxKey({ kind, id }), kind, recipientId: id, ...counts, channels: null };
}

/** People get a short message, organisations a mail, until they choose otherwise. Our own default. */
export function channelsOf({ kind, channels: chosen }: InboxRow): readonly Channel[] {
  if (chosen !== null) return chosen;
  return kind === 'teacher' || kind === 'trainer' ? ['sms'] : ['mail'];
}

export async function findInbox(unit: Unit, addressee: Addressee): Promise<InboxRow> {
  return (await unit.findById(inboxes, inboxKey(addressee))) ?? emptyInbox(addressee);
}

/** Two units that change one inbox conflict, since both rewrite this row: its counts are never lost. */
export function saveInbox(unit: Unit, { _id, ...fields }: InboxRow): void {
  unit.upsert(inboxes, { _id }, { $set: fields });
}

/** Puts a notice into the inbox and hands it to the gateways. */
export function deliver(unit: Unit, inbox: InboxRow, notice: NoticeRow): void {
  unit.insert(notices, notice);
  unit.emit(registry.noticeDelivered, inbox.recipientId, {
    noticeId: notice._id,
    code: notice.code,
    rule: notice.rule,
    recipientKind: inbox.kind,
    recipientId: inbox.recipientId,
    subject: notice.subject,
    titleZh: notice.titleZh,
    titleEn: notice.titleEn,
    textZh: notice.textZh,
    textEn: notice.textEn,
    channels: [...channelsOf(inbox)],
  });
}
