/** Read and unread, with the count kept. Marking everything read is one write, however much there is. [GOV-04] */
import { type Decision, decide, fault } from '@shixun/kernel';
import { codes } from './refusals.ts';

/** What somebody said about one notice; null leaves it to the inbox's own line of what has been read. */
export type Mark = 'read' | 'unread' | null;

export type Marked = { readonly _id: string; readonly sequence: number; readonly mark: Mark };
export type InboxCounts = {
  /** How many notices there have ever been: the sequence of the last one. */
  readonly total: number;
  readonly unread: number;
  /** Every notice up to this sequence is read unless it was marked unread since. */
  readonly readThrough: number;
};

export function isUnread({ mark, sequence }: Omit<Marked, '_id'>, readThrough: number): boolean {
  return mark === 'unread' || (mark === null && sequence > readThrough);
}

export type NoticesMarked = {
  readonly mark: 'read' | 'unread';
  /** Those that were in the other state; the rest stays as it is. */
  readonly changed: readonly string[];
  readonly unread: number;
};

/** Marks some of an inbox's notices. A notice of another inbox is named as unknown, each by its place. */
export function markNotices(
  command: { readonly noticeIds: readonly string[]; readonly mark: 'read' | 'unread' },
  facts: { readonly inbox: InboxCounts; readonly found: readonly Marked[] },
): Decision<NoticesMarked> {
  const known = new Set(facts.found.map(({ _id }) => _id));
  const faults = command.noticeIds.flatMap((id, index) =>
    known.has(id)
      ? []
      : [fault(codes.NOTICE_UNKNOWN, ['noticeIds', String(index)], { actual: id })],
  );
  return decide(faults, () => {
    const wanted = command.mark === 'unread';
    const changed = facts.found
      .filter((notice) => isUnread(notice, facts.inbox.readThrough) !== wanted)
      .map(({ _id }) => _id);
    const unread = facts.inbox.unread + (wanted ? changed.length : -changed.length);
    return { mark: command.mark, changed, unread };
  });
}
