import { noticeRecipientKinds } from '@shixun/contracts';
import { accept, type Decision } from '@shixun/kernel';
import {
  type Command,
  type CommandContext,
  defineCommand,
  notFound,
  type Unit,
} from '@shixun/runtime';
import { z } from 'zod';
import { type Mark, markNotices } from './mark.ts';
import { type Addressee, inboxKey, isOwn, scopeOf } from './recipients.ts';
import { channels, findInbox, type InboxRow, notices, saveInbox } from './store.ts';

const recipient = z.strictObject({ kind: z.enum(noticeRecipientKinds), id: z.string().max(64) });
const scope = (_facts: unknown, input: { readonly recipient: Addressee }) =>
  scopeOf(input.recipient);
const stream = (_facts: unknown, _outcome: unknown, { _id }: InboxRow) => _id;

/** The inbox, when it is the caller's own; a bureau above is not asked in. */
async function ownInbox(addressee: Addressee, unit: Unit, { caller }: CommandContext) {
  return isOwn(caller, addressee)
    ? findInbox(unit, addressee)
    : notFound('notice', addressee.id, ['recipient']);
}

const markInput = z.strictObject({
  recipient,
  noticeIds: z.array(z.string().max(64)).min(1).max(100),
});

function marking(name: string, mark: 'read' | 'unread'): Command {
  return defineCommand({
    name,
    input: markInput,
    gather: async (input, unit, context) => {
      const inbox = await ownInbox(input.recipient, unit, context);
      if (!('total' in inbox)) return inbox;
      const filter = { _id: { $in: input.noticeIds }, inbox: inboxKey(input.recipient) };
      return { inbox, found: await unit.find(notices, filter) };
    },
    scope,
    decide: ({ noticeIds }, facts) => markNotices({ noticeIds, mark }, facts),
    record: ({ changed, unread }, { inbox }, unit): InboxRow => {
      for (const _id of changed) unit.update(notices, { _id }, { $set: { mark } });
      const after = { ...inbox, unread };
      saveInbox(unit, after);
      return after;
    },
    stream,
  });
}

export const markNoticesReadCommand = marking('markNoticesRead', 'read');
export const markNoticesUnreadCommand = marking('markNoticesUnread', 'unread');

/** So many notices at most are taken back from "unread" one by one; nobody has marked more. */
const marksMax = 5_000;

export const markAllNoticesReadCommand = defineCommand({
  name: 'markAllNoticesRead',
  input: z.strictObject({ recipient }),
  gather: async ({ recipient: addressee }, unit, context) => {
    const inbox = await ownInbox(addressee, unit, context);
    if (!('total' in inbox)) return inbox;
    const filter = { inbox: inbox._id, mark: 'unread' };
    return { inbox, marked: await unit.find(notices, filter, { limit: marksMax }) };
  },
  scope,
  decide: (): Decision<null> => accept(null),
  record: (_outcome, { inbox, marked }, unit): InboxRow => {
    const unmarked: { readonly mark: Mark } = { mark: null };
    for (const { _id } of marked) unit.update(notices, { _id }, { $set: unmarked });
    const after = { ...inbox, unread: 0, readThrough: inbox.total };
    saveInbox(unit, after);
    return after;
  },
  stream,
});

export const chooseNoticeChannelsCommand = defineCommand({
  name: 'chooseNoticeChannels',
  input: z.strictObject({ recipient, channels: z.array(z.enum(channels)).max(channels.length) }),
  gather: (input, unit, context) => ownInbox(input.recipient, unit, context),
  scope,
  decide: ({ channels: chosen }): Decision<InboxRow['channels']> =>
    accept(channels.filter((channel) => chosen.includes(channel))),
  record: (chosen, inbox, unit): InboxRow => {
    const after = { ...inbox, channels: chosen };
    saveInbox(unit, after);
    return after;
  },
  stream,
});
