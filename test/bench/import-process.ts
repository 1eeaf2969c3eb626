/** The platform as it takes an import: registry and gateway in a process of their own, so that its memory is its own. */
import { join } from 'node:path';
import { buildGateway } from '@shixun/gateway';
import { projectRoot } from '@shixun/infra/local/cache-folder';
import { service } from '@shixun/registry';
import { recordRegion, recordSchool } from '@shixun/registry/bulk';
import {
  authenticator,
  createLogger,
  InProcessBus,
  runUnit,
  serviceConfig,
  startService,
} from '@shixun/runtime';

const { AUTH_ISSUER = '', AUTH_JWKS_URL = '', SCHOOLS = '1000' } = process.env;
const log = createLogger('bench', 'error');
const bus = new InProcessBus({ expected: ['registry'], log });
const config = serviceConfig(process.env, { database: 'registry', port: 0 });
const registry = await startService(service, config, { bus });
const schoolCodes = Array.from({ length: Number(SCHOOLS) }, (_, n) => `2114${100_000 + n}`);
await runUnit(
  registry.db,
  async (unit) => {
    // Started again on the same database, after a kill.
    if ((await registry.db.connection.collection('regions').countDocuments()) > 0) return;
    const regions = [
      ['140000', '山西省', 'province', null],
      ['140100', '太原市', 'city', '140000'],
      ['140105', '小店区', 'county', '140100'],
    ] as const;
    for (const [_id, name, level, parentCode] of regions) {
      recordRegion(unit, { _id, name, level, parentCode });
    }
    for (const code of schoolCodes) {
      recordSchool(unit, {
        _id: unit.newId('school'),
        code,
        name: `学校${code}`,
        kind: 'primary',
        sector: 'basic',
        regionCode: '140105',
        rural: false,
        centralSchoolId: null,
        registeredAt: unit.now,
      });
    }
  },
  registry.run,
);
const gateway = await buildGateway({
  production: false,
  supergraphPath: join(projectRoot, 'gateway', 'supergraph.graphql'),
  subgraphUrls: { registry: registry.url },
  authenticate: authenticator({
    issuer: AUTH_ISSUER,
    audience: 'shixun',
    jwksUrl: AUTH_JWKS_URL,
  }),
});
const url = await gateway.listen({ host: '127.0.0.1', port: 0 });
process.send?.({ url, schoolCodes });
process.on('message', async (word) => {
  if (word === 'used') {
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
    process.send?.({ peakKb: maxRSS, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6 });
  }
  if (word === 'stop') {
    await gateway.close();
    await registry.close();
    process.exit(0);
  }
});
