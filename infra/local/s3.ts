import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import getPort from 'get-port';
import { fetchOnce } from './fetched.ts';
import { type Guarded, startGuarded } from './guarded.ts';
import { findJava } from './java.ts';
import { mavenJars } from './maven-jars.ts';
import type { Tell } from './progress.ts';
import { lastLines } from './server.ts';
import { systemCode, Trouble } from './trouble.ts';

const version = '4.0.0';
const settings = join(import.meta.dirname, 's3proxy');
const startWithinMs = 60_000;

/** A store of our own that speaks S3 and refuses what is not signed rightly, on the loopback address. */
export type RunningS3 = {
  /** `http://<key>:<secret>@127.0.0.1:<port>/<bucket>`: all that a client has to know. */
  readonly address: string;
  /** kill -9. */
  kill(): Promise<void>;
};

const key = 'shixun-local';
const secret = 'shixun-local-secret';
const bucket = 'objects';

/** Finds or fetches Java and S3Proxy and starts it on an empty or earlier folder, with one bucket. */
export async function startS3(options: {
  readonly dataFolder: string;
  readonly tell?: Tell;
}): Promise<RunningS3> {
  const { dataFolder, tell = () => {} } = options;
  const java = await findJava(tell);
  const jars = await findJars(java, tell);
  const port = await getPort({ host: '127.0.0.1' });
  const objects = join(dataFolder, 'data');
  await mkdir(join(objects, bucket), { recursive: true });
  const properties = join(dataFolder, 's3proxy.properties');
  await writeFile(properties, propertiesOf(port, objects));
  tell('starting');
  const log = join(dataFolder, 's3proxy.log');
  const logging = `-Dlogback.configurationFile=${join(settings, 'logback.xml')}`;
  const classes = ['-cp', join(jars, '*'), 'org.gaul.s3proxy.Main'];
  const server = await startGuarded(
    java,
    ['-Xmx128m', '-XX:TieredStopAtLevel=1', logging, ...classes, '--properties', properties],
    { log },
  );
  await untilReady(server, { port, log });
  return {
    address: `http://${key}:${secret}@127.0.0.1:${port}/${bucket}`,
    async kill() {
      await server.kill();
    },
  };
}

async function findJars(java: string, tell: Tell): Promise<string> {
  const jars = mavenJars({
    name: `s3proxy-${version}`,
    pom: join(settings, 'pom.xml'),
    java,
  });
  try {
    return await fetchOnce(jars, (text) => tell(`fetching S3Proxy ${version}, ${text}`));
  } catch (error) {
    if (systemCode(error) === 'ENOSPC') throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new Trouble(
      `S3Proxy could not be fetched (${reason}). Install Maven (\`mvn\`) and check the network; or set S3_ADDRESS to http://<key>:<secret>@<host>:<port>/<bucket> of a store that runs already.`,
    );
  }
}

function propertiesOf(port: number, folder: string): string {
  return Object.entries({
    's3proxy.endpoint': `http://127.0.0.1:${port}`,
    's3proxy.authorization': 'aws-v4',
    's3proxy.identity': key,
    's3proxy.credential': secret,
    'jclouds.provider': 'filesystem-nio2',
    'jclouds.identity': 'unused',
    'jclouds.credential': 'unused',
    'jclouds.filesystem.basedir': folder,
  })
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

/** Ready is when it refuses who doesn't say who he is. */
async function untilReady(
  server: Guarded,
  { port, log }: { readonly port: number; readonly log: string },
): Promise<void> {
  let ended = false;
  void server.exited.then(() => {
    ended = true;
  });
  const deadline = Date.now() + startWithinMs;
  while (!ended && Date.now() < deadline) {
    const answer = await fetch(`http://127.0.0.1:${port}/`).catch(() => null);
    if (answer?.status === 403) return;
    await sleep(100);
  }
  await server.kill();
  throw new Trouble(`S3Proxy did not become ready. Its last words:\n${await lastLines(log, 20)}`);
}
