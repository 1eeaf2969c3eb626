/** Reads what a teacher has studied and what surveys asked for. [CRS-43, CRS-45] */
import { civilDateOf, regionPath, yearOf } from '@shixun/kernel';
import type { GraphContext } from '@shixun/runtime';
import { completions } from '../completion/store.ts';
import { needsSurveys } from '../projections/needs-surveys.ts';
import { teachers } from '../projections/teachers.ts';
import { type Gaps, gapsOf, type Need } from './gaps.ts';

/** The gaps of one teacher by the completions that stand, under every id of the person. */
export async function readStudied(
  teacher: { readonly _id: string; readonly regionCode: string },
  context: GraphContext,
): Promise<Gaps> {
  const today = civilDateOf(context.now);
  const ids = [...context.persons.idsOf(teacher._id)];
  const rows = await Promise.all(ids.map((id) => context.loadMany(completions, 'teacherId', id)));
  const standing = rows.flat().filter(({ state }) => state === 'confirmed');
  const { figures } = context.policies.effective(teacher.regionCode, today);
  return gapsOf({
    sector: (await context.loadOne(teachers, teacher._id))?.sector ?? 'basic',
    year: yearOf(today),
    studied: standing.map(({ completedOn, decidedOn, hoursCenti, hoursByCategory }) => ({
      year: yearOf(completedOn ?? decidedOn),
      hoursCenti,
      hoursByCategory,
    })),
    figures,
  });
}

/** Surveys looked at of each region: those of this year and the last. */
const surveysMax = 20;

/** What the surveys of a teacher's regions found most needed, this year and last. [PLN-01] */
export async function readNeeds(regionCode: string, context: GraphContext): Promise<Need[]> {
  const year = yearOf(civilDateOf(context.now));
  const rows = await context.db
    .model(needsSurveys)
    .find({
      ownerRegionCode: { $in: [...regionPath(regionCode)] },
      year: { $in: [year, year - 1] },
    })
    .sort({ ownerRegionCode: 1, year: 1, _id: 1 })
    .limit(surveysMax)
    .lean();
  return rows.flatMap(({ topNeeds }) => topNeeds);
}
