import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { as, city, county, RealRegistry } from './real-registry.example.ts';

let registry: RealRegistry;
beforeAll(async () => {
  registry = await RealRegistry.open(process.env.MONGODB_URI);
});
afterAll(async () => {
  await registry.close();
});

const trail = `auditTrail(first: 1) { edges { node {
  sequence at previousHash hash commands { command actor policyVersion } } } pageInfo { hasNextPage endCursor } }`;

test('GOV-02: the trail of a school is its chain, for its bureaus and the auditors above', async () => {
  const input = { code: '2114000001', name: '坞城街道第一小学', kind: 'PRIMARY', rural: false };
  const { school } = await registry.command(
    county,
    'registerSchool',
    { ...input, regionCode: '140105001' },
    'school { id }',
  );
  const renamed = { schoolId: school.id, name: '坞城小学', effectiveOn: '2026-09-01' };
  const { refusals } = await registry.command(county, 'renameSchool', renamed, 'school { id }');
  expect(refusals).toEqual([]);
  for (const caller of [as('Auditor', { regionCode: '140100' }), county, city]) {
    const first = await registry.ask(caller, `{ school(id: "${school.id}") { ${trail} } }`);
    expect(first.errors).toBeUndefined();
    const { edges, pageInfo } = first.data.school.auditTrail;
    expect(edges[0].node).toMatchObject({
      sequence: 1,
      previousHash: '0'.repeat(64),
      commands: [{ command: 'registerSchool', actor: county.subject }],
    });
    const rest = trail.replace('first: 1', `first: 1, after: "${pageInfo.endCursor}"`);
    const second = await registry.ask(caller, `{ school(id: "${school.id}") { ${rest} } }`);
    expect(second.data.school.auditTrail).toMatchObject({
      edges: [{ node: { sequence: 2, previousHash: edges[0].node.hash } }],
      pageInfo: { hasNextPage: false },
    });
  }
});

test('GOV-02: nobody else reads a trail, and neither does an auditor or bureau of elsewhere', async () => {
  const input = { code: '2114000002', name: '坞城街道第二小学', kind: 'PRIMARY', rural: false };
  const { school } = await registry.command(
    county,
    'registerSchool',
    { ...input, regionCode: '140105001' },
    'school { id }',
  );
  const others = [
    null,
    as('SchoolAdmin', { schoolId: school.id }),
    as('Auditor', { regionCode: '140106' }),
    as('CountyAdmin', { regionCode: '140106' }),
  ];
  for (const caller of others) {
    const { errors } = await registry.ask(caller, `{ school(id: "${school.id}") { ${trail} } }`);
    expect(errors).toHaveLength(1);
  }
});
