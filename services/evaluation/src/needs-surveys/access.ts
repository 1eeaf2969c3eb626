import { allFields, bureaus, by, everyone, type Row, type Scope, signedIn } from '@shixun/runtime';
import { needsSurveyScope } from './commands.ts';
import type { NeedsSurveyRow } from './store.ts';

/** Those who asked, and those above them. */
const askers: Row = [
  ...bureaus,
  by('SchoolAdmin', 'school'),
  by('InstitutionAdmin', 'institution'),
];
const readers: Row = [...askers, by('QualityMonitor', 'region')];

/** What reaches the analysis is guarded at `response`, `frame` and `results`. [PLN-01] */
const reached = { fields: allFields(signedIn) };

export const needsSurveyAccess = {
  types: {
    NeedsSurvey: {
      scope: (row: NeedsSurveyRow): Scope => needsSurveyScope(row),
      fields: {
        id: everyone,
        title: everyone,
        ownerKind: everyone,
        region: everyone,
        schoolId: everyone,
        institutionId: everyone,
        questionnaire: everyone,
        audience: everyone,
        samplePercent: everyone,
        seed: everyone,
        state: everyone,
        opensOn: everyone,
        closesOn: everyone,
        ballotKey: everyone,
        strata: everyone,
        frame: readers,
        response: readers,
        results: readers,
      },
    },
    NeedsAudience: { fields: allFields(everyone) },
    NeedsStratum: { fields: allFields(everyone) },
    NeedsFrameEntry: reached,
    NeedsFrameConnection: reached,
    NeedsFrameEdge: reached,
    NeedsOptionFigure: reached,
    NeedsCell: reached,
    NeedsText: reached,
    NeedsTextConnection: reached,
    NeedsTextEdge: reached,
    NeedsQuestionResult: reached,
    NeedsResponse: reached,
    NeedsSurveyConnection: { fields: allFields(everyone) },
    NeedsSurveyEdge: { fields: allFields(everyone) },
    NeedsSurveyPayload: reached,
  },
  Query: { needsSurvey: everyone, needsSurveys: everyone, myNeedsSurveys: signedIn },
  Mutation: {
    openNeedsSurvey: askers,
    closeNeedsSurvey: askers,
    issueNeedsBallot: by('Teacher', 'own'),
    submitNeedsAnswers: everyone,
  },
};
