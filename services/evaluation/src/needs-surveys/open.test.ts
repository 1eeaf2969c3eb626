import { describe, expect, test } from '@jest/globals';
import type { Decision } from '@shixun/kernel';
import { type Answer, answerFaults } from '../ballots/answers.ts';
import { defaultNeedsQuestionnaire } from '../questionnaires/default-needs.ts';
import { issueNeedsBallot, submitNeedsAnswers } from './answer.ts';
import { closeNeedsSurvey, type NeedsOpeningFacts, openNeedsSurvey } from './open.ts';
import { belongsToFrame, invitedOf } from './survey.ts';

const audience = { regionCodes: [], schoolIds: [], stages: [], subjects: [], careerStages: [] };
const bureau = {
  kind: 'bureau',
  regionCode: '140105',
  schoolId: null,
  institutionId: null,
} as const;
const facts: NeedsOpeningFacts = {
  owner: bureau,
  questionnaire: {
    purpose: 'needs',
    regionCode: '140000',
    schoolId: null,
    institutionId: null,
    succeededBy: null,
  },
  schoolRegions: [],
  figures: { needsSurveyOpenDaysMin: 7 },
};
const command = { closesOn: null, samplePercent: 100, audience };
const faultsOf = (decision: Decision<unknown>) =>
  decision.accepted ? [] : decision.faults.map(({ code }) => code.name);
const open = (
  change: Partial<typeof command> & object = {},
  other: Partial<NeedsOpeningFacts> = {},
) => openNeedsSurvey({ ...command, ...change }, { ...facts, ...other }, '2026-03-01');

describe('PLN-01: a needs survey is opened', () => {
  test('PLN-01: for seven days at least', () => {
    expect(open({ closesOn: '2026-03-07' as never }).accepted).toBe(true);
    expect(faultsOf(open({ closesOn: '2026-03-06' as never }))).toEqual(['NEEDS_WINDOW_TOO_SHORT']);
  });
  test('PLN-01: a sample is 1 to 100 percent', () => {
    for (const samplePercent of [1, 100]) expect(open({ samplePercent }).accepted).toBe(true);
    for (const samplePercent of [0, 101]) {
      expect(faultsOf(open({ samplePercent }))).toEqual(['NEEDS_SHARE_OUT_OF_RANGE']);
    }
  });
  test('PLN-01: with a needs questionnaire of a bureau above, not of a neighbour, not for evaluation', () => {
    const other = (change: object) => ({ questionnaire: { ...facts.questionnaire, ...change } });
    expect(open({}, other({ regionCode: '140105' })).accepted).toBe(true);
    for (const change of [{ regionCode: '140106' }, { purpose: 'evaluation' }, { schoolId: 's' }]) {
      expect(faultsOf(open({}, other(change)))).toEqual(['NEEDS_QUESTIONNAIRE_UNFIT']);
    }
    expect(faultsOf(open({}, other({ succeededBy: 'qst_2' })))).toEqual([
      'NEEDS_QUESTIONNAIRE_SUCCEEDED',
    ]);
  });
  test('REG-01, PLN-01: nobody asks teachers of another region', () => {
    const regions = (...regionCodes: string[]) => ({ audience: { ...audience, regionCodes } });
    expect(open(regions('140105100') as never).accepted).toBe(true);
    expect(faultsOf(open(regions('140105', '140106') as never))).toEqual([
      'NEEDS_AUDIENCE_ELSEWHERE',
    ]);
    const schools = { audience: { ...audience, schoolIds: ['sch_1'] } } as never;
    expect(open(schools, { schoolRegions: ['140105001'] }).accepted).toBe(true);
    expect(faultsOf(open(schools, { schoolRegions: ['140106'] }))).toEqual([
      'NEEDS_AUDIENCE_ELSEWHERE',
    ]);
    expect(faultsOf(open(schools, { schoolRegions: [undefined] }))).toHaveLength(1);
  });
  test.each([
    ['140000', 'higher', true],
    ['140000', 'vocational', true],
    ['140100', 'vocational', true],
    ['140100', 'higher', false],
    ['140105', 'senior', true],
    ['140105', 'vocational', false],
    ['140105', 'higher', false],
  ] as const)(
    'REG-02: the bureau of %s asks teachers of stage %s: %s',
    (regionCode, stage, may) => {
      const owner = { ...bureau, regionCode };
      const stages = [stage] as never;
      expect(faultsOf(open({ audience: { ...audience, stages } }, { owner }))).toEqual(
        may ? [] : ['NEEDS_SECTOR_WITHOUT_LEVEL'],
      );
    },
  );
  test('PLN-01: a school asks its own teachers, whatever it names', () => {
    const owner = { ...bureau, kind: 'school', schoolId: 'sch_1' } as const;
    expect(open({}, { owner })).toMatchObject({
      outcome: { audience: { regionCodes: ['140105'], schoolIds: ['sch_1'] } },
    });
  });
});

describe('PLN-01: a needs survey ends', () => {
  const close = (today: string, state: 'open' | 'counting' = 'open') =>
    closeNeedsSurvey(
      { state, opensOn: '2026-03-01', closesOn: '2026-03-20', figures: facts.figures },
      today,
    );
  test('PLN-01: not before its seven days are over', () => {
    expect(faultsOf(close('2026-03-07'))).toEqual(['NEEDS_CLOSING_TOO_EARLY']);
    expect(close('2026-03-08').accepted).toBe(true);
  });
  test('PLN-01: once', () => {
    expect(faultsOf(close('2026-03-30', 'counting'))).toEqual(['NEEDS_SURVEY_NOT_OPEN']);
  });
});

