import { connection, type GraphContext, mutation, type ResolverTable } from '@shixun/runtime';
import {
  chooseNoticeChannelsCommand,
  markAllNoticesReadCommand,
  markNoticesReadCommand,
  markNoticesUnreadCommand,
} from './commands.ts';
import { isUnread } from './mark.ts';
import { type Addressee, inboxKey, isOwn, ownAddressees } from './recipients.ts';
import {
  channelsOf,
  emptyInbox,
  type InboxRow,
  inboxes,
  type NoticeRow,
  notices,
} from './store.ts';

type NoticeFilter = {
  readonly unread?: boolean | null;
  readonly rule?: string | null;
  readonly since?: Date | null;
};
type Asked = {
  readonly filter?: NoticeFilter | null;
  readonly first?: number | null;
  readonly after?: string | null;
};

export const noticeResolvers: ResolverTable = {
  Query: {
    inbox: (_parent, { recipient }: { recipient: Addressee }, context) =>
      isOwn(context.caller, recipient) ? inboxOf(recipient, context) : null,
    inboxes: (_parent, _args, context) =>
      ownAddressees(context.caller).map((each) => inboxOf(each, context)),
  },
  Mutation: {
    markNoticesRead: mutation(markNoticesReadCommand, 'inbox'),
    markNoticesUnread: mutation(markNoticesUnreadCommand, 'inbox'),
    markAllNoticesRead: mutation(markAllNoticesReadCommand, 'inbox'),
    chooseNoticeChannels: mutation(chooseNoticeChannelsCommand, 'inbox'),
  },
  Inbox: {
    channels: channelsOf,
    notices: async (inbox: InboxRow, args: Asked, context) => {
      const filter = await noticeFilter(inbox, args.filter ?? {}, context);
      const page = await connection(context.db.model(notices), {
        filter,
        sort: [['sequence', -1]],
        first: args.first,
        after: args.after,
      });
      // Whether a notice is read is the inbox's to say.
      const withInbox = (node: NoticeRow) => ({
        ...node,
        unread: isUnread(node, inbox.readThrough),
      });
      return {
        ...page,
        edges: page.edges.map((edge) => ({ ...edge, node: withInbox(edge.node) })),
      };
    },
  },
  Notice: {
    id: ({ _id }: NoticeRow) => _id,
    rule: ({ rule }: NoticeRow) => ({ number: rule }),
  },
};

async function inboxOf(addressee: Addressee, context: GraphContext): Promise<InboxRow> {
  return (await context.loadOne(inboxes, inboxKey(addressee))) ?? emptyInbox(addressee);
}

/** A date becomes a place in the inbox, so that every combination reads one index. */
async function noticeFilter(
  { _id: inbox, readThrough }: InboxRow,
  { unread, rule, since }: NoticeFilter,
  context: GraphContext,
): Promise<Record<string, unknown> | null> {
  const parts: Record<string, unknown>[] = [{ inbox }];
  if (rule) parts.push({ rule });
  if (since) {
    const [first] = await context.db
      .model(notices)
      .collection.find({ inbox, toldAt: { $gte: since } })
      .sort({ toldAt: 1, sequence: 1 })
      .limit(1)
      .toArray();
    if (first === undefined) return null;
    parts.push({ sequence: { $gte: first['sequence'] } });
  }
  const stillUnread = [{ mark: 'unread' }, { mark: null, sequence: { $gt: readThrough } }];
  const readAlready = [{ mark: 'read' }, { mark: null, sequence: { $lte: readThrough } }];
  if (unread === true) parts.push({ $or: stillUnread });
  if (unread === false) parts.push({ $or: readAlready });
  return { $and: parts };
}
