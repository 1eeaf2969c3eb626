import { courses, credits, evaluation, type NoticeRequested, registry } from '@shixun/contracts';
import { type EventHandler, on, type ReceivedEvent, type Unit } from '@shixun/runtime';
import { teachers } from '../teachers/store.ts';
import { told } from './notices.ts';
import { type Addressee, inboxKey } from './recipients.ts';
import { deliver, emptyInbox, type InboxRow, inboxes, notices, saveInbox } from './store.ts';

type Requested = ReceivedEvent<NoticeRequested>;

/** Every service's notices come into the inboxes here, the registry's own included. [GOV-04] */
const requestedHandlers: readonly EventHandler[] = [
  registry.noticeRequested,
  courses.noticeRequested,
  credits.noticeRequested,
  evaluation.noticeRequested,
].map((contract) => on(contract, (events, unit) => deliverAll(events, contract.owner, unit)));

/** An institution hears of every move of its qualification, with the reason. [REG-09] */
const movedHandler = on(registry.qualificationMoved, (events, unit) => {
  for (const { data } of events) {
    const { institutionId, from, to, reason } = data;
    unit.notify({
      notice: told.QUALIFICATION_MOVED,
      to: { institutionId },
      subject: institutionId,
      figures: { from: from ?? 'none', to, reason },
    });
  }
});

export const noticeHandlers: readonly EventHandler[] = [...requestedHandlers, movedHandler];

/**
 * A notice that is there already is not told again, also when its event comes after the inbox of events has forgotten
 * it. What is for a teacher who was merged into another goes to that one.
 */
async function deliverAll(
  events: readonly Requested[],
  service: string,
  unit: Unit,
): Promise<void> {
  const ids = events.map(({ data }) => data.noticeId);
  const seen = new Set((await unit.find(notices, { _id: { $in: ids } })).map(({ _id }) => _id));
  const present = await presentIds(events, unit);
  const boxes = await inboxesOf(events, present, unit);
  for (const { data } of events) {
    if (seen.has(data.noticeId)) continue;
    seen.add(data.noticeId);
    const key = inboxKey(addresseeOf(data, present));
    const before = boxes.get(key);
    if (before === undefined) throw new Error(`the inbox ${key} was not read`);
    const sequence = before.total + 1;
    const inbox = { ...before, total: sequence, unread: before.unread + 1 };
    boxes.set(key, inbox);
    const { noticeId, recipientKind, recipientId, figures, ...words } = data;
    deliver(unit, inbox, {
      _id: noticeId,
      inbox: key,
      sequence,
      service,
      ...words,
      figures: Object.entries(figures).map(([name, value]) => ({ name, value: String(value) })),
      toldAt: unit.now,
      mark: null,
    });
  }
  for (const inbox of boxes.values()) saveInbox(unit, inbox);
}

async function inboxesOf(
  events: readonly Requested[],
  present: ReadonlyMap<string, string>,
  unit: Unit,
): Promise<Map<string, InboxRow>> {
  const fresh = events.map(({ data }) => emptyInbox(addresseeOf(data, present)));
  const boxes = new Map(fresh.map((inbox) => [inbox._id, inbox]));
  for (const row of await unit.find(inboxes, { _id: { $in: [...boxes.keys()] } })) {
    boxes.set(row._id, row);
  }
  return boxes;
}

function addresseeOf(
  { recipientKind: kind, recipientId }: NoticeRequested,
  present: ReadonlyMap<string, string>,
): Addressee {
  return { kind, id: present.get(recipientId) ?? recipientId };
}

const redirectsMax = 10;

/** The present id of each teacher who has been merged into another. [REG-07] */
async function presentIds(
  events: readonly Requested[],
  unit: Unit,
): Promise<ReadonlyMap<string, string>> {
  const told = events.filter(({ data }) => data.recipientKind === 'teacher');
  const present = new Map(told.map(({ data }) => [data.recipientId, data.recipientId]));
  for (let hop = 0; hop < redirectsMax && present.size > 0; hop += 1) {
    const merged = await unit.find(teachers, {
      _id: { $in: [...new Set(present.values())] },
      mergedInto: { $ne: null },
    });
    if (merged.length === 0) break;
    const next = new Map(merged.map(({ _id, mergedInto }) => [_id, mergedInto]));
    for (const [from, to] of present) present.set(from, next.get(to) ?? to);
  }
  return present;
}
