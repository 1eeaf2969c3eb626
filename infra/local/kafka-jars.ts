import { dirname, join } from 'node:path';
import { type Fetchable, fetchOnce } from './fetched.ts';
import { programOnPath } from './program.ts';
import type { Tell } from './progress.ts';
import { systemCode, Trouble } from './trouble.ts';
import { runWatched } from './watched.ts';

const pom = join(import.meta.dirname, 'kafka', 'pom.xml');

function jars(java: string): Fetchable {
  return {
    name: 'kafka-4.1.1',
    async fetch(folder, _scratch, tell) {
      const maven = programOnPath('mvn');
      if (maven === null) throw new Error('Maven is not installed');
      await runWatched({
        command: maven,
        args: [
          ...['--batch-mode', '--file', pom, 'dependency:copy-dependencies'],
          ...['-DincludeScope=runtime', `-DoutputDirectory=${folder}`],
          ...['-Daether.connector.connectTimeout=10000', '-Daether.connector.requestTimeout=30000'],
        ],
        env: { JAVA_HOME: process.env.JAVA_HOME ?? dirname(dirname(java)) },
        folder,
        quietMs: 45_000,
        tell,
      });
    },
  };
}

/**
 * The folder with Kafka's own jars, fetched by Maven when they are not in the cache yet.
 * @throws Trouble with a sentence that says what to do when they can't be had.
 */
export async function findKafkaJars(java: string, tell: Tell): Promise<string> {
  try {
    tell('looking for the broker');
    return await fetchOnce(jars(java), (text) => tell(`fetching Kafka 4.1.1, ${text}`));
  } catch (error) {
    if (systemCode(error) === 'ENOSPC') throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new Trouble(
      `Kafka could not be fetched (${reason}). Install Maven (\`mvn\`) and check the network; or start one with Docker (\`docker run -p 9092:9092 apache/kafka:4.1.1\`) and set KAFKA_BROKERS=127.0.0.1:9092.`,
    );
  }
}
