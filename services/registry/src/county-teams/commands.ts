import { accept, civilDateOf, yearOf } from '@shixun/kernel';
import {
  type Chore,
  defineCommand,
  notFound,
  type PolicyBook,
  runUnit,
  type Unit,
} from '@shixun/runtime';
import { z } from 'zod';
import { trainers } from '../trainers/store.ts';
import { nameTeamMember } from './name-member.ts';
import { countyTeams, memberId, recount, teamMembers } from './store.ts';
import { subjectsBelow, teamStanding } from './team.ts';

export type CountyTeamAnswer = { readonly regionCode: string };

export const nameTeamMemberCommand = defineCommand({
  name: 'nameTeamMember',
  input: z.strictObject({
    regionCode: z.string().regex(/^\d{6}$/),
    trainerId: z.string().max(64),
  }),
  gather: async ({ regionCode, trainerId }, unit) => {
    const trainer = await unit.findById(trainers, trainerId);
    if (trainer === null) return notFound('trainer', trainerId, ['trainerId']);
    const member = await unit.findById(teamMembers, memberId(regionCode, trainerId));
    return { trainer, member: member !== null };
  },
  scope: (_facts, { regionCode }) => ({ regionCode }),
  decide: (input, facts) => nameTeamMember(input, facts),
  record: ({ regionCode }, { trainer }, unit): CountyTeamAnswer => {
    const after = { regionCode, subjects: trainer.subjects };
    unit.insert(teamMembers, {
      _id: memberId(regionCode, trainer._id),
      ...after,
      teacherId: null,
      trainerId: trainer._id,
      completionId: null,
      since: unit.now,
    });
    recount(unit, [{ before: null, after }], 'trainers');
    return { regionCode };
  },
  stream: (_facts, { regionCode }) => regionCode,
});

export const removeTeamMemberCommand = defineCommand({
  name: 'removeTeamMember',
  input: z.strictObject({
    memberId: z.string().max(80),
    reason: z.string().trim().min(1).max(500),
  }),
  gather: async ({ memberId: id }, unit) =>
    (await unit.findById(teamMembers, id)) ?? notFound('trainer', id, ['memberId']),
  scope: ({ regionCode }) => ({ regionCode }),
  decide: () => accept({}),
  record: (_outcome, member, unit): CountyTeamAnswer => {
    unit.remove(teamMembers, { _id: member._id });
    recount(unit, [{ before: member, after: null }], 'trainers');
    return { regionCode: member.regionCode };
  },
  stream: ({ regionCode }) => regionCode,
});

/** Looks at every county once a day; a county below the ratio gets one finding a year. [REG-13] */
export const checkCountyTeamsChore: Chore = {
  name: 'check-county-teams',
  everyMs: 300_000,
  run: async ({ db, run, policies }) => {
    while (await runUnit(db, (unit) => checkOneTeam(unit, policies), run));
  },
};

/** Looks at one county; answers whether there was one left today. */
export async function checkOneTeam(unit: Unit, policies: PolicyBook): Promise<boolean> {
  const today = civilDateOf(unit.now);
  const [team] = await unit.find(
    countyTeams,
    { checkedOn: { $lt: today } },
    { sort: { checkedOn: 1 }, limit: 1 },
  );
  if (team === undefined) return false;
  const { _id: regionCode, checkedOn, findingYear } = team;
  const min = policies.effective(regionCode, today).figures.trainersPerRuralTeacherMin;
  const { meets, trainers: have, ruralTeachers } = teamStanding(team, min);
  const below = subjectsBelow(team, min);
  const year = yearOf(today);
  const finding = (!meets || below.length > 0) && findingYear !== year;
  if (finding) {
    unit.openFinding({
      rule: 'REG-13',
      regionCode,
      subject: regionCode,
      figures: {
        required: `${min.numerator}:${min.denominator}`,
        actual: `${have}:${ruralTeachers}`,
        subjects: below.join(', ') || '—',
      },
    });
  }
  const changes = { checkedOn: today, ...(finding ? { findingYear: year } : {}) };
  unit.update(countyTeams, { _id: regionCode, checkedOn }, { $set: changes });
  return true;
}
