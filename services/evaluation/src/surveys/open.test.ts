import { describe, expect, test } from '@jest/globals';
import type { Decision } from '@shixun/kernel';
import { type ClassFacts, extendSurvey, type OpeningFacts, openSurvey } from './open.ts';

const ended: ClassFacts = { id: 'cls_1', standing: 'ended' };
const ahead: ClassFacts = { id: 'cls_2', standing: 'ahead' };
const cancelled: ClassFacts = { id: 'cls_3', standing: 'cancelled' };
const facts: OpeningFacts = {
  regionCode: '140105',
  classes: [ended, ahead, cancelled],
  questionnaireId: 'qst_1',
  exists: false,
  figures: { surveyOpenDaysMin: 14 },
};
const today = '2026-10-01';

function faultsOf(decision: Decision<unknown>): string[] {
  return decision.accepted ? [] : decision.faults.map(({ code }) => code.name);
}

describe('EVL-01: the survey of a project', () => {
  test('opens for the classes that have ended, for 14 days with today', () => {
    expect(openSurvey(null, facts, today)).toMatchObject({
      accepted: true,
      outcome: {
        classIds: ['cls_1'],
        questionnaireId: 'qst_1',
        opensOn: today,
        closesOn: '2026-10-14',
      },
    });
  });

  test('may stay open longer, not a day shorter', () => {
    expect(openSurvey('2026-10-31', facts, today)).toMatchObject({ accepted: true });
    expect(openSurvey('2026-10-14', facts, today)).toMatchObject({ accepted: true });
    expect(faultsOf(openSurvey('2026-10-13', facts, today))).toEqual(['LAST_DAY_TOO_EARLY']);
  });

  test('a project has one survey, and none before a class has ended', () => {
    expect(faultsOf(openSurvey(null, { ...facts, exists: true }, today))).toEqual([
      'SURVEY_EXISTS',
    ]);
    expect(faultsOf(openSurvey(null, { ...facts, classes: [ahead, cancelled] }, today))).toEqual([
      'NO_CLASS_ENDED',
    ]);
  });

  test('EVL-13: without a published questionnaire there is nothing to ask', () => {
    expect(faultsOf(openSurvey(null, { ...facts, questionnaireId: null }, today))).toEqual([
      'NO_QUESTIONNAIRE',
    ]);
  });

  test('another class that ends joins, with as many days of its own', () => {
    const survey = { classIds: ['cls_1'], closesOn: '2026-10-14' };
    expect(extendSurvey(survey, 'cls_2', { ...facts, today: '2026-10-05' })).toEqual({
      classIds: ['cls_1', 'cls_2'],
      closesOn: '2026-10-18',
    });
  });

  test('a class that joins twice, or ends early, changes no last day to an earlier one', () => {
    const survey = { classIds: ['cls_1'], closesOn: '2026-12-31' };
    expect(extendSurvey(survey, 'cls_1', { ...facts, today })).toEqual(survey);
  });
});
