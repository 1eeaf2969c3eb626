/**
 * What a needs survey does by itself, in passes of bounded size: lists its frame, invites, ends on its last day,
 * counts, and tells the result. Each pass is one unit, guarded by what it found. [PLN-01]
 */
import { createHash } from 'node:crypto';
import { civilDateOf, isWithin, regionPrefix } from '@shixun/kernel';
import { type Chore, runUnit, type ServiceRoom, type Unit } from '@shixun/runtime';
import { type TeacherRow, teachers } from '../projections/teachers.ts';
import { beginCounting, gatherClosing } from './commands.ts';
import { notices } from './notices.ts';
import { closeNeedsSurvey } from './open.ts';
import { countPass } from './queries-counting.ts';
import {
  frameId,
  type NeedsSurveyRow,
  needsFrame,
  needsSurveys,
  type StratumRow,
} from './store.ts';
import { belongsToFrame, invitedOf, stratumOf } from './survey.ts';

const pageSize = 500;
/** How many passes one run makes at most; the next run goes on. */
const passesMax = 400;

export const conductNeedsSurveysChore: Chore = {
  name: 'conduct-needs-surveys',
  everyMs: 1_000,
  run: async (room) => {
    for (let pass = 0; pass < passesMax; pass += 1) {
      if (!(await onePass(room))) return;
    }
  },
};

/** Takes one survey one step on; false when nothing is to do. */
async function onePass(room: ServiceRoom): Promise<boolean> {
  const { db, run } = room;
  return runUnit(
    db,
    async (unit) => {
      const [drawing] = await unit.find(needsSurveys, { state: 'drawing' }, oldest);
      if (drawing) {
        if (drawing.listed !== null) await listPass(unit, drawing, drawing.listed);
        else await invitePass(unit, drawing);
        return true;
      }
      const [counting] = await unit.find(needsSurveys, { state: 'counting' }, oldest);
      if (counting) {
        await countPass(unit, counting, room);
        return true;
      }
      return endOne(unit, room);
    },
    run,
  );
}

const oldest = { sort: { _id: 1 }, limit: 1 } as const;

type Listed = NonNullable<NeedsSurveyRow['listed']>;

/** Puts the next teachers of the audience's places into the frame, each with the lot that will decide. */
async function listPass(unit: Unit, survey: NeedsSurveyRow, listed: Listed): Promise<void> {
  const { _id: surveyId, audience, seed } = survey;
  const found = await nextTeachers(unit, survey, listed);
  const framed = found.filter((teacher) => belongsToFrame(teacher, audience));
  for (const teacher of framed) {
    unit.insert(needsFrame, {
      _id: frameId(surveyId, teacher._id),
      surveyId,
      teacherId: teacher._id,
      stratum: stratumOf(teacher),
      lot: createHash('sha256').update(`${seed}\n${teacher._id}`).digest('hex'),
      invited: false,
    });
  }
  const counted = Map.groupBy(framed, stratumOf);
  const names = new Set([...survey.strata.map(({ stratum }) => stratum), ...counted.keys()]);
  const strata = [...names].toSorted().map((stratum) => ({
    stratum,
    populationCount: populationOf(survey.strata, stratum) + (counted.get(stratum)?.length ?? 0),
    invitedCount: 0,
  }));
  const guard = {
    _id: surveyId,
    state: 'drawing',
    'listed.place': listed.place,
    'listed.id': listed.id,
  };
  unit.update(needsSurveys, guard, { $set: { strata, listed: after(survey, listed, found) } });
}

const populationOf = (strata: readonly StratumRow[], name: string) =>
  strata.find(({ stratum }) => stratum === name)?.populationCount ?? 0;

