import { courses } from '@shixun/contracts';
import { civilDateOf } from '@shixun/kernel';
import { type EventHandler, type HandlerContext, on, type Unit } from '@shixun/runtime';
import { generateBallotKey } from '../ballots/signing.ts';
import {
  type ClassRow,
  classes,
  classFacts,
  hasEnded,
  keepNewestClasses,
} from '../projections/classes.ts';
import { projects } from '../projections/projects.ts';
import { questionnaireFor } from '../questionnaires/store.ts';
import { extendSurvey, openSurvey } from './open.ts';
import { recordSurvey, type SurveyRow, surveys } from './store.ts';

/**
 * Keeps the projection of classes; the first class of a project that ends opens the project's survey, each later one
 * joins it. [EVL-01]
 */
export const classRecordedHandler: EventHandler = on(
  courses.classRecorded,
  async (events, unit, context) => {
    const rows = events.map(({ data, envelope }) => ({
      _id: data.classId,
      sequence: Number(envelope.sequence),
      projectId: data.projectId,
      state: data.state,
    }));
    const heard = await keepNewestClasses(rows, unit);
    const byProject = Map.groupBy(heard, ({ projectId }) => projectId);
    for (const [projectId, changed] of byProject) {
      const ended = changed.filter(hasEnded);
      if (ended.length > 0) await askTrainees(projectId, changed, { unit, ...context });
    }
  },
);

type Room = HandlerContext & { readonly unit: Unit };

async function askTrainees(
  projectId: string,
  changed: readonly ClassRow[],
  room: Room,
): Promise<void> {
  const survey = await room.unit.findOne(surveys, { projectId });
  if (survey === null) return openFor(projectId, changed, room);
  if (survey.state !== 'open') return;
  const opening = openingOf(survey.regionCode, room);
  const extended = changed
    .filter((row) => hasEnded(row) && !survey.classIds.includes(row._id))
    .reduce((sofar, { _id }) => extendSurvey(sofar, _id, opening), extendable(survey));
  if (extended.classIds.length === survey.classIds.length) return;
  room.unit.update(surveys, { _id: survey._id, state: 'open' }, { $set: extended });
}

const extendable = ({ classIds, closesOn }: SurveyRow) => ({ classIds, closesOn });

/** Today, and the figures in force there today. */
function openingOf(regionCode: string, { unit, policies }: Room) {
  const today = civilDateOf(unit.now);
  return { today, ...policies.effective(regionCode, today) };
}

async function openFor(projectId: string, changed: readonly ClassRow[], room: Room): Promise<void> {
  const { unit, personalDataKey } = room;
  const project = await unit.findById(projects, projectId);
  if (project === null) {
    // The project's event travels on another topic and may come a moment later; the delivery is tried again.
    throw new Error(`the project ${projectId} of a class that ended is not known yet`);
  }
  const known = await unit.find(classes, { projectId });
  const current = new Map([...known, ...changed].map((row) => [row._id, row]));
  const questionnaire = await questionnaireFor(unit, project.ownerRegionCode);
  if (questionnaire === null) {
    // Nobody is there to refuse: the bureau hears that its trainees can't be asked yet.
    unit.openFinding({
      rule: 'EVL-13',
      regionCode: project.ownerRegionCode,
      subject: projectId,
      figures: { required: 1, actual: 0 },
    });
    return;
  }
  const { today, figures, versionId } = openingOf(project.ownerRegionCode, room);
  const facts = {
    regionCode: project.ownerRegionCode,
    classes: [...current.values()].map(classFacts),
    questionnaireId: questionnaire._id,
    exists: false,
    figures,
  };
  const decision = openSurvey(null, facts, today);
  if (!decision.accepted) return;
  const key = { ...(await generateBallotKey()), secret: personalDataKey };
  const row = recordSurvey(unit, project, decision.outcome, key);
  unit.audit({
    stream: row._id,
    actor: 'service:evaluation',
    command: 'openSurvey',
    facts: { projectId, classIds: row.classIds, closesOn: row.closesOn },
    policyVersion: versionId,
  });
}
