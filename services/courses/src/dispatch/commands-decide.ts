/** The bureau's word on a nomination, the teacher's objection, and how a dispatch ends. [CRS-43] */
import { civilDateOf } from '@shixun/kernel';
import { bureaus, defineCommand, may, type Unit } from '@shixun/runtime';
import { z } from 'zod';
import { endEnrollment, readStanding, type Standing } from '../enrollment/commands.ts';
import { freePlace } from '../enrollment/seating.ts';
import type { TrainingClassRow } from '../projects/store.ts';
import { reason } from './commands.ts';
import {
  type Candidacy,
  readCandidacy,
  readDispatch,
  takeDispatchedPlace,
} from './commands-facts.ts';
import {
  confirmDispatch,
  decideDispatchObjection,
  declineDispatch,
  objectToDispatch,
  placeFaults,
  withdrawDispatch,
} from './dispatch.ts';
import { notices } from './notices.ts';
import { type DispatchRow, dispatches } from './store.ts';

type One = { readonly dispatchId: string };
type WithReason = One & { readonly reason: string };
type Known = { readonly dispatch: DispatchRow; readonly trainingClass: TrainingClassRow };

const one = z.object({ dispatchId: z.string() });
const withReason = one.extend({ reason });
const ofOwner = ({ dispatch }: Known) => ({ regionCode: dispatch.ownerRegionCode });
const ofClass = ({ dispatch }: Known) => dispatch.classId;

export const confirmDispatchCommand = defineCommand<
  One,
  Known & { readonly candidacy: Candidacy },
  null,
  DispatchRow
>({
  name: 'confirmDispatch',
  input: one,
  gather: async ({ dispatchId }, unit, books) => {
    const known = await readDispatch(dispatchId, unit);
    if (!('dispatch' in known)) return known;
    const candidacy = await readCandidacy(known.dispatch, unit, books);
    return 'seats' in candidacy ? { candidacy, ...known } : candidacy;
  },
  scope: ofOwner,
  decide: (_input, { dispatch, candidacy }, { now }) => {
    const { state, replacesId } = dispatch;
    return confirmDispatch({ ...candidacy, state, isSubstitute: replacesId !== null }, now);
  },
  record: (_outcome, { dispatch, candidacy }, unit) =>
    takeDispatchedPlace(dispatch, candidacy, unit),
  stream: ofClass,
  policyVersion: ({ candidacy }) => candidacy.policyVersion,
});

export const declineDispatchCommand = defineCommand<WithReason, Known, null, DispatchRow>({
  name: 'declineDispatch',
  input: withReason,
  gather: ({ dispatchId }, unit) => readDispatch(dispatchId, unit),
  scope: ofOwner,
  decide: (input, { dispatch }) => declineDispatch(input, dispatch),
  record: (_outcome, { dispatch }, unit, input) => {
    const { _id: subject, schoolId, teacherId, classId } = dispatch;
    const figures = { teacherId, classId, reason: input.reason };
    unit.notify({ notice: notices.DISPATCH_DECLINED, to: { schoolId }, subject, figures });
    return end(dispatch, { state: 'declined', answer: input.reason }, unit);
  },
  stream: ofClass,
});

export const objectToDispatchCommand = defineCommand<WithReason, Known, null, DispatchRow>({
  name: 'objectToDispatch',
  input: withReason,
  gather: ({ dispatchId }, unit) => readDispatch(dispatchId, unit),
  scope: ({ dispatch }) => ({ personId: dispatch.teacherId }),
  decide: (input, { dispatch, trainingClass }) =>
    objectToDispatch(input, { state: dispatch.state, classState: trainingClass.state }),
  record: (_outcome, { dispatch }, unit, input) => {
    const objected = { state: 'objected', objection: input.reason, objectedAt: unit.now } as const;
    const { _id, state, teacherId, classId, schoolId, ownerRegionCode } = dispatch;
    unit.update(dispatches, { _id, state }, { $set: objected });
    const figures = { teacherId, classId, dispatchId: _id };
    for (const to of [{ schoolId }, { regionCode: ownerRegionCode }]) {
      unit.notify({ notice: notices.DISPATCH_OBJECTED, to, subject: _id, figures });
    }
    return { ...dispatch, ...objected };
  },
  stream: ofClass,
});

type Decide = WithReason & { readonly upheld: boolean };
type Substitute = { readonly dispatch: DispatchRow; readonly candidacy: Candidacy };
type DecideFacts = Known & {
  readonly standing: Standing | null;
  readonly substitute: Substitute | null;
};

