import { type Command, defineCommand, notFound, type Unit } from '@shixun/runtime';
import { z } from 'zod';
import { completions } from '../completion/store.ts';
import { chosen, id } from '../projects/input.ts';
import { projects } from '../projects/store.ts';
import { classScope } from './commands-people.ts';
import {
  appointHost,
  evaluateHost,
  type HostFacts,
  type HostState,
  type HostVerdict,
  replaceHost,
  rewardHost,
} from './hosts.ts';
import { gatherClass } from './readers.ts';
import { demonstrationWorkshop } from './shipped-rural.ts';
import { type WorkshopHostRow, workshopHosts } from './store-people.ts';

/** A teacher completes few workshops in a life. */
const completionsMax = 200;

/** True when a completion of a demonstration workshop stands. [CRS-32] */
async function demonstrated(unit: Unit, teacherId: string): Promise<boolean> {
  const own = await unit.find(
    completions,
    { teacherId, state: 'confirmed' },
    { limit: completionsMax },
  );
  const ids = [...new Set(own.map(({ projectId }) => projectId))];
  const found = await unit.findOne(projects, {
    _id: { $in: ids },
    templateCode: demonstrationWorkshop.code,
  });
  return found !== null;
}

async function hostFacts(
  unit: Unit,
  { modality }: { readonly modality: string },
  { standing, teacherId }: { standing: WorkshopHostRow | null; teacherId: string },
): Promise<HostFacts> {
  return { modality, standing, demonstrated: await demonstrated(unit, teacherId) };
}

type Kept = Pick<WorkshopHostRow, 'classId' | 'projectId' | 'regionCode' | 'teacherId' | 'turn'>;

function newHost(unit: Unit, kept: Kept, by: string): WorkshopHostRow {
  const row: WorkshopHostRow = {
    ...kept,
    _id: unit.newId('workshopHost'),
    state: 'appointed',
    verdict: null,
    steps: [{ state: 'appointed', at: unit.now, by, reason: null }],
    standing: true,
  };
  unit.insert(workshopHosts, row);
  return row;
}

export const appointWorkshopHostCommand: Command = defineCommand({
  name: 'appointWorkshopHost',
  input: z.strictObject({ classId: id, teacherId: id }),
  gather: async ({ classId, teacherId }, unit, context) => {
    const room = await gatherClass(classId, unit, context);
    if (!('trainingClass' in room)) return room;
    const asked = { standing: room.host, teacherId };
    return {
      room,
      by: context.caller?.subject ?? '',
      host: await hostFacts(unit, room.trainingClass, asked),
    };
  },
  scope: ({ room }) => classScope(room),
  decide: (input, { host }) => appointHost(input, host),
  record: ({ teacherId }, { room, by }, unit): WorkshopHostRow => {
    const { _id: classId, projectId, ownerRegionCode: regionCode } = room.trainingClass;
    return newHost(unit, { classId, projectId, regionCode, teacherId, turn: 1 }, by);
  },
  stream: ({ room }) => room.trainingClass._id,
});

type HostChange = { readonly state: HostState; readonly verdict?: HostVerdict };

function moveHost(
  unit: Unit,
  host: WorkshopHostRow,
  change: HostChange,
  { by, reason }: { readonly by: string; readonly reason: string },
): WorkshopHostRow {
  const standing = change.state !== 'replaced';
  const step = { state: change.state, at: unit.now, by, reason };
  unit.update(
    workshopHosts,
    { _id: host._id, state: host.state, standing: true },
    { $set: { ...change, standing }, $push: { steps: step } },
  );
  return { ...host, ...change, standing, steps: [...host.steps, step] };
}

const reason = z.string().trim().min(1).max(2000);

export const evaluateWorkshopHostCommand: Command = defineCommand({
  name: 'evaluateWorkshopHost',
  input: z.strictObject({ hostId: id, verdict: chosen<HostVerdict>(), reason }),
  gather: async ({ hostId }, unit, { caller }) => {
    const host = await unit.findById(workshopHosts, hostId);
    return host === null
      ? notFound('workshopHost', hostId, ['hostId'])
      : { host, by: caller?.subject ?? '' };
  },
  scope: ({ host }) => ({ regionCode: host.regionCode }),
  decide: (input, { host }) => evaluateHost(input, host),
  record: (change, { host, by }, unit, input) =>
    moveHost(unit, host, change, { by, reason: input.reason }),
  stream: ({ host }) => host.classId,
});

export const rewardWorkshopHostCommand: Command = defineCommand({
  name: 'rewardWorkshopHost',
  input: z.strictObject({ hostId: id, reason }),
  gather: async ({ hostId }, unit, { caller }) => {
    const host = await unit.findById(workshopHosts, hostId);
    return host === null
      ? notFound('workshopHost', hostId, ['hostId'])
      : { host, by: caller?.subject ?? '' };
  },
  scope: ({ host }) => ({ regionCode: host.regionCode }),
  decide: (_input, { host }) => rewardHost(host),
  record: (change, { host, by }, unit, input) =>
    moveHost(unit, host, change, { by, reason: input.reason }),
  stream: ({ host }) => host.classId,
});

export const replaceWorkshopHostCommand: Command = defineCommand({
  name: 'replaceWorkshopHost',
  input: z.strictObject({ hostId: id, teacherId: id, reason }),
  gather: async ({ hostId, teacherId }, unit, { caller }) => {
    const host = await unit.findById(workshopHosts, hostId);
    if (host === null) return notFound('workshopHost', hostId, ['hostId']);
    const facts = await hostFacts(unit, { modality: 'workshop' }, { standing: host, teacherId });
    return { host, facts, by: caller?.subject ?? '' };
  },
  scope: ({ host }) => ({ regionCode: host.regionCode }),
  decide: (input, { host, facts }) => replaceHost(input, host, facts),
  record: ({ teacherId }, { host, by }, unit, input): WorkshopHostRow => {
    moveHost(unit, host, { state: 'replaced' }, { by, reason: input.reason });
    const { classId, projectId, regionCode } = host;
    const turn = host.turn + 1;
    return newHost(unit, { classId, projectId, regionCode, teacherId, turn }, by);
  },
  stream: ({ host }) => host.classId,
});