/** Where the next pass goes on; null when every place is listed. */
function after(
  { audience: { schoolIds, regionCodes } }: NeedsSurveyRow,
  { place }: Listed,
  found: readonly TeacherRow[],
): Listed | null {
  const last = found.at(-1);
  if (last !== undefined && found.length === pageSize) {
    return { place, at: last.regionCode, id: last._id };
  }
  const places = schoolIds.length > 0 ? schoolIds : regionCodes;
  return place + 1 < places.length ? { place: place + 1, at: '', id: '' } : null;
}

async function nextTeachers(
  unit: Unit,
  { audience: { schoolIds, regionCodes } }: NeedsSurveyRow,
  { place, at, id }: Listed,
): Promise<TeacherRow[]> {
  if (schoolIds.length > 0) {
    const filter = { schoolId: schoolIds[place] ?? '', _id: { $gt: id } };
    return unit.find(teachers, filter, { sort: { _id: 1 }, limit: pageSize });
  }
  const prefix = regionPrefix(regionCodes[place] ?? '');
  const from = isWithin(at, regionCodes[place] ?? '') ? at : prefix;
  const filter = {
    regionCode: { $gte: from, $lt: `${prefix}:` },
    $or: [{ regionCode: { $gt: from } }, { regionCode: from, _id: { $gt: id } }],
  };
  return unit.find(teachers, filter, { sort: { regionCode: 1, _id: 1 }, limit: pageSize });
}

/** Invites the next teachers on whom the lot fell: the smallest lots of a stratum that still lacks some. */
async function invitePass(unit: Unit, survey: NeedsSurveyRow): Promise<void> {
  const { _id: surveyId, strata, samplePercent, title, closesOn } = survey;
  const lacking = strata.find(
    ({ populationCount, invitedCount }) => invitedCount < invitedOf(populationCount, samplePercent),
  );
  if (lacking === undefined) {
    unit.update(needsSurveys, { _id: surveyId, state: 'drawing' }, { $set: { state: 'open' } });
    return;
  }
  const { stratum, populationCount, invitedCount } = lacking;
  const limit = Math.min(pageSize, invitedOf(populationCount, samplePercent) - invitedCount);
  const last = await lastInvited(unit, surveyId, lacking);
  const drawn = await unit.find(
    needsFrame,
    { surveyId, stratum, lot: { $gt: last } },
    { sort: { lot: 1 }, limit },
  );
  for (const { _id, teacherId } of drawn) {
    unit.update(needsFrame, { _id, invited: false }, { $set: { invited: true } });
    unit.notify({
      notice: notices.NEEDS_SURVEY_INVITED,
      to: { teacherId },
      subject: surveyId,
      figures: { title, closesOn },
    });
  }
  const moved = strata.map((each) =>
    each.stratum === stratum ? { ...each, invitedCount: invitedCount + drawn.length } : each,
  );
  unit.update(needsSurveys, { _id: surveyId, state: 'drawing' }, { $set: { strata: moved } });
}

async function lastInvited(
  unit: Unit,
  surveyId: string,
  { stratum, invitedCount }: StratumRow,
): Promise<string> {
  if (invitedCount === 0) return '';
  const filter = { surveyId, stratum, invited: true };
  const [row] = await unit.find(needsFrame, filter, { sort: { lot: -1 }, limit: 1 });
  return row?.lot ?? '';
}

/** Ends one survey whose last day is over. */
async function endOne(unit: Unit, room: ServiceRoom): Promise<boolean> {
  const today = civilDateOf(unit.now);
  const filter = { state: 'open', closesOn: { $lt: today } };
  const [due] = await unit.find(needsSurveys, filter, oldest);
  if (!due) return false;
  const facts = await gatherClosing({ surveyId: due._id }, unit, room);
  if (facts === null) return false;
  const decision = closeNeedsSurvey(facts.closing, today);
  if (!decision.accepted) return false;
  beginCounting(unit, due._id, decision.outcome.closesOn);
  unit.audit({
    stream: due._id,
    actor: 'clock',
    command: 'closeNeedsSurvey',
    facts: { surveyId: due._id },
    policyVersion: facts.policy.versionId,
  });
  return true;
}
