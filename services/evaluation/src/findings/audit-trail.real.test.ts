import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { courses } from '@shixun/contracts';
import type { Caller } from '@shixun/runtime';
import { callers, RealEvaluation } from '../real-evaluation.example.ts';

let evaluation: RealEvaluation;
beforeAll(async () => {
  evaluation = await RealEvaluation.open(process.env.MONGODB_URI);
});
afterAll(() => evaluation.close());

const auditor: Caller = {
  subject: 'usr_auditor',
  grants: [{ role: 'Auditor', regionCode: '140100' }],
};

test('GOV-02: bureaus and auditors above read the trail of a finding; its quality monitor does not', async () => {
  const findingId = 'fnd_audited';
  const raised = { ...courses.findingRaised.example, findingId, regionCode: '140105' };
  await evaluation.deliver(courses.findingRaised, [raised]);
  const closing = { findingId, reason: '学校已确认' };
  await evaluation.mutate(callers.county, 'waiveFinding', closing, 'finding { state }');
  const source = `{ finding(id: "${findingId}") { auditTrail {
    edges { node { sequence commands { command actor } } } pageInfo { hasNextPage } } } }`;
  for (const caller of [auditor, callers.county]) {
    const { data, errors } = await evaluation.ask(caller, source);
    expect(errors).toEqual([]);
    const last = data.finding.auditTrail.edges.at(-1).node;
    expect(last.commands).toEqual([{ command: 'waiveFinding', actor: 'usr_county' }]);
  }
  const { errors } = await evaluation.ask(callers.monitor, source);
  expect(errors).not.toEqual([]);
});
