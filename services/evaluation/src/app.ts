import { auditTrails, defineService } from '@shixun/runtime';
import { access } from './access.ts';
import { assessmentResolvers } from './assessments/resolvers.ts';
import { assessments } from './assessments/store.ts';
import { ballotResolvers } from './ballots/resolvers.ts';
import { requireBallotSecret } from './ballots/secret.ts';
import { answerEnvelopes, ballotReceipts } from './ballots/store.ts';
import { escalateFindingsChore } from './findings/commands-escalate.ts';
import { findingHandlers } from './findings/events.ts';
import { findingResolvers } from './findings/resolvers.ts';
import { findingOccurrences, findingSteps, findings } from './findings/store.ts';
import { gradeResolvers } from './grades/resolvers.ts';
import { grades } from './grades/store.ts';
import { conductNeedsSurveysChore } from './needs-surveys/commands-conduct.ts';
import { needsSurveyResolvers } from './needs-surveys/resolvers.ts';
import { needsFrame, needsSurveys, needsTallies, needsTexts } from './needs-surveys/store.ts';
import { classes } from './projections/classes.ts';
import { monitorRecordedHandler, monitors } from './projections/monitors.ts';
import { projectRecordedHandler, projects } from './projections/projects.ts';
import { institutions, placeHandlers, schools, teachers } from './projections/teachers.ts';
import { traineeHandlers, trainees } from './projections/trainees.ts';
import { seedQuestionnaire } from './questionnaires/commands-seed.ts';
import { questionnaireResolvers } from './questionnaires/resolvers.ts';
import { questionnaires } from './questionnaires/store.ts';
import { spotCheckResolvers } from './spot-checks/resolvers.ts';
import { spotCheckDraws, spotCheckLots } from './spot-checks/store.ts';
import { classRecordedHandler } from './surveys/events.ts';
import { surveyResolvers } from './surveys/resolvers.ts';
import { surveys } from './surveys/store.ts';

/** The province that the platform serves: Shanxi. The default questionnaire is its own. */
const provinceCode = '140000';

/** Questionnaires, anonymous surveys, assessments, grades and everybody's findings. */
export const service = defineService({
  name: 'evaluation',
  directory: import.meta.dirname,
  resolvers: [
    auditTrails('Finding'),
    questionnaireResolvers,
    surveyResolvers,
    ballotResolvers,
    assessmentResolvers,
    gradeResolvers,
    findingResolvers,
    spotCheckResolvers,
    needsSurveyResolvers,
  ],
  access,
  collections: [
    questionnaires,
    surveys,
    ballotReceipts,
    answerEnvelopes,
    assessments,
    grades,
    findings,
    findingSteps,
    findingOccurrences,
    spotCheckDraws,
    spotCheckLots,
    monitors,
    projects,
    classes,
    trainees,
    needsSurveys,
    needsFrame,
    needsTallies,
    needsTexts,
    teachers,
    schools,
    institutions,
  ],
  handlers: [
    projectRecordedHandler,
    monitorRecordedHandler,
    classRecordedHandler,
    ...traineeHandlers,
    ...placeHandlers,
    ...findingHandlers,
  ],
  chores: [escalateFindingsChore, conductNeedsSurveysChore],
  prepare: async (room) => {
    requireBallotSecret(room.personalDataKey);
    await seedQuestionnaire(room, provinceCode);
  },
});
