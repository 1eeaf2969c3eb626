/** Counting a needs survey, some envelopes at a time, and telling what was counted. [PLN-01] */
import { createHash } from 'node:crypto';
import { evaluation } from '@shixun/contracts';
import { civilDateOf, percentText, yearOf } from '@shixun/kernel';
import type { ServiceRoom, Unit } from '@shixun/runtime';
import { answerEnvelopes, ballotReceipts } from '../ballots/store.ts';
import type { Question } from '../questionnaires/questionnaire.ts';
import { questionnaires } from '../questionnaires/store.ts';
import { type Cell, cellsOf, type Dimension, topNeeds, withheldGroups } from './analysis.ts';
import { notices } from './notices.ts';
import { openSheet } from './sealing-sheets.ts';
import {
  type NeedsResult,
  type NeedsSurveyRow,
  needsSurveys,
  needsTallies,
  needsTexts,
  type TallyRow,
  tallyId,
} from './store.ts';

const envelopesPerPass = 200;
/** The first so many places of each question are told. */
const needsToldMax = 3;

type Room = Pick<ServiceRoom, 'db' | 'policies' | 'personalDataKey'>;

/** Adds the next envelopes to the sums and destroys them; when none is left, closes the survey. */
export async function countPass(unit: Unit, survey: NeedsSurveyRow, room: Room): Promise<void> {
  const { _id: surveyId } = survey;
  const questionnaire = await unit.findById(questionnaires, survey.questionnaireId);
  const questions = questionnaire?.questions ?? [];
  const envelopes = await unit.find(answerEnvelopes, { surveyId }, { limit: envelopesPerPass });
  if (envelopes.length === 0) return conclude(unit, survey, { questions, room });
  const opened = envelopes.map(({ _id, sealed }) => ({
    _id,
    sheet: openSheet(room.personalDataKey, { surveyId, id: _id }, sealed),
  }));
  const sheets = opened.flatMap(({ sheet }) => (sheet === null ? [] : [sheet]));
  const regionCode = survey.regionCode;
  for (const cell of cellsOf(sheets, { regionCode, questions })) addCell(unit, surveyId, cell);
  for (const { _id, sheet } of opened) {
    unit.remove(answerEnvelopes, { _id });
    for (const { question, text } of sheet?.answers ?? []) {
      if (text === null) continue;
      const id = createHash('sha256').update(`${_id}\n${question}`).digest('base64url');
      unit.insert(needsTexts, { _id: id, surveyId, question, text });
    }
  }
  const spoiled = opened.length - sheets.length;
  unit.update(
    needsSurveys,
    { _id: surveyId, state: 'counting', spoiledCount: survey.spoiledCount },
    { $set: { spoiledCount: survey.spoiledCount + spoiled } },
  );
}

function addCell(unit: Unit, surveyId: string, cell: Cell): void {
  const { dimension, value, question, answersCount } = cell;
  const more = (name: 'counts' | 'borda') =>
    Object.entries(cell[name]).map(([option, count]) => [`${name}.${option}`, count]);
  const increments = Object.fromEntries([...more('counts'), ...more('borda')]);
  unit.upsert(
    needsTallies,
    { _id: tallyId(surveyId, cell) },
    {
      $set: { surveyId, dimension, value, question },
      $inc: { answersCount, ...increments },
    },
  );
}

type Counted = { readonly questions: readonly Question[]; readonly room: Room };

async function conclude(unit: Unit, survey: NeedsSurveyRow, { questions, room }: Counted) {
  const { _id: surveyId, title } = survey;
  const today = civilDateOf(unit.now);
  const policy = room.policies.effective(survey.regionCode, today);
  const cells = await unit.find(needsTallies, { surveyId, dimension: { $in: told } });
  // Nobody gets a ballot any more, so a count outside of the unit is as good as one within.
  const ballotsCount = await room.db.model(ballotReceipts).collection.countDocuments({ surveyId });
  const result: NeedsResult = {
    answersCount: peopleIn(cells),
    ballotsCount,
    spoiledCount: survey.spoiledCount,
    answersMin: policy.figures.anonymousAnswersMin,
    policyVersion: policy.versionId,
    closedAt: unit.now,
  };
  unit.update(
    needsSurveys,
    { _id: surveyId, state: 'counting' },
    { $set: { state: 'closed', result } },
  );
  unit.audit({
    stream: surveyId,
    actor: 'service:evaluation',
    command: 'countNeedsSurvey',
    facts: { answersCount: result.answersCount, ballotsCount },
    policyVersion: policy.versionId,
  });
  const invitedCount = invitedIn(survey);
  const { ownerKind, regionCode, schoolId, institutionId, audience } = survey;
  const needs = trusted(result) ? needsTold(cells, questions, result.answersMin) : [];
  const responsePercent = percentText(result.answersCount, invitedCount);
  unit.emit(evaluation.needsSurveyClosed, surveyId, {
    surveyId,
    title,
    year: yearOf(today),
    ownerKind,
    ownerRegionCode: regionCode,
    schoolId,
    institutionId,
    // Stages and career stages were checked against the schema's enums at the opening.
    audience: audience as never,
    populationCount: survey.strata.reduce((sum, each) => sum + each.populationCount, 0),
    invitedCount,
    answersCount: result.answersCount,
    responsePercent,
    topNeeds: needs as never,
    closedOn: today,
    policyVersion: policy.versionId,
  });
  const figures = { title, answersCount: result.answersCount, response: responsePercent };
  const to =
    schoolId !== null ? { schoolId } : institutionId !== null ? { institutionId } : { regionCode };
  unit.notify({ notice: notices.NEEDS_SURVEY_CLOSED, to, subject: surveyId, figures });
}

const told: readonly Dimension[] = ['all', 'stage', 'subject'];

export function invitedIn({ strata }: Pick<NeedsSurveyRow, 'strata'>): number {
  return strata.reduce((sum, { invitedCount }) => sum + invitedCount, 0);
}

/** More answers than ballots were forged: then no figure is shown at all. */
export function trusted({ answersCount, ballotsCount }: NeedsResult): boolean {
  return answersCount <= ballotsCount;
}

function peopleIn(cells: readonly TallyRow[]): number {
  const all = cells.find(({ dimension, question }) => dimension === 'all' && question === '');
  return all?.answersCount ?? 0;
}

/** What may be told: of each question about needs, of every group that is large enough. */
function needsTold(cells: readonly TallyRow[], questions: readonly Question[], min: number) {
  const asking = questions.filter(({ about, options }) => about === 'needs' && options.length > 0);
  return asking.flatMap((question) =>
    told.flatMap((dimension) => {
      const group = cells.filter(
        (cell) => cell.question === question.code && cell.dimension === dimension,
      );
      const withheld = withheldGroups(group, min);
      return group
        .filter(({ value }) => !withheld.has(value))
        .flatMap((cell) =>
          topNeeds(question, cell, needsToldMax).map((need) => ({
            stage: dimension === 'stage' ? cell.value : null,
            subject: dimension === 'subject' ? cell.value : null,
            answersCount: cell.answersCount,
            ...need,
          })),
        );
    }),
  );
}
