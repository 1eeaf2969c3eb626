import {
  addDays,
  civilDateOf,
  type Decision,
  decide,
  type Fault,
  fault,
  isCivilDate,
} from '@shixun/kernel';
import {
  type Command,
  type CommandContext,
  defineCommand,
  type NoticeNote,
  notFound,
  type Recipient,
  type Unit,
} from '@shixun/runtime';
import { z } from 'zod';
import { projects } from '../projections/projects.ts';
import { answerOrder, reinspect } from './answer.ts';
import { closeFinding, type FindingClosed } from './close.ts';
import { deadline } from './escalate.ts';
import { isClosed, type Standing } from './life-cycle.ts';
import { told } from './notices.ts';
import { type Body, orderRectification } from './order.ts';
import { codes } from './refusals.ts';
import { type FindingRow, findings, recordStep } from './store.ts';

type Facts = Standing & {
  readonly finding: FindingRow;
  /** Whom the finding concerns, as far as its subject says. */
  readonly concerned: Body;
  readonly rectificationMaxDays: number;
  readonly policyVersion: string;
};

const findingId = z.string().max(64);
const words = z.string().max(1000);
const dueOn = z.string().refine(isCivilDate);
const evidence = z
  .array(z.url({ protocol: /^https$/ }).max(500))
  .max(10)
  .default([]);

async function gather(
  input: { readonly findingId: string },
  unit: Unit,
  { policies }: CommandContext,
) {
  const finding = await unit.findById(findings, input.findingId);
  if (finding === null) return notFound('finding', input.findingId, ['findingId']);
  const policy = policies.effective(finding.regionCode, civilDateOf(unit.now));
  return {
    finding,
    state: finding.state,
    escalatedSinceOrder: finding.escalatedSinceOrder,
    concerned: await concernedBy(finding, unit),
    rectificationMaxDays: policy.figures.rectificationMaxDays,
    policyVersion: policy.versionId,
  };
}

/** A school or an institution is its own body; a project's is its institution; for the rest the region's bureau. */
async function concernedBy(
  { subject, responsibleCode, body }: FindingRow,
  unit: Unit,
): Promise<Body> {
  if (body !== null) return body;
  if (subject.startsWith('sch_')) return { kind: 'school', id: subject };
  if (subject.startsWith('ins_')) return { kind: 'institution', id: subject };
  const project = subject.startsWith('prj_') ? await unit.findById(projects, subject) : null;
  const institutionId = project?.institutionId ?? null;
  return institutionId === null
    ? { kind: 'region', id: responsibleCode }
    : { kind: 'institution', id: institutionId };
}

const byBureau = {
  gather,
  /** The bureau responsible now, or one above it. */
  scope: ({ finding }: Facts) => ({ regionCode: finding.responsibleCode }),
  stream: ({ finding }: Facts) => finding._id,
  policyVersion: ({ policyVersion }: Facts) => policyVersion,
};

const closing = (name: string, as: FindingClosed['state']): Command =>
  defineCommand({
    ...byBureau,
    name,
    input: z.strictObject({ findingId, reason: words }),
    decide: ({ reason }, facts) => closeFinding({ as, reason }, facts),
    record: ({ state, reason }, { finding }, unit): FindingRow => {
      const taken = { step: state === 'waived' ? 'waive' : 'resolve', note: reason } as const;
      return close(unit, finding, { state, reason }, taken);
    },
  });

export const resolveFindingCommand = closing('resolveFinding', 'resolved');
export const waiveFindingCommand = closing('waiveFinding', 'waived');

export const assignFindingCommand = defineCommand({
  ...byBureau,
  name: 'assignFinding',
  input: z.strictObject({ findingId, assignee: z.string().max(128).nullish() }),
  decide: (_input, { state }): Decision<null> => decide(closedFaults(state), () => null),
  record: (_outcome, { finding }, unit, input): FindingRow =>
    recordStep(unit, finding, { assignee: input.assignee || null }, { step: 'assign' }),
});

