import { Command, InvalidArgumentError, Option } from 'commander';
import { type ProvinceSize, provinceSizes } from '../province/size.ts';

export type StartOptions = {
  readonly kafka: boolean;
  readonly reset: boolean;
  readonly port: number;
  readonly size: ProvinceSize;
};

/** Reads the words after `npm start --`; answers `--help` and refuses what it doesn't know by itself. */
export function readStartOptions(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): StartOptions {
  const program = new Command('npm start --')
    .description(
      'Starts the whole platform on this machine: MongoDB, the four services and the gateway, with a demo province.',
    )
    .option('--kafka', 'send events through a real Kafka (also when KAFKA_BROKERS is set)', false)
    .option('--reset', 'remove the data of earlier runs first', false)
    .option('--port <number>', 'port of the gateway', readPort, 4000)
    .addOption(
      new Option('--size <size>', 'of the demo province: about 2,000, 40,000 or 400,000 teachers')
        .choices(provinceSizes)
        .default('small'),
    )
    .addHelpText(
      'after',
      `
Environment:
  MONGODB_URI     a MongoDB replica set to use instead of one of our own
  KAFKA_BROKERS   Kafka brokers to use, host:port, comma-separated
  SHIXUN_CACHE    folder for downloads and data instead of .cache
  LOG_LEVEL       what the services log: error (default), warn, info, debug`,
    )
    .parse(args, { from: 'user' });
  const options = program.opts<StartOptions>();
  return { ...options, kafka: options.kafka || Boolean(env.KAFKA_BROKERS) };
}

function readPort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new InvalidArgumentError('A port is a number from 0 to 65535; 0 takes any free one.');
}
