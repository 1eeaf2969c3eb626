import type { CivilDate } from '@shixun/kernel';
import { defineCollection, type RowBase, type Unit } from '@shixun/runtime';
import type { FindingAction, FindingState } from './life-cycle.ts';
import type { Body } from './order.ts';

type FindingFigure = { readonly name: string; readonly value: string };

/** A finding 问题 of any service, at the bureau that has to see to it. */
export type FindingRow = RowBase & {
  /** The service that found it. */
  readonly service: string;
  readonly rule: string;
  /** Where it was found; it never changes. */
  readonly regionCode: string;
  /** The bureau responsible now: that of the region, or one above it when it was late. [EVL-12] */
  readonly responsibleCode: string;
  /** Subject of the token of whoever sees to it at that bureau. */
  readonly assignee: string | null;
  /** Id of what it is about. */
  readonly subject: string;
  /** The figures of the last time that it was found. */
  readonly figures: readonly FindingFigure[];
  readonly raisedAt: Date;
  readonly lastRaisedAt: Date;
  /** How often it was found while it was not closed. */
  readonly occurrences: number;
  readonly state: FindingState;
  /** Last day for the next step, whoever has to take it; null once closed. */
  readonly dueOn: CivilDate | null;
  /** First day on which it goes up; null once closed, or when it is late at its province. */
  readonly escalatesOn: CivilDate | null;
  readonly escalatedSinceOrder: boolean;
  /** Whom the last order concerns. */
  readonly body: Body | null;
  readonly schoolId: string | null;
  readonly institutionId: string | null;
  readonly reason: string | null;
  readonly closedAt: Date | null;
  /** `rule/subject` as long as it is not closed: what is found again meanwhile is the same finding. */
  readonly openKey: string | null;
  /** How many steps its history has. */
  readonly stepsCount: number;
};

/** One step of a finding's history; never changed. */
export type StepRow = RowBase & {
  readonly findingId: string;
  readonly step: FindingAction | 'raise' | 'escalate';
  readonly at: Date;
  readonly state: FindingState;
  readonly responsibleCode: string;
  readonly note: string | null;
  readonly dueOn: CivilDate | null;
  readonly evidence: readonly string[];
};

/** Every time that something was found, by the id that the finder gave it: told again, it changes nothing. */
export type OccurrenceRow = RowBase & {
  readonly findingId: string;
  readonly raisedAt: Date;
  readonly figures: readonly FindingFigure[];
};

const text = { type: String, required: true };
const optional = { type: String, default: null };
const count = { type: Number, required: true };
const date = { type: Date, required: true };

export const findings = defineCollection<FindingRow>(
  'findings',
  {
    service: text,
    rule: text,
    regionCode: text,
    responsibleCode: text,
    assignee: optional,
    subject: text,
    figures: { type: [Object], required: true },
    raisedAt: date,
    lastRaisedAt: date,
    occurrences: count,
    state: text,
    dueOn: optional,
    escalatesOn: optional,
    escalatedSinceOrder: { type: Boolean, required: true },
    body: { type: Object, default: null },
    schoolId: optional,
    institutionId: optional,
    reason: optional,
    closedAt: { type: Date, default: null },
    openKey: optional,
    stepsCount: count,
  },
  [
    { keys: { regionCode: 1, _id: 1 } },
    { keys: { state: 1, regionCode: 1, _id: 1 } },
    { keys: { rule: 1, regionCode: 1, _id: 1 } },
    { keys: { subject: 1, regionCode: 1, _id: 1 } },
    { keys: { responsibleCode: 1, regionCode: 1, _id: 1 } },
    { keys: { assignee: 1, regionCode: 1, _id: 1 } },
    { keys: { schoolId: 1, regionCode: 1, _id: 1 } },
    { keys: { institutionId: 1, regionCode: 1, _id: 1 } },
    {
      keys: { openKey: 1 },
      unique: true,
      partialFilterExpression: { openKey: { $gt: '' } },
    },
    { keys: { escalatesOn: 1, _id: 1 } },
  ],
);

export const findingSteps = defineCollection<StepRow>(
  'finding_steps',
  {
    findingId: text,
    step: text,
    at: date,
    state: text,
    responsibleCode: text,
    note: optional,
    dueOn: optional,
    evidence: { type: [String], required: true },
  },
  [{ keys: { findingId: 1, _id: 1 } }],
);

export const findingOccurrences = defineCollection<OccurrenceRow>(
  'finding_occurrences',
  { findingId: text, raisedAt: date, figures: { type: [Object], required: true } },
  [{ keys: { findingId: 1, _id: 1 } }],
);

export function openKeyOf(finding: { readonly rule: string; readonly subject: string }): string {
  return `${finding.rule}/${finding.subject}`;
}

export type StepTaken = Pick<StepRow, 'step'> & Partial<Pick<StepRow, 'note' | 'evidence'>>;

/** Writes what a step changed, and the step; answers the finding as it is then. */
export function recordStep(
  unit: Unit,
  before: FindingRow,
  change: Partial<FindingRow>,
  taken: StepTaken,
): FindingRow {
  const stepsCount = before.stepsCount + 1;
  const after = { ...before, ...change, stepsCount };
  const { _id } = before;
  unit.update(
    findings,
    { _id, stepsCount: before.stepsCount },
    { $set: { ...change, stepsCount } },
  );
  insertStep(unit, after, taken);
  return after;
}

export function insertStep(unit: Unit, finding: FindingRow, taken: StepTaken): void {
  unit.insert(findingSteps, {
    _id: `${finding._id}/${String(finding.stepsCount).padStart(6, '0')}`,
    findingId: finding._id,
    step: taken.step,
    at: unit.now,
    state: finding.state,
    responsibleCode: finding.responsibleCode,
    note: taken.note ?? null,
    dueOn: finding.dueOn,
    evidence: taken.evidence ?? [],
  });
}
