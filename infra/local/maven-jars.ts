import { dirname } from 'node:path';
import type { Fetchable } from './fetched.ts';
import { programOnPath } from './program.ts';
import { runWatched } from './watched.ts';

/** The jars that a POM names, with those they need, copied by Maven into the cache folder; checksums must agree. */
export function mavenJars(of: {
  /** The folder's name in the cache, with the version in it. */
  readonly name: string;
  readonly pom: string;
  readonly java: string;
}): Fetchable {
  return {
    name: of.name,
    async fetch(folder, _scratch, tell) {
      const maven = programOnPath('mvn');
      if (maven === null) throw new Error('Maven is not installed');
      await runWatched({
        command: maven,
        args: [
          ...['--batch-mode', '--strict-checksums', '--file', of.pom],
          ...['dependency:copy-dependencies', '-DincludeScope=runtime'],
          `-DoutputDirectory=${folder}`,
          ...['-Daether.connector.connectTimeout=10000', '-Daether.connector.requestTimeout=30000'],
        ],
        env: { JAVA_HOME: process.env.JAVA_HOME ?? dirname(dirname(of.java)) },
        folder,
        quietMs: 45_000,
        tell,
      });
    },
  };
}
