import { join } from 'node:path';
import { fetchOnce } from './fetched.ts';
import { mavenJars } from './maven-jars.ts';
import type { Tell } from './progress.ts';
import { systemCode, Trouble } from './trouble.ts';

const pom = join(import.meta.dirname, 'kafka', 'pom.xml');

/**
 * The folder with Kafka's own jars, fetched by Maven when they are not in the cache yet.
 * @throws Trouble with a sentence that says what to do when they can't be had.
 */
export async function findKafkaJars(java: string, tell: Tell): Promise<string> {
  try {
    tell('looking for the broker');
    const jars = mavenJars({ name: 'kafka-4.1.1', pom, java });
    return await fetchOnce(jars, (text) => tell(`fetching Kafka 4.1.1, ${text}`));
  } catch (error) {
    if (systemCode(error) === 'ENOSPC') throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new Trouble(
      `Kafka could not be fetched (${reason}). Install Maven (\`mvn\`) and check the network; or start one with Docker (\`docker run -p 9092:9092 apache/kafka:4.1.1\`) and set KAFKA_BROKERS=127.0.0.1:9092.`,
    );
  }
}
