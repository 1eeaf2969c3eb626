/** Quotas and nominations. [CRS-43] */
import { defineCommand, notFound } from '@shixun/runtime';
import { z } from 'zod';
import type { Seats } from '../enrollment/seating.ts';
import type { Quota } from '../projects/project.ts';
import { classes, projects, type TrainingClassRow } from '../projects/store.ts';
import { placesOf } from '../supply/places.ts';
import { type Candidacy, readCandidacy } from './commands-facts.ts';
import {
  type NominateFacts,
  nominateForDispatch,
  type QuotaFacts,
  quotaSeats,
  setDispatchQuotas,
} from './dispatch.ts';
import { notices } from './notices.ts';
import { type DispatchQuotaRow, type DispatchRow, dispatches, dispatchQuotas } from './store.ts';

const id = z
  .string()
  .nullish()
  .transform((text) => text ?? null);
export const reason = z.string().trim().max(500);

/** Those that hold a place under the quotas: a substitute waits without one. */
const holds = ({ replacesId, state }: DispatchRow) => replacesId === null || state !== 'nominated';

type SetQuotas = { readonly classId: string; readonly quotas: readonly Quota[] };
type SetFacts = QuotaFacts & {
  readonly row: TrainingClassRow;
  readonly before: DispatchQuotaRow | null;
};

export const setDispatchQuotasCommand = defineCommand<SetQuotas, SetFacts, Seats, TrainingClassRow>(
  {
    name: 'setDispatchQuotas',
    input: z.object({
      classId: z.string(),
      quotas: z
        .array(z.object({ regionCode: id, schoolId: id, places: z.int().min(0).max(100_000) }))
        .max(500),
    }),
    gather: async ({ classId }, unit) => {
      const row = await unit.findById(classes, classId);
      const project = row && (await unit.findById(projects, row.projectId));
      if (!row || !project) return notFound('class', classId, ['classId']);
      const siblings = await unit.find(classes, { projectId: row.projectId });
      const held = (await unit.find(dispatches, { classId, active: true })).filter(holds);
      const { mandated } = placesOf(project, siblings);
      const before = await unit.findById(dispatchQuotas, classId);
      return { row, before, classState: row.state, mandated, held };
    },
    scope: ({ row }) => ({ regionCode: row.ownerRegionCode }),
    decide: setDispatchQuotas,
    record: ({ quotas, capacity }, { row, before }, unit) => {
      const { _id } = row;
      const version = (before?.version ?? 0) + 1;
      if (before === null) unit.insert(dispatchQuotas, { _id, quotas, capacity, version });
      else {
        const $set = { quotas, capacity, version };
        unit.update(dispatchQuotas, { _id, version: before.version }, { $set });
      }
      for (const { schoolId, places } of quotas) {
        if (schoolId === null) continue;
        const figures = { classId: _id, places };
        unit.notify({ notice: notices.QUOTA_GIVEN, to: { schoolId }, subject: _id, figures });
      }
      return row;
    },
    stream: ({ row }) => row._id,
  },
);

type Nominate = {
  readonly classId: string;
  readonly teacherId: string;
  readonly reason: string;
  readonly replacesId: string | null;
};
type NominateGathered = Candidacy & NominateFacts & { readonly before: DispatchQuotaRow | null };

export const nominateForDispatchCommand = defineCommand<
  Nominate,
  NominateGathered,
  null,
  DispatchRow
>({
  name: 'nominateForDispatch',
  input: z.object({ classId: z.string(), teacherId: z.string(), reason, replacesId: id }),
  gather: async (input, unit, books) => {
    const candidacy = await readCandidacy(input, unit, books);
    if (!('seats' in candidacy)) return candidacy;
    const { classId, replacesId, teacherId } = input;
    const before = await unit.findById(dispatchQuotas, classId);
    const active = await unit.find(dispatches, { classId, active: true });
    const replaces = replacesId && active.find(({ _id }) => _id === replacesId);
    if (replaces === undefined) return notFound('dispatch', replacesId ?? '', ['replacesId']);
    const held = active.filter(holds);
    return {
      ...candidacy,
      before,
      quotas: before && quotaSeats(before.quotas, before.capacity, held),
      nominated: active.some((each) => each.teacherId === teacherId),
      replaces: replaces || null,
    };
  },
  scope: ({ teacher }) => ({ schoolId: teacher.schoolId }),
  decide: (_input, facts, { now }) => nominateForDispatch(facts, now),
  record: (_outcome, { row, teacherRow, before }, unit, input) => {
    const { classId, teacherId, replacesId } = input;
    const { schoolId, regionCode } = teacherRow;
    const { projectId, ownerRegionCode, institutionId } = row;
    const dispatch: DispatchRow = {
      _id: unit.newId('dispatch'),
      classId,
      projectId,
      teacherId,
      schoolId,
      regionCode,
      ownerRegionCode,
      institutionId,
      state: 'nominated',
      reason: input.reason,
      nominatedAt: unit.now,
      replacesId,
      enrollmentId: null,
      objection: null,
      objectedAt: null,
      answer: null,
      decidedAt: null,
      active: true,
    };
    unit.insert(dispatches, dispatch);
    // Two nominations at the same moment meet here, so the quota holds.
    const version = before?.version ?? 0;
    unit.update(dispatchQuotas, { _id: classId, version }, { $inc: { version: 1 } });
    return dispatch;
  },
  stream: ({ row }) => row._id,
  policyVersion: ({ policyVersion }) => policyVersion,
});
