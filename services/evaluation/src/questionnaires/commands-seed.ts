import { runUnit, type ServiceRoom } from '@shixun/runtime';
import { recordQuestionnaire } from './commands.ts';
import { defaultQuestionnaire } from './default-questionnaire.ts';
import { publishQuestionnaire } from './publish.ts';
import { questionnaires } from './store.ts';

/** The line that a province begins with; once it is there, only the province succeeds it. */
const defaultQuestionnaireId = (regionCode: string) => `qst_default_${regionCode}`;

/**
 * Publishes the default questionnaire as the province's own, through the same decision and audit as any other.
 * At every start, so a second time changes nothing, and neither do two replicas at once.
 */
export async function seedQuestionnaire(
  { db, run }: Pick<ServiceRoom, 'db' | 'run'>,
  regionCode: string,
): Promise<void> {
  const id = defaultQuestionnaireId(regionCode);
  await runUnit(
    db,
    async (unit) => {
      if ((await unit.findById(questionnaires, id)) !== null) return;
      const decision = publishQuestionnaire({ regionCode, ...defaultQuestionnaire }, null);
      if (!decision.accepted) throw new Error('the default questionnaire breaks its own rules');
      const { zh, en } = defaultQuestionnaire;
      const { version } = recordQuestionnaire(unit, id, {
        ...decision.outcome,
        regionCode,
        zh,
        en,
      });
      unit.audit({
        stream: id,
        actor: 'service:evaluation',
        command: 'publishQuestionnaire',
        facts: { regionCode, questionnaireId: id, version },
        policyVersion: null,
      });
    },
    run,
  );
}
