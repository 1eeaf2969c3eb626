import { isWithin } from '@shixun/kernel';
import {
  connection,
  type GraphContext,
  may,
  mutation,
  type ResolverTable,
  within,
} from '@shixun/runtime';
import { concerned } from '../projects/access.ts';
import type { TrainingClassRow } from '../projects/store.ts';
import {
  appointWorkshopHostCommand,
  evaluateWorkshopHostCommand,
  replaceWorkshopHostCommand,
  rewardWorkshopHostCommand,
} from './commands-hosts.ts';
import {
  proposeGroupsCommand,
  proposeSubstitutesCommand,
  recordSubstituteCommand,
  setGroupsCommand,
  setSubstitutesCommand,
} from './commands-people.ts';
import {
  assessPlacementCommand,
  placeTraineeCommand,
  setPlacementCapacityCommand,
  writePlacementDiaryCommand,
} from './commands-placements.ts';
import { recordVisitCommand } from './commands-visits.ts';
import { groupFaults, type TraineeGroup } from './groups.ts';
import { groupFactsOf, releasedOf } from './readers.ts';
import { visitCells } from './readers-visits.ts';
import { explained, mayLook, readerOf, roomOf } from './resolvers.ts';
import {
  type PlacementHostRow,
  type PlacementRow,
  placements,
  type SubstituteRow,
  substitutes,
  type VisitRow,
  type WorkshopHostRow,
  workshopHosts,
} from './store-people.ts';
import { type Match, unmatched } from './substitutes.ts';
import type { VisitCell } from './visits.ts';

type Page = { readonly first?: number; readonly after?: string };

async function peopleOf(row: TrainingClassRow, context: GraphContext) {
  if (!(await mayLook(context, row))) return null;
  const room = await roomOf(context, row._id);
  if (room === null) return null;
  const { people, template } = room;
  const groups = people?.groups ?? [];
  const matches = people?.matches ?? [];
  const asked = template.grouping !== null;
  const released = template.stages.some((stage) =>
    [...stage.opensWith, ...stage.completesWith].includes('substitutes'),
  );
  return {
    groups,
    groupFaults: asked ? explained(groupFaults(groups, groupFactsOf(room)), room) : [],
    matches,
    unmatched: released ? unmatched(releasedOf(room), matches).map((id) => ({ id })) : [],
    left: (people?.leftIds ?? []).map((id) => ({ id })),
  };
}

async function matrix(
  { countyCode, year }: { readonly countyCode: string; readonly year: number },
  context: GraphContext,
) {
  if (!may(context.caller, concerned, { regionCode: countyCode })) return [];
  const { figures } = context.policies.effective(countyCode, `${year}-12-31`);
  return visitCells(readerOf(context), { countyCode, year }, figures);
}

function mayReadPool(context: GraphContext, regionCode: string): boolean {
  const grants = context.caller?.grants ?? [];
  return grants.some(
    (grant) =>
      grant.role === 'InstitutionAdmin' ||
      (grant.regionCode !== undefined && isWithin(regionCode, grant.regionCode)),
  );
}

const ofTeacher = ({ teacherId }: { readonly teacherId: string }) => ({ id: teacherId });

export const modalityPeopleResolvers: ResolverTable = {
  Query: {
    visitMatrix: (_parent, asked: { countyCode: string; year: number }, context) =>
      matrix(asked, context),
    substitutes: (
      _parent,
      { regionCode, first, after }: Page & { regionCode: string },
      context,
    ) => {
      const filter = mayReadPool(context, regionCode) ? { regionCode: within(regionCode) } : null;
      return connection(context.db.model(substitutes), {
        filter,
        sort: [
          ['regionCode', 1],
          ['_id', 1],
        ],
        first,
        after,
      });
    },
  },
  Mutation: {
    proposeGroups: mutation(proposeGroupsCommand, 'trainingClass'),
    setGroups: mutation(setGroupsCommand, 'trainingClass'),
    recordSubstitute: mutation(recordSubstituteCommand, 'substitute'),
    proposeSubstitutes: mutation(proposeSubstitutesCommand, 'trainingClass'),
    setSubstitutes: mutation(setSubstitutesCommand, 'trainingClass'),
    recordVisit: mutation(recordVisitCommand, 'visit'),
    appointWorkshopHost: mutation(appointWorkshopHostCommand, 'host'),
    evaluateWorkshopHost: mutation(evaluateWorkshopHostCommand, 'host'),
    rewardWorkshopHost: mutation(rewardWorkshopHostCommand, 'host'),
    replaceWorkshopHost: mutation(replaceWorkshopHostCommand, 'host'),
    setPlacementCapacity: mutation(setPlacementCapacityCommand, 'host'),
    placeTrainee: mutation(placeTraineeCommand, 'placement'),
    writePlacementDiary: mutation(writePlacementDiaryCommand, 'placement'),
    assessPlacement: mutation(assessPlacementCommand, 'placement'),
  },
  TrainingClass: {
    people: (row: TrainingClassRow, _arguments, context) => peopleOf(row, context),
    placements: async (row: TrainingClassRow, { first, after }: Page, context) => {
      if (!(await mayLook(context, row))) return null;
      const filter = { classId: row._id };
      const model = context.db.model(placements);
      return connection(model, { filter, sort: [['_id', 1]], first, after });
    },
    workshopHosts: async (row: TrainingClassRow, _arguments, context) =>
      (await mayLook(context, row)) ? context.loadMany(workshopHosts, 'classId', row._id) : null,
  },
  TraineeGroup: {
    members: ({ memberIds }: TraineeGroup) => memberIds.map((id) => ({ id })),
    leader: ({ leaderId }: TraineeGroup) => (leaderId === null ? null : { id: leaderId }),
    mentors: ({ mentorIds }: TraineeGroup) => mentorIds.map((id) => ({ id })),
  },
  SubstituteMatch: { trainee: (match: Match) => ofTeacher(match) },
  Substitute: {
    id: (row: SubstituteRow) => row._id,
    region: ({ regionCode }: SubstituteRow) => ({ code: regionCode }),
    booked: ({ bookings }: SubstituteRow) => bookings.length > 0,
  },
  Visit: {
    id: (row: VisitRow) => row._id,
    township: ({ townshipCode }: VisitRow) => ({ code: townshipCode }),
  },
  VisitCell: {
    township: ({ townshipCode }: VisitCell) => ({ code: townshipCode }),
    tooFew: (cell: VisitCell) => cell.visits < cell.required,
  },
  WorkshopHost: { id: (row: WorkshopHostRow) => row._id, teacher: ofTeacher },
  PlacementHost: { id: (row: PlacementHostRow) => row._id },
  Placement: {
    id: (row: PlacementRow) => row._id,
    trainee: ofTeacher,
    mentor: ({ mentorId }: PlacementRow) => ({ id: mentorId }),
  },
};
