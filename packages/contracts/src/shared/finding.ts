import { z } from 'zod';
import { defineEvent, type EventContract, type Owner, owners } from '../define-event.ts';
import { ids, regionCode, sample } from './fields.ts';

/** What every service tells when a FLAG rule was broken by a command that went through all the same. */
const findingRaisedData = z.strictObject({
  findingId: ids.finding,
  rule: z
    .string()
    .regex(/^[A-Z]{3}-\d{2}$/)
    .describe('Number of the broken rule, e.g. PLN-06'),
  regionCode: regionCode.describe('Region whose bureau is responsible 责任教育行政部门'),
  subject: z
    .string()
    .min(1)
    .max(100)
    .describe('Id of what the finding is about: a project, an institution, a region'),
  figures: z
    .record(z.string(), z.union([z.string(), z.number()]))
    .describe('The figures that decided, by name; required and actual where the rule compares'),
});

export type FindingRaised = z.infer<typeof findingRaisedData>;

const contractOf = (owner: Owner): EventContract<FindingRaised> =>
  defineEvent<FindingRaised>({
    type: `${owner}.finding.raised.v1`,
    topic: `${owner}.finding`,
    compacted: false,
    subject: 'subject',
    description: {
      zh: '发现问题：某项规则未达到，但操作仍予执行；由所属教育行政部门整改，或说明理由后豁免。',
      en: 'A finding: a rule was not met by something that went through all the same; the responsible bureau puts it right or waives it with a reason.',
    },
    data: findingRaisedData,
    example: {
      findingId: sample.finding,
      rule: 'PLN-06',
      regionCode: '140105',
      subject: sample.project,
      figures: { required: 0, actual: 1 },
    },
  });

const contracts = new Map<string, EventContract<FindingRaised>>(
  owners.map((owner) => [owner, contractOf(owner)]),
);

/** The finding event of one service; throws for a name that is no service's. Evaluation hears all four. */
export function findingRaised(service: string): EventContract<FindingRaised> {
  const contract = contracts.get(service);
  if (contract === undefined) throw new Error(`${service} is no service that tells events`);
  return contract;
}