test('PLN-01: a fifth of a stratum is rounded up, so that no stratum is left out', () => {
  expect([0, 1, 5, 6].map((count) => invitedOf(count, 20))).toEqual([0, 1, 1, 2]);
  expect(invitedOf(7, 100)).toBe(7);
});

test('PLN-01: the frame holds active teachers of the audience', () => {
  const teacher = { status: 'active', stage: 'primary', subjects: ['art'], careerStage: 'new' };
  const asked = { ...audience, stages: ['primary'], subjects: ['art', 'music'] };
  expect(belongsToFrame(teacher, asked)).toBe(true);
  expect(belongsToFrame({ ...teacher, status: 'retired' }, asked)).toBe(false);
  expect(belongsToFrame({ ...teacher, subjects: ['pe'] }, asked)).toBe(false);
  expect(belongsToFrame({ ...teacher, stage: 'junior' }, asked)).toBe(false);
});

const { questions } = defaultNeedsQuestionnaire;
const answer = (question: string, change: Partial<Answer>): Answer => ({
  question,
  points: null,
  option: null,
  text: null,
  ...change,
});
const all = ['concentrated', 'blended', 'online', 'school_based', 'shadow'];
const good = [
  answer('topics', { options: ['ethics'] }),
  answer('modalities', { options: all }),
  answer('satisfaction', { points: 5 }),
];

describe('PLN-01: what an answer may be', () => {
  const wrong = (change: Answer) =>
    answerFaults(
      good.map((each) => (each.question === change.question ? change : each)),
      questions,
    ).map(({ code, figures }) => [code.name, figures['question']]);
  test('PLN-01: good answers have no fault', () => {
    expect(answerFaults(good, questions)).toEqual([]);
  });
  test('PLN-01: three choices at most, none twice, none unknown, one at least', () => {
    const topics = (...options: string[]) => wrong(answer('topics', { options }));
    expect(topics('ethics', 'digital_teaching', 'class_management')).toEqual([]);
    const named = [['ANSWER_OUT_OF_RANGE', 'topics']];
    expect(topics('ethics', 'digital_teaching', 'class_management', 'teaching_research')).toEqual(
      named,
    );
    expect(topics('ethics', 'ethics')).toEqual(named);
    expect(topics('nothing')).toEqual(named);
    expect(topics()).toEqual(named);
  });
  test('PLN-01: a rank places every option once', () => {
    const rank = (options: string[]) => wrong(answer('modalities', { options }));
    expect(rank(all.toReversed())).toEqual([]);
    expect(rank(all.slice(1))).toEqual([['ANSWER_OUT_OF_RANGE', 'modalities']]);
    expect(rank([...all.slice(1), 'blended'])).toEqual([['ANSWER_OUT_OF_RANGE', 'modalities']]);
  });
});

const survey = { state: 'open', closesOn: '2026-03-07', audience } as const;
const asked = {
  ...survey,
  audience: { ...audience, regionCodes: ['140105'], stages: ['primary'] },
};
const respondent = { regionCode: '140105', stage: 'primary', subject: 'art', careerStage: 'new' };

describe('PLN-01: one answer per person who is asked', () => {
  const ballot = {
    survey,
    invited: true,
    issuedFor: null,
    blindedMessage: 'x',
    blindedMessageBytes: 256,
  };
  const issue = (change: object, today = '2026-03-07') =>
    issueNeedsBallot({ ...ballot, ...change }, today);
  test('PLN-01: through the last day, to whom the lot fell, once', () => {
    expect(issue({}).accepted).toBe(true);
    expect(faultsOf(issue({}, '2026-03-08'))).toEqual(['NEEDS_SURVEY_OVER']);
    expect(faultsOf(issue({ invited: false }))).toEqual(['NOT_INVITED']);
    expect(issue({ issuedFor: 'x' })).toMatchObject({ outcome: { first: false } });
    expect(faultsOf(issue({ issuedFor: 'y' }))).toEqual(['NEEDS_BALLOT_ISSUED']);
    expect(faultsOf(issue({ blindedMessage: null }))).toEqual(['NEEDS_BLINDED_MESSAGE_INVALID']);
  });
  const submit = (change: object, who = respondent) =>
    submitNeedsAnswers(
      { answers: good, respondent: who },
      { survey: asked, questions, genuine: true, spentOn: 'nothing', ...change },
      '2026-03-07',
    );
  test('PLN-01: an unspent genuine ballot; the same answers again change nothing', () => {
    expect(submit({})).toMatchObject({ outcome: { fresh: true } });
    expect(submit({ spentOn: 'the same answers' })).toMatchObject({ outcome: { fresh: false } });
    expect(faultsOf(submit({ spentOn: 'other answers' }))).toEqual(['NEEDS_BALLOT_SPENT']);
    expect(faultsOf(submit({ genuine: false }))).toEqual(['NEEDS_BALLOT_INVALID']);
  });
  test('PLN-01: whoever answers says what somebody of the audience could say', () => {
    for (const change of [
      { stage: 'junior' },
      { regionCode: '140106' },
      { regionCode: '140000' },
    ]) {
      expect(faultsOf(submit({}, { ...respondent, ...change }))).toEqual([
        'RESPONDENT_NOT_OF_AUDIENCE',
      ]);
    }
  });
});
