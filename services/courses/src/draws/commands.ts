/** Applying for a draw, and taking it back. [CRS-46] */
import { civilDateOf } from '@shixun/kernel';
import { defineCommand, notFound } from '@shixun/runtime';
import { z } from 'zod';
import { factsOf } from '../enrollment/commands-enroll.ts';
import { readBatch } from '../enrollment/readers-enroll.ts';
import { type ApplyFacts, applyForDraw, withdrawApplication } from './apply.ts';
import { pseudonymOf } from './sealing.ts';
import { type DrawApplicationRow, type DrawRow, drawApplications, draws } from './store.ts';

type Apply = { readonly menuItemId: string; readonly teacherId: string };
type ApplyGathered = ApplyFacts & {
  readonly row: DrawRow | null;
  readonly pseudonym: string;
  readonly policyVersion: string;
};

export const applyForDrawCommand = defineCommand<Apply, ApplyGathered, null, DrawRow>({
  name: 'applyForDraw',
  input: z.object({ menuItemId: z.string(), teacherId: z.string() }),
  gather: async (input, unit, { policies, persons }) => {
    const inputs = [{ ...input, waitlist: true }];
    const date = civilDateOf(unit.now);
    const batch = { ...(await readBatch(inputs, unit, persons)), policies, date };
    const facts = factsOf(input.menuItemId, input.teacherId, batch);
    if (!('batch' in facts)) return facts;
    const row = await unit.findOne(draws, { menuItemId: input.menuItemId });
    const pseudonym = pseudonymOf(row?._id ?? '', input.teacherId);
    const own = row && (await unit.findById(drawApplications, `${row._id}/${pseudonym}`));
    return { ...facts, draw: row, row, pseudonym, applied: own !== null };
  },
  scope: ({ teacher }) => ({ personId: teacher.teacherId }),
  decide: (_input, facts, { now }) => applyForDraw(facts, now),
  record: (_outcome, { row, pseudonym, teacher }, unit) => {
    if (row === null) throw new Error('an accepted application has its draw');
    unit.insert(drawApplications, {
      _id: `${row._id}/${pseudonym}`,
      drawId: row._id,
      pseudonym,
      teacherId: teacher.teacherId,
      appliedAt: unit.now,
      rank: null,
      outcome: null,
      bucket: null,
    });
    unit.update(draws, { _id: row._id, state: 'announced' }, { $inc: { applicantsCount: 1 } });
    return { ...row, applicantsCount: row.applicantsCount + 1 };
  },
  stream: (_facts, _outcome, { _id }) => _id,
  policyVersion: ({ policyVersion }) => policyVersion,
});

type Withdraw = { readonly drawId: string; readonly teacherId: string };
type WithdrawGathered = { readonly row: DrawRow; readonly own: DrawApplicationRow | null };

export const withdrawDrawApplicationCommand = defineCommand<
  Withdraw,
  WithdrawGathered,
  null,
  DrawRow
>({
  name: 'withdrawDrawApplication',
  input: z.object({ drawId: z.string(), teacherId: z.string() }),
  gather: async ({ drawId, teacherId }, unit) => {
    const row = await unit.findById(draws, drawId);
    if (row === null) return notFound('draw', drawId, ['drawId']);
    const id = `${drawId}/${pseudonymOf(drawId, teacherId)}`;
    return { row, own: await unit.findById(drawApplications, id) };
  },
  scope: (_facts, { teacherId }) => ({ personId: teacherId }),
  decide: (_input, { row, own }) =>
    withdrawApplication({ state: row.state, applied: own !== null }),
  record: (_outcome, { row, own }, unit) => {
    unit.remove(drawApplications, { _id: own?._id });
    unit.update(draws, { _id: row._id, state: 'announced' }, { $inc: { applicantsCount: -1 } });
    return { ...row, applicantsCount: row.applicantsCount - 1 };
  },
  stream: ({ row }) => row._id,
});
