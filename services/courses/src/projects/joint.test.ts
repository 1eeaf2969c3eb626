import { describe, expect, test } from '@jest/globals';
import type { Decision } from '@shixun/kernel';
import {
  type AnsweredSurvey,
  askSchools,
  confirmProject,
  type JointFacts,
  type JointProject,
  jointFaults,
  type SchoolAnswer,
} from './joint.ts';
import { exampleDraft } from './project.example.ts';

const all = { regionCodes: ['140105'], schoolIds: [], stages: [], subjects: [], careerStages: [] };
const survey: AnsweredSurvey = {
  year: 2026,
  ownerRegionCode: '140105',
  schoolId: null,
  audience: all,
};
const facts: JointFacts = {
  survey,
  schools: ['confirmed'],
  figures: {
    needsSurveyAgeYearsMax: 1,
    schoolConfirmationShareMin: { numerator: 2, denominator: 3 },
  },
};
const check = (change: Partial<JointFacts>, project: Partial<JointProject> = {}) =>
  jointFaults({ ...exampleDraft, ...project }, { ...facts, ...change }).map(
    ({ code }) => code.name,
  );
const surveyed = (change: Partial<AnsweredSurvey>, project: Partial<JointProject> = {}) =>
  check({ survey: { ...survey, ...change } }, project);
const audience = (change: object) => ({ audience: { ...all, ...change } });
const asked = (...schools: SchoolAnswer[]) => check({ schools });

describe('PLN-02: a project is submitted with the survey it answers', () => {
  test('PLN-02: with a closed survey that asked its audience nothing speaks against it', () => {
    expect(check({})).toEqual([]);
  });
  test('PLN-02: without one it is refused, and with one that is not closed', () => {
    expect(check({ survey: undefined })).toEqual(['PROJECT_SURVEY_MISSING']);
    expect(check({ survey: null })).toEqual(['PROJECT_SURVEY_NOT_CLOSED']);
  });
  test('PLN-02: a national project needs none, and no school', () => {
    expect(check({ survey: undefined, schools: [] }, { level: 'national' })).toEqual([]);
  });
  test('PLN-02: of this year or the last, neither older nor of the future', () => {
    expect(surveyed({ year: 2025 })).toEqual([]);
    for (const year of [2024, 2027]) {
      expect(surveyed({ year })).toEqual(['PROJECT_SURVEY_OTHER_YEAR']);
    }
  });
  test('PLN-02: of the owner’s chain, not of a neighbour', () => {
    const province = { ownerRegionCode: '140000', ...audience({ regionCodes: ['140000'] }) };
    expect(surveyed(province)).toEqual([]);
    expect(surveyed({ ownerRegionCode: '140106' })).toEqual(['PROJECT_SURVEY_ELSEWHERE']);
  });
  test('PLN-02: it asked the audience: stage, subject, career stage, region', () => {
    const good = { stages: ['junior'], subjects: ['chinese', 'art'], careerStages: ['backbone'] };
    expect(surveyed(audience(good))).toEqual([]);
    for (const change of [
      { stages: ['primary'] },
      { subjects: ['art'] },
      { careerStages: ['new'] },
      { regionCodes: ['140105100'] },
      { schoolIds: ['sch_1'] },
    ]) {
      expect(surveyed(audience({ ...good, ...change }))).toEqual(['PROJECT_SURVEY_NOT_COVERING']);
    }
  });
  test('PLN-02: a project for everybody needs a survey that asked everybody', () => {
    const everybody = { audience: { ...exampleDraft.audience, subjects: [] } };
    expect(surveyed({}, everybody)).toEqual([]);
    expect(surveyed(audience({ subjects: ['chinese'] }), everybody)).toEqual([
      'PROJECT_SURVEY_NOT_COVERING',
    ]);
  });
  test('PLN-02: a school’s survey carries its own project and nobody else’s', () => {
    const own = { schoolId: 'sch_1', ...audience({ schoolIds: ['sch_1'] }) };
    const project = { level: 'school', schoolId: 'sch_1' } as const;
    expect(surveyed(own, project)).toEqual([]);
    expect(surveyed(own, { ...project, schoolId: 'sch_2' })).toEqual(['PROJECT_SURVEY_ELSEWHERE']);
    expect(surveyed(own)).toEqual(['PROJECT_SURVEY_ELSEWHERE']);
  });
});

describe('PLN-02: in basic education the schools concerned have confirmed', () => {
  test('PLN-02: two of three are enough, three of five are not', () => {
    expect(asked('confirmed', 'confirmed', 'declined')).toEqual([]);
    expect(asked('confirmed', 'confirmed', 'confirmed', 'declined', 'asked')).toEqual([
      'PROJECT_SCHOOLS_NOT_CONFIRMED',
    ]);
    expect(asked('asked')).toEqual(['PROJECT_SCHOOLS_NOT_CONFIRMED']);
  });
  test('PLN-02: nobody asked is refused; vocational and school-based projects ask nobody', () => {
    expect(asked()).toEqual(['PROJECT_SCHOOLS_NOT_ASKED']);
    expect(check({ schools: [] }, { sector: 'vocational' })).toEqual([]);
    expect(check({ schools: [] }, { level: 'school' })).toEqual([]);
  });
});

const faultsOf = (decision: Decision<unknown>) =>
  decision.accepted ? [] : decision.faults.map(({ code }) => code.name);

describe('PLN-02: schools are asked and answer', () => {
  const asking = {
    state: 'draft',
    ownerRegionCode: '140105',
    audience: { regionCodes: [] },
    actsForOwner: true,
    schools: [{ regionCode: '140105' }, { regionCode: '140105' }],
    askedAlready: ['a'],
  } as const;
  test('PLN-02: those not asked yet, within the audience', () => {
    expect(askSchools(['a', 'b'], asking)).toMatchObject({ outcome: { schoolIds: ['b'] } });
    const elsewhere = { ...asking, schools: [{ regionCode: '140106' }, undefined] };
    expect(faultsOf(askSchools(['a', 'b'], elsewhere))).toEqual([
      'PROJECT_SCHOOL_ELSEWHERE',
      'PROJECT_SCHOOL_ELSEWHERE',
    ]);
  });
  test('PLN-02: by the owner, while it is a draft', () => {
    expect(
      faultsOf(askSchools(['b'], { ...asking, actsForOwner: false, state: 'submitted' })),
    ).toEqual(['PROJECT_STEP_NOT_NEXT', 'PROJECT_STEP_OF_OTHERS']);
  });
  test('PLN-02: a school declines with a reason, and confirms without', () => {
    const draft = { state: 'draft' } as const;
    expect(confirmProject({ confirmed: true, reason: null }, draft).accepted).toBe(true);
    expect(faultsOf(confirmProject({ confirmed: false, reason: ' ' }, draft))).toEqual([
      'PROJECT_REASON_MISSING',
    ]);
    const late = confirmProject({ confirmed: true, reason: null }, { state: 'submitted' });
    expect(faultsOf(late)).toEqual(['PROJECT_STEP_NOT_NEXT']);
  });
});
