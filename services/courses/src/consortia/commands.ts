import { centiFrom } from '@shixun/kernel';
import { defineCommand, notFound } from '@shixun/runtime';
import { z } from 'zod';
import { institutions } from '../projections/institutions.ts';
import { projectOf } from '../projects/commands-record.ts';
import { chosen, hoursCenti, id } from '../projects/input.ts';
import type { Modality } from '../projects/project.ts';
import { memberRoles, recordConsortium } from './consortium.ts';
import { candidateOf } from './readers.ts';
import { type ConsortiumRow, consortia } from './store.ts';

/** A decimal of yuan, kept as whole cents. */
const amountCents = z
  .string()
  .transform((written) => centiFrom(written) ?? -1)
  .pipe(z.int().min(0).max(10_000_000_000_00));
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

const member = z
  .strictObject({
    institutionId: id,
    role: z.enum(memberRoles),
    phase: z.string().trim().min(1).max(100),
    modality: chosen<Modality>(),
    duties: z.string().trim().min(1).max(2000),
    startsOn: date,
    endsOn: date,
    hours: hoursCenti,
    amount: amountCents,
  })
  .transform(({ hours, amount, ...rest }) => ({
    ...rest,
    hoursCenti: hours,
    amountCents: amount,
  }));

export const recordConsortiumCommand = defineCommand({
  name: 'recordConsortium',
  input: z
    .strictObject({
      projectId: id,
      amount: amountCents,
      members: z.array(member).min(1).max(50),
    })
    .transform(({ amount, ...rest }) => ({ ...rest, amountCents: amount })),
  gather: async ({ projectId, members }, unit) => {
    const project = await projectOf(unit, projectId);
    if (project === null) return notFound('project', projectId, ['projectId']);
    const ids = members.map(({ institutionId }) => institutionId);
    const known = await unit.find(institutions, { _id: { $in: ids } });
    return {
      project,
      institutions: new Map(known.map((row) => [row._id, candidateOf(row)])),
      before: await unit.findById(consortia, projectId),
    };
  },
  scope: ({ project }) => ({ regionCode: project.ownerRegionCode, schoolId: project.schoolId }),
  decide: (input, facts) => recordConsortium(input, facts),
  record: ({ projectId, ...recorded }, { before }, unit): ConsortiumRow => {
    const row: ConsortiumRow = {
      _id: projectId,
      ...recorded,
      version: (before?.version ?? 0) + 1,
      recordedAt: unit.now,
    };
    const { _id, ...changes } = row;
    if (before === null) unit.insert(consortia, row);
    else unit.update(consortia, { _id, version: before.version }, { $set: changes });
    return row;
  },
  stream: ({ project }) => project._id,
});
