import { type Command, defineCommand, notFound } from '@shixun/runtime';
import { z } from 'zod';
import { closeFinding, type FindingClosed } from './close.ts';
import { type FindingRow, findings } from './store.ts';

type Input = { readonly findingId: string; readonly reason: string };

const closing = (name: string, as: FindingClosed['state']): Command =>
  defineCommand<Input, FindingRow, FindingClosed, FindingRow>({
    name,
    input: z.strictObject({ findingId: z.string().max(64), reason: z.string().max(1000) }),
    gather: async ({ findingId }, unit) =>
      (await unit.findById(findings, findingId)) ?? notFound('finding', findingId, ['findingId']),
    scope: ({ regionCode }) => ({ regionCode }),
    decide: ({ reason }, finding) => closeFinding({ as, reason }, finding),
    record: ({ state, reason }, finding, unit) => {
      const closed = { state, reason, closedAt: unit.now };
      unit.update(findings, { _id: finding._id, state: 'open' }, { $set: closed });
      return { ...finding, ...closed };
    },
    stream: ({ _id }) => _id,
  });

export const resolveFindingCommand = closing('resolveFinding', 'resolved');
export const waiveFindingCommand = closing('waiveFinding', 'waived');
