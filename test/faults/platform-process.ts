/** A platform in a process of its own, so that a test can kill it: says where it is, then runs until it is ended. */
import { startTestPlatform } from '../journeys/platform.ts';

const {
  PLATFORM_NAME: name = '',
  PLATFORM_FOLDER: folder = '',
  PLATFORM_PORT: port = '0',
  PLATFORM_KAFKA: kafka = '',
  PLATFORM_LOG_LEVEL: logLevel = 'error',
} = process.env;
const { world, services } = await startTestPlatform({
  kafka: kafka !== '',
  logLevel,
  lasting: { name, folder, port: Number(port) },
});
const urls = Object.values(services).map(({ url }) => url);
process.send?.({ cast: world.cast, gatewayUrl: world.gatewayUrl, urls });
process.on('message', async (days: number) => {
  await world.advance(days);
  process.send?.({ now: (await world.now()).toISOString() });
});
