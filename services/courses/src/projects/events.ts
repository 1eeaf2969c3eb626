import { evaluation } from '@shixun/contracts';
import { type EventHandler, on } from '@shixun/runtime';
import { classesOf, keepAnswers, projectOf, recordStep } from './commands-record.ts';
import { evaluatedStep } from './transitions.ts';

/** A published grade ends the closing of a project: it is evaluated. [CRS-01, EVL-01] */
export const gradePublishedHandler: EventHandler = on(
  evaluation.gradePublished,
  async (events, unit) => {
    const last = new Map(events.map(({ data }) => [data.projectId, data]));
    for (const { projectId, answersCount } of last.values()) {
      const project = await projectOf(unit, projectId);
      if (project === null) continue;
      const facts = { project, classes: await classesOf(unit, projectId) };
      const step = evaluatedStep(project.state, unit.now);
      if (step === null) keepAnswers(unit, project, answersCount);
      else recordStep(unit, facts, step, { answersCount });
    }
  },
);
