import { courses, credits, evaluation, type NoticeRequested, registry } from '@shixun/contracts';
import { type EventHandler, on, type ReceivedEvent, type Unit } from '@shixun/runtime';
import { told } from './notices.ts';
import { presentAddressees } from './readers.ts';
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

/** A notice that is there already is not told again, also when its event comes after the inbox of events has forgotten it. */
async function deliverAll(
  events: readonly Requested[],
  service: string,
  unit: Unit,
): Promise<void> {
  const ids = events.map(({ data }) => data.noticeId);
  const seen = new Set((await unit.find(notices, { _id: { $in: ids } })).map(({ _id }) => _id));
  const present = await presentAddressees(events.map(askedFor), unit);
  const boxes = await inboxesOf([...present.values()], unit);
  for (const event of events) {
    const { noticeId, recipientKind, recipientId, figures, ...words } = event.data;
    if (seen.has(noticeId)) continue;
    seen.add(noticeId);
    const addressee = present.get(inboxKey(askedFor(event)));
    const before = addressee && boxes.get(inboxKey(addressee));
    if (before === undefined) throw new Error(`the inbox of ${recipientId} was not read`);
    const sequence = before.total + 1;
    const inbox = { ...before, total: sequence, unread: before.unread + 1 };
    boxes.set(inbox._id, inbox);
    deliver(unit, inbox, {
      _id: noticeId,
      inbox: inbox._id,
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
  addressees: readonly Addressee[],
  unit: Unit,
): Promise<Map<string, InboxRow>> {
  const boxes = new Map(addressees.map((each) => [inboxKey(each), emptyInbox(each)]));
  for (const row of await unit.find(inboxes, { _id: { $in: [...boxes.keys()] } })) {
    boxes.set(row._id, row);
  }
  return boxes;
}

function askedFor({ data: { recipientKind: kind, recipientId: id } }: Requested): Addressee {
  return { kind, id };
}
