import { evaluation } from '@shixun/contracts';
import { civilDateOf } from '@shixun/kernel';
import {
  EventRefused,
  type HandlerContext,
  on,
  type ReceivedEvent,
  type Unit,
} from '@shixun/runtime';
import type { QualificationMovedTo } from './apply.ts';
import { afterGrade } from './grade.ts';
import type { Grade } from './move-by-grade.ts';
import { type InstitutionRow, institutions, recordMoves } from './store.ts';

type Published = ReceivedEvent<{
  readonly gradeId: string;
  readonly institutionId: string;
  readonly grade: Grade;
  readonly publishedAt: string;
}>;

/** A published grade moves the qualification of the institution that carried the project. [REG-09] */
export const gradePublishedHandler = on(
  evaluation.gradePublished,
  async (events, unit, { policies }) => {
    const byInstitution = Map.groupBy(events, ({ data }) => data.institutionId);
    const rows = await unit.find(institutions, { _id: { $in: [...byInstitution.keys()] } });
    const known = new Set(rows.map(({ _id }) => _id));
    const stranger = events.find(({ data }) => !known.has(data.institutionId));
    if (stranger !== undefined) {
      throw new EventRefused(`${stranger.data.institutionId} is no institution of the registry`);
    }
    for (const row of rows) {
      applyGrades(row, byInstitution.get(row._id) ?? [], unit, policies);
    }
  },
);

/** Several grades of one institution in one batch: each sees what the one before it did; the record is written once. */
function applyGrades(
  institution: InstitutionRow,
  events: readonly Published[],
  unit: Unit,
  policies: HandlerContext['policies'],
): void {
  let after: QualificationMovedTo = { ...institution, moves: [] };
  for (const { envelope, data } of events) {
    const policy = policies.effective(
      institution.regionCode,
      civilDateOf(new Date(data.publishedAt)),
    );
    const { gradeId, grade } = data;
    const next = afterGrade(after, { gradeId, grade }, policy.figures);
    const [move] = next.moves;
    after = { ...next, moves: [...after.moves, ...next.moves] };
    if (move === undefined) continue;
    unit.audit({
      stream: institution._id,
      actor: `event:${envelope.id}`,
      command: 'moveQualification',
      facts: move,
      policyVersion: policy.versionId,
    });
  }
  recordMoves(unit, institution, after);
}
