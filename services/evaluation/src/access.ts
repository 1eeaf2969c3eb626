/** Who may do what in this service: a row for every field and command. [REG-01] */
import {
  allFields,
  auditReaders,
  type By,
  bureaus,
  by,
  defineAccess,
  everyone,
  mergeAccess,
  type Scope,
  signedIn,
} from '@shixun/runtime';
import { assessors } from './assessments/access.ts';
import { findingOverseers, findingReaders } from './findings/readers.ts';
import type { FindingRow } from './findings/store.ts';
import { needsSurveyAccess } from './needs-surveys/access.ts';
import type { ProjectRow } from './projections/projects.ts';
import type { SurveyRow } from './surveys/store.ts';

/** Those who answer for a project's quality, in the region that owns it. */
const overseers: readonly By[] = [
  ...bureaus,
  by('QualityMonitor', 'region'),
  by('Auditor', 'region'),
  by('ThirdPartyEvaluator', 'region'),
];
/** They, and whoever carried the project out: everybody sees the own part. [EVL-09] */
const surveyReaders: readonly By[] = [...overseers, by('InstitutionAdmin', 'institution')];

/** Reached only through a field that is guarded itself. */
const reached = { fields: allFields(signedIn) };
/** Published: questionnaires, surveys' keys and dates, grades, draws. [EVL-08] */
const published = { fields: allFields(everyone) };

const surveyScope = ({ regionCode, institutionId }: SurveyRow): Scope => ({
  regionCode,
  institutionId,
});

const capabilities = defineAccess({
  types: {
    Questionnaire: published,
    Question: published,
    ChoiceOption: published,
    QuestionnaireConnection: published,
    QuestionnaireEdge: published,
    PublishQuestionnairePayload: reached,
    Survey: {
      scope: surveyScope,
      fields: {
        id: everyone,
        project: everyone,
        questionnaire: everyone,
        state: everyone,
        opensOn: everyone,
        closesOn: everyone,
        ballotKey: everyone,
        boxDigest: everyone,
        coverage: surveyReaders,
        results: surveyReaders,
      },
    },
    SurveyResults: { scope: surveyScope, fields: allFields(surveyReaders) },
    SurveyCoverage: reached,
    QuestionResult: reached,
    OpenSurvey: reached,
    OpenSurveyPayload: reached,
    CloseSurveyPayload: reached,
    IssuedBallot: reached,
    IssueBallotPayload: reached,
    AnswersSubmitted: published,
    SubmitAnswersPayload: published,
    Assessment: reached,
    RecordAssessmentPayload: reached,
    Grade: published,
    GradeComponent: published,
    GradeConnection: published,
    GradeEdge: published,
    PublishGradePayload: reached,
    Finding: {
      scope: ({ regionCode, schoolId, institutionId }: FindingRow): Scope => ({
        regionCode,
        schoolId,
        institutionId,
      }),
      fields: {
        id: findingReaders,
        rule: findingReaders,
        region: findingReaders,
        responsible: findingReaders,
        assignee: findingReaders,
        subject: findingReaders,
        service: findingReaders,
        figures: findingReaders,
        raisedAt: findingReaders,
        lastRaisedAt: findingReaders,
        occurrences: findingReaders,
        state: findingReaders,
        dueOn: findingReaders,
        overdue: findingReaders,
        body: findingReaders,
        nextActions: findingReaders,
        history: findingReaders,
        reason: findingReaders,
        closedAt: findingReaders,
        auditTrail: auditReaders,
      },
    },
    FindingFigure: reached,
    FindingStep: reached,
    ConcernedBody: reached,
    FindingCounts: reached,
    FindingCountsByState: reached,
    RegionFindingCounts: reached,
    FindingWaiver: published,
    FindingWaiverConnection: published,
    FindingWaiverEdge: published,
    FindingConnection: reached,
    FindingEdge: reached,
    AssignFindingPayload: reached,
    OrderRectificationPayload: reached,
    AnswerRectificationPayload: reached,
    ReinspectFindingPayload: reached,
    ResolveFindingPayload: reached,
    WaiveFindingPayload: reached,
    SpotCheckDraw: published,
    SpotCheckLot: published,
    SpotCheckLotConnection: published,
    SpotCheckLotEdge: published,
    SpotCheckDrawConnection: published,
    SpotCheckDrawEdge: published,
    DrawSpotChecksPayload: reached,
    Project: {
      // A project whose event hasn't come belongs nowhere yet, so only its public fields are shown.
      scope: ({ ownerRegionCode }: Partial<ProjectRow>): Scope => ({ regionCode: ownerRegionCode }),
      fields: { id: everyone, survey: everyone, grade: everyone, assessments: overseers },
    },
    Institution: published,
    Region: published,
    Teacher: {
      scope: ({ id }: { id: string }): Scope => ({ personId: id }),
      fields: { id: signedIn, openSurveys: by('Teacher', 'own') },
    },
  },
  Query: {
    questionnaire: everyone,
    questionnaires: everyone,
    survey: everyone,
    surveyResults: surveyReaders,
    grade: everyone,
    findings: findingReaders,
    finding: findingReaders,
    findingCounts: findingOverseers,
    findingWaivers: everyone,
    spotCheckDraws: everyone,
  },
  Mutation: {
    publishQuestionnaire: [
      ...bureaus,
      by('SchoolAdmin', 'school'),
      by('InstitutionAdmin', 'institution'),
    ],
    openSurvey: [...bureaus, by('InstitutionAdmin', 'institution')],
    closeSurvey: [...bureaus, by('QualityMonitor', 'region')],
    issueBallot: by('Teacher', 'own'),
    submitAnswers: everyone,
    recordAssessment: [...assessors.agency, ...assessors.inspection],
    publishGrade: bureaus,
    drawSpotChecks: [...bureaus, by('QualityMonitor', 'region')],
    assignFinding: bureaus,
    orderRectification: bureaus,
    answerRectification: [
      by('SchoolAdmin', 'school'),
      by('InstitutionAdmin', 'institution'),
      ...bureaus,
    ],
    reinspectFinding: bureaus,
    resolveFinding: bureaus,
    waiveFinding: bureaus,
  },
});

export const access = mergeAccess(capabilities, needsSurveyAccess);
