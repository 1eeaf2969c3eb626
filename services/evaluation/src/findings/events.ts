import { courses, credits, evaluation, type FindingRaised, registry } from '@shixun/contracts';
import { addDays, civilDateOf } from '@shixun/kernel';
import {
  type EventHandler,
  on,
  type PolicyBook,
  type ReceivedEvent,
  type Unit,
} from '@shixun/runtime';
import { bureauOf, deadline } from './escalate.ts';
import { told } from './notices.ts';
import { type FindingRow, findingOccurrences, findings, insertStep, openKeyOf } from './store.ts';

/** Every service's findings come here, this one's own included. */
export const findingHandlers: readonly EventHandler[] = [
  registry.findingRaised,
  courses.findingRaised,
  credits.findingRaised,
  evaluation.findingRaised,
].map((contract) =>
  on(contract, (events, unit, { policies }) => keepAll(events, contract.owner, unit, policies)),
);

/**
 * A finding is raised once and then lives here: an event that comes again changes nothing of what the bureau has done
 * with it. What is found again while it is not closed, the same rule about the same subject, is counted.
 */
async function keepAll(
  events: readonly ReceivedEvent<FindingRaised>[],
  service: string,
  unit: Unit,
  policies: PolicyBook,
): Promise<void> {
  const ids = events.map(({ data }) => data.findingId);
  const known = await unit.find(findingOccurrences, { _id: { $in: ids } });
  const seen = new Set(known.map(({ _id }) => _id));
  const keys = events.map(({ data }) => openKeyOf(data));
  const open = new Map(
    (await unit.find(findings, { openKey: { $in: keys } })).map((row) => [row.openKey, row]),
  );
  const fresh = new Set<string>();
  const recurred = new Set<string>();
  for (const { data, envelope } of events) {
    if (seen.has(data.findingId)) continue;
    seen.add(data.findingId);
    const raisedAt = new Date(envelope.time);
    const figures = figuresOf(data);
    const key = openKeyOf(data);
    const before = open.get(key);
    const findingId = before?._id ?? data.findingId;
    unit.insert(findingOccurrences, { _id: data.findingId, findingId, raisedAt, figures });
    if (before === undefined) {
      open.set(key, newFinding(data, raisedAt, service, unit.now, policies));
      fresh.add(key);
    } else {
      const occurrences = before.occurrences + 1;
      open.set(key, { ...before, figures, occurrences, lastRaisedAt: raisedAt });
      recurred.add(key);
    }
  }
  for (const [key, row] of open) {
    if (key === null) continue;
    if (fresh.has(key)) openFinding(unit, row);
    else if (recurred.has(key)) {
      const { figures, occurrences, lastRaisedAt } = row;
      const change = { $set: { figures, occurrences, lastRaisedAt } };
      unit.update(findings, { _id: row._id, openKey: key }, change);
    }
  }
}

function newFinding(
  data: FindingRaised,
  raisedAt: Date,
  service: string,
  now: Date,
  policies: PolicyBook,
): FindingRow {
  const today = civilDateOf(now);
  const { figures } = policies.effective(data.regionCode, today);
  return {
    _id: data.findingId,
    service,
    rule: data.rule,
    regionCode: data.regionCode,
    responsibleCode: bureauOf(data.regionCode),
    assignee: null,
    subject: data.subject,
    figures: figuresOf(data),
    raisedAt,
    lastRaisedAt: raisedAt,
    occurrences: 1,
    state: 'open',
    ...deadline(addDays(today, figures.rectificationMaxDays)),
    escalatedSinceOrder: false,
    body: null,
    schoolId: null,
    institutionId: null,
    reason: null,
    closedAt: null,
    openKey: openKeyOf(data),
    stepsCount: 1,
  };
}

function openFinding(unit: Unit, row: FindingRow): void {
  unit.insert(findings, row);
  insertStep(unit, row, { step: 'raise' });
  unit.notify({
    notice: told.FINDING_OPENED,
    to: { regionCode: row.responsibleCode },
    subject: row._id,
    figures: { subject: row.subject, rule: row.rule, dueOn: row.dueOn ?? '' },
  });
}

function figuresOf({ figures }: FindingRaised): FindingRow['figures'] {
  return Object.entries(figures).map(([name, value]) => ({ name, value: String(value) }));
}