export const decideDispatchObjectionCommand = defineCommand<Decide, DecideFacts, null, DispatchRow>(
  {
    name: 'decideDispatchObjection',
    input: withReason.extend({ upheld: z.boolean() }),
    gather: async ({ dispatchId }, unit, books) => {
      const known = await readDispatch(dispatchId, unit);
      if (!('dispatch' in known)) return known;
      const { classId } = known.dispatch;
      const active = await unit.find(dispatches, { classId, active: true });
      const next = active.find(
        (each) => each.replacesId === dispatchId && each.state === 'nominated',
      );
      const candidacy = next && (await readCandidacy(next, unit, books));
      const standing = await standingOf(known.dispatch, unit, books);
      const substitute =
        next && candidacy && 'seats' in candidacy ? { dispatch: next, candidacy } : null;
      return { ...known, standing, substitute };
    },
    scope: ofOwner,
    decide: (input, { dispatch, substitute, standing }, { now }) => {
      const faults =
        substitute &&
        placeFaults({ ...substitute.candidacy, seats: seatsWithout(substitute, standing) }, now);
      return decideDispatchObjection(input, { state: dispatch.state, substituteFaults: faults });
    },
    record: (_outcome, { dispatch, standing, substitute }, unit, input) => {
      const { _id: subject, teacherId, classId, state } = dispatch;
      const to = { teacherId };
      const figures = { classId, reason: input.reason };
      if (!input.upheld) {
        const dismissed = {
          state: 'confirmed',
          answer: input.reason,
          decidedAt: unit.now,
        } as const;
        unit.update(dispatches, { _id: subject, state }, { $set: dismissed });
        unit.notify({ notice: notices.OBJECTION_DISMISSED, to, subject, figures });
        if (substitute) {
          end(substitute.dispatch, { state: 'withdrawn', answer: input.reason }, unit);
        }
        return { ...dispatch, ...dismissed };
      }
      unit.notify({ notice: notices.OBJECTION_UPHELD, to, subject, figures });
      release(standing, { reason: input.reason, promotes: substitute === null }, unit);
      if (substitute) {
        const place = { ...substitute.candidacy, seats: seatsWithout(substitute, standing) };
        takeDispatchedPlace(substitute.dispatch, place, unit);
      }
      return end(dispatch, { state: 'released', answer: input.reason }, unit);
    },
    stream: ofClass,
  },
);

export const withdrawDispatchCommand = defineCommand<
  WithReason,
  Known & { readonly standing: Standing | null },
  null,
  DispatchRow
>({
  name: 'withdrawDispatch',
  input: withReason,
  gather: async ({ dispatchId }, unit, books) => {
    const known = await readDispatch(dispatchId, unit);
    if (!('dispatch' in known)) return known;
    return { ...known, standing: await standingOf(known.dispatch, unit, books) };
  },
  scope: ({ dispatch }) => ({
    regionCode: dispatch.ownerRegionCode,
    schoolId: dispatch.schoolId,
  }),
  decide: (input, { dispatch, trainingClass }, { caller }) =>
    withdrawDispatch(input, {
      state: dispatch.state,
      classState: trainingClass.state,
      byBureau: may(caller, bureaus, { regionCode: dispatch.ownerRegionCode }),
    }),
  record: (_outcome, { dispatch, standing }, unit, input) => {
    const { _id: subject, teacherId, classId, state } = dispatch;
    if (state !== 'nominated') {
      const figures = { classId, reason: input.reason };
      unit.notify({ notice: notices.DISPATCH_WITHDRAWN, to: { teacherId }, subject, figures });
    }
    release(standing, { reason: input.reason, promotes: true }, unit);
    return end(dispatch, { state: 'withdrawn', answer: input.reason }, unit);
  },
  stream: ofClass,
});

async function standingOf(
  { enrollmentId }: DispatchRow,
  unit: Unit,
  { policies }: { readonly policies: Parameters<typeof readStanding>[2] },
): Promise<Standing | null> {
  if (enrollmentId === null) return null;
  const standing = await readStanding(enrollmentId, unit, policies, civilDateOf(unit.now));
  return 'enrollment' in standing && standing.enrollment.active ? standing : null;
}

/** The seats as the substitute finds them once the other's place is free. */
function seatsWithout({ candidacy }: Substitute, standing: Standing | null) {
  return standing ? freePlace(candidacy.seats, standing.enrollment) : candidacy.seats;
}

function release(
  standing: Standing | null,
  { reason: why, promotes }: { readonly reason: string; readonly promotes: boolean },
  unit: Unit,
): void {
  if (standing === null) return;
  const passesOn = promotes && standing.trainingClass.state === 'open';
  const ending = { state: 'withdrawn', reason: why, free: false, freesPlace: true } as const;
  endEnrollment(standing, { ...ending, promotes: passesOn }, unit);
}

function end(
  dispatch: DispatchRow,
  { state, answer }: { readonly state: DispatchRow['state']; readonly answer: string },
  unit: Unit,
): DispatchRow {
  const ended = { state, answer, decidedAt: unit.now, active: false };
  unit.update(dispatches, { _id: dispatch._id, state: dispatch.state }, { $set: ended });
  return { ...dispatch, ...ended };
}
