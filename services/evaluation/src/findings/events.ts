import { courses, credits, evaluation, registry } from '@shixun/contracts';
import { type EventHandler, on } from '@shixun/runtime';
import { findings } from './store.ts';

/**
 * Every service's findings come here, this one's own included. A finding is raised once and then lives here, so an
 * event that comes again changes nothing of what the bureau has done with it.
 */
export const findingHandlers: readonly EventHandler[] = [
  registry.findingRaised,
  courses.findingRaised,
  credits.findingRaised,
  evaluation.findingRaised,
].map((contract) =>
  on(contract, async (events, unit) => {
    for (const { data, envelope } of events) {
      const { findingId, figures, ...raised } = data;
      const found = {
        ...raised,
        service: contract.owner,
        figures: Object.entries(figures).map(([name, value]) => ({ name, value: String(value) })),
        raisedAt: new Date(envelope.time),
        state: 'open',
        reason: null,
        closedAt: null,
      };
      unit.upsert(findings, { _id: findingId }, { $setOnInsert: found });
    }
  }),
);
