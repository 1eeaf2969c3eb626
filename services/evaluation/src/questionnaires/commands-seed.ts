import { runUnit, type ServiceRoom } from '@shixun/runtime';
import { recordQuestionnaire } from './commands.ts';
import { defaultNeedsQuestionnaire } from './default-needs.ts';
import { defaultQuestionnaire } from './default-questionnaire.ts';
import { publishQuestionnaire } from './publish.ts';
import { questionnaires } from './store.ts';

/** The lines that a province begins with; once they are there, only the province succeeds them. */
const beginnings = [
  { line: 'default', content: { purpose: 'evaluation' as const, ...defaultQuestionnaire } },
  { line: 'needs', content: defaultNeedsQuestionnaire },
];

/**
 * Publishes the default questionnaires as the province's own, through the same decision and audit as any other.
 * At every start, so a second time changes nothing, and neither do two replicas at once.
 */
export async function seedQuestionnaire(
  room: Pick<ServiceRoom, 'db' | 'run'>,
  regionCode: string,
): Promise<void> {
  for (const beginning of beginnings) await seedOne(room, regionCode, beginning);
}

async function seedOne(
  { db, run }: Pick<ServiceRoom, 'db' | 'run'>,
  regionCode: string,
  { line, content }: (typeof beginnings)[number],
): Promise<void> {
  const id = `qst_${line}_${regionCode}`;
  await runUnit(
    db,
    async (unit) => {
      if ((await unit.findById(questionnaires, id)) !== null) return;
      const decision = publishQuestionnaire({ regionCode, ...content }, null);
      if (!decision.accepted) throw new Error('the default questionnaire breaks its own rules');
      const { purpose, zh, en } = content;
      const { version } = recordQuestionnaire(unit, id, {
        ...decision.outcome,
        regionCode,
        purpose,
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