export const orderRectificationCommand = defineCommand({
  ...byBureau,
  name: 'orderRectification',
  input: z.strictObject({
    findingId,
    instruction: words,
    dueOn,
    body: z
      .strictObject({
        kind: z.enum(['school', 'institution', 'region']),
        id: z.string().min(1).max(64),
      })
      .nullish(),
    evidence,
  }),
  decide: (input, facts, { now }) =>
    orderRectification({ ...input, body: input.body ?? null }, facts, civilDateOf(now)),
  record: (ordered, { finding }, unit, input): FindingRow => {
    const { body } = ordered;
    const change = {
      state: 'ordered',
      escalatedSinceOrder: false,
      body,
      schoolId: body.kind === 'school' ? body.id : null,
      institutionId: body.kind === 'institution' ? body.id : null,
      ...deadline(ordered.dueOn),
    } as const;
    const taken = { step: 'order', note: ordered.instruction, evidence: input.evidence } as const;
    const after = recordStep(unit, finding, change, taken);
    tell(unit, after, told.RECTIFICATION_ORDERED, recipientOf(body));
    return after;
  },
});

export const answerRectificationCommand = defineCommand({
  name: 'answerRectification',
  input: z.strictObject({ findingId, answer: words, evidence }),
  gather,
  scope: ({ finding: { body } }: Facts) => (body === null ? {} : recipientOf(body)),
  stream: byBureau.stream,
  policyVersion: byBureau.policyVersion,
  decide: ({ answer }, facts) => answerOrder({ answer }, facts),
  record: ({ answer }, facts, unit, input): FindingRow => {
    const due = addDays(civilDateOf(unit.now), facts.rectificationMaxDays);
    const change = { state: 'answered', ...deadline(due) } as const;
    const taken = { step: 'answer', note: answer, evidence: input.evidence } as const;
    const after = recordStep(unit, facts.finding, change, taken);
    tell(unit, after, told.RECTIFICATION_ANSWERED, { regionCode: after.responsibleCode });
    return after;
  },
});

export const reinspectFindingCommand = defineCommand({
  ...byBureau,
  name: 'reinspectFinding',
  input: z.strictObject({
    findingId,
    passed: z.boolean(),
    report: words,
    dueOn: dueOn.nullish(),
    evidence,
  }),
  decide: (input, facts, { now }) =>
    reinspect({ ...input, dueOn: input.dueOn ?? null }, facts, civilDateOf(now)),
  record: (found, { finding }, unit, input): FindingRow => {
    const taken = { step: 'reinspect', note: found.report, evidence: input.evidence } as const;
    if (found.dueOn === null) {
      return close(unit, finding, { state: 'resolved', reason: found.report }, taken);
    }
    const change = {
      state: 'ordered',
      escalatedSinceOrder: false,
      ...deadline(found.dueOn),
    } as const;
    const after = recordStep(unit, finding, change, taken);
    if (after.body) tell(unit, after, told.RECTIFICATION_ORDERED, recipientOf(after.body));
    return after;
  },
});

function close(
  unit: Unit,
  finding: FindingRow,
  { state, reason }: FindingClosed,
  taken: Parameters<typeof recordStep>[3],
): FindingRow {
  const open = { dueOn: null, escalatesOn: null, openKey: null };
  const change = { state, reason, closedAt: unit.now, ...open };
  const after = recordStep(unit, finding, change, taken);
  const notice = state === 'waived' ? told.FINDING_WAIVED : told.FINDING_RESOLVED;
  if (after.body !== null) tell(unit, after, notice, recipientOf(after.body));
  return after;
}

function tell(unit: Unit, finding: FindingRow, notice: NoticeNote['notice'], to: Recipient): void {
  const { _id, subject, rule } = finding;
  unit.notify({ notice, to, subject: _id, figures: { subject, rule, dueOn: finding.dueOn ?? '' } });
}

function recipientOf({ kind, id }: Body) {
  if (kind === 'school') return { schoolId: id };
  return kind === 'institution' ? { institutionId: id } : { regionCode: id };
}

function closedFaults(state: FindingRow['state']): readonly Fault[] {
  return isClosed(state) ? [fault(codes.FINDING_CLOSED, ['findingId'], { actual: state })] : [];
}
