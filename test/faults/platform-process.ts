/** A platform in a process of its own, so that a test can kill it: says where it is, then runs until it is ended. */
import { startTestPlatform } from '../journeys/platform.ts';

const {
  PLATFORM_NAME: name = '',
  PLATFORM_FOLDER: folder = '',
  PLATFORM_PORT: port = '0',
} = process.env;
const { world } = await startTestPlatform({
  kafka: false,
  lasting: { name, folder, port: Number(port) },
});
process.send?.({ cast: world.cast, gatewayUrl: world.gatewayUrl });
process.on('message', async (days: number) => {
  await world.advance(days);
  process.send?.({ now: (await world.now()).toISOString() });
});
