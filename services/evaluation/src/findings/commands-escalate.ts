import { civilDateOf } from '@shixun/kernel';
import { type Chore, type PolicyBook, runUnit, type Unit } from '@shixun/runtime';
import { escalate } from './escalate.ts';
import { told } from './notices.ts';
import { type FindingRow, findings, recordStep } from './store.ts';

const batchSize = 100;

/**
 * Sends up what is late, each level once. Run again, or by two at a time, it finds nothing more to do: the row that it
 * looks for is the row that it changes. [EVL-12]
 */
export const escalateFindingsChore: Chore = {
  name: 'escalateFindings',
  daily: '00:05',
  run: async ({ db, run, policies }, turn) => {
    for (;;) {
      const found = await runUnit(
        db,
        async (unit) => {
          await turn?.fence(unit);
          return escalateBatch(unit, policies);
        },
        run,
      );
      if (found < batchSize || turn?.signal.aborted) return;
    }
  },
};

async function escalateBatch(unit: Unit, policies: PolicyBook): Promise<number> {
  const today = civilDateOf(unit.now);
  const late = await unit.find(
    findings,
    { escalatesOn: { $lte: today } },
    { sort: { escalatesOn: 1, _id: 1 }, limit: batchSize },
  );
  for (const finding of late) sendUp(unit, finding, policies);
  return late.length;
}

function sendUp(unit: Unit, finding: FindingRow, policies: PolicyBook): void {
  const { versionId, figures } = policies.effective(finding.regionCode, civilDateOf(unit.now));
  const up = escalate(finding, unit.now, figures.rectificationMaxDays);
  if (up === null) return;
  const goesUp = up.responsibleCode !== finding.responsibleCode;
  const change = goesUp ? { ...up, assignee: null, escalatedSinceOrder: true } : up;
  recordStep(unit, finding, change, { step: 'escalate' });
  unit.audit({
    stream: finding._id,
    actor: 'chore:escalateFindings',
    command: 'escalateFinding',
    facts: { from: finding.responsibleCode, to: up.responsibleCode, wasDueOn: finding.dueOn },
    policyVersion: versionId,
  });
  const { subject, rule } = finding;
  if (!goesUp) {
    unit.notify({
      notice: told.FINDING_OVERDUE,
      to: { regionCode: up.responsibleCode },
      subject: finding._id,
      figures: { subject, rule, dueOn: up.dueOn },
    });
    return;
  }
  const from = finding.responsibleCode;
  for (const regionCode of [from, up.responsibleCode]) {
    unit.notify({
      notice: told.FINDING_ESCALATED,
      to: { regionCode },
      subject: finding._id,
      figures: { subject, rule, from, to: up.responsibleCode, dueOn: up.dueOn },
    });
  }
}
