/** The gateway as a process: configuration → app → listen → graceful stop. */
import { setTimeout as sleep } from 'node:timers/promises';
import { authenticator, ConfigInvalid, createLogger, startTracing } from '@shixun/runtime';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { buildGateway, readPersistedDocuments } from './app.ts';
import { type GatewayConfig, gatewayConfig } from './config.ts';

/** Time for the last answers after SIGTERM; what still hangs then is cut off. */
const stopMs = 15_000;

async function run(config: GatewayConfig): Promise<void> {
  const log = createLogger('gateway', config.logLevel);
  const stopTracing = startTracing('gateway', config.otlpEndpoint);
  const registry = new Registry();
  registry.setDefaultLabels({ service: 'gateway' });
  collectDefaultMetrics({ register: registry });
  const persisted =
    config.persistedDocumentsPath === ''
      ? undefined
      : await readPersistedDocuments(config.persistedDocumentsPath);
  const app = await buildGateway({
    production: config.production,
    supergraphPath: config.supergraphPath,
    subgraphUrls: config.subgraphUrls,
    authenticate: authenticator(config.authentication),
    credential: config.credential,
    explorer: { operations: [] },
    log,
    registry,
    ...(persisted === undefined ? {} : { persistedDocuments: persisted }),
  });

  let stopping = false;
  const stop = async (signal: string) => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    await Promise.race([app.close(), sleep(stopMs, undefined, { ref: false })]);
    await stopTracing();
    process.exit(0);
  };
  process.on('SIGTERM', (signal) => void stop(signal));
  process.on('SIGINT', (signal) => void stop(signal));
  const url = await app.listen({ host: config.host, port: config.port });
  log.info({ url }, 'the gateway listens');
}

try {
  await run(gatewayConfig(process.env));
} catch (error) {
  if (!(error instanceof ConfigInvalid)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
