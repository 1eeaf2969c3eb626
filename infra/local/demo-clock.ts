import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname } from 'node:path';
import { z } from 'zod';
import { Trouble } from './trouble.ts';

/** The clock of a demo: runs like any other, but can be set forward, so that a training of weeks is told in minutes. */
export type DemoClock = {
  readonly now: () => Date;
  /** Where the demo asks it: `GET` tells the instant, `POST {"days": 7}` sets it forward, parts of a day as well. */
  readonly url: string;
  readonly advance: (days: number) => Promise<void>;
  readonly close: () => Promise<void>;
};

const advanceSchema = z.strictObject({ days: z.number().min(0).max(366) });
const dayMs = 24 * 3_600_000;
const bodyBytesMax = 1_000;

/**
 * Starts the clock on the loopback address. How far it was set forward is kept in the file, so that a restart doesn't
 * turn time back under data that was written later.
 * @throws Trouble in production, where nobody sets the time.
 */
export async function startDemoClock(file: string): Promise<DemoClock> {
  if (process.env.NODE_ENV === 'production') {
    throw new Trouble('The demo clock does not run with NODE_ENV=production.');
  }
  let aheadMs = Number(await readFile(file, 'utf8').catch(() => '0'));
  const now = () => new Date(Date.now() + aheadMs);
  const advance = async (days: number) => {
    aheadMs += Math.round(days * dayMs);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, String(aheadMs));
  };
  const server = createServer((request, response) => {
    answer(request, response, { now, advance }).catch(() => response.writeHead(500).end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { now, advance, url: `http://127.0.0.1:${port}/`, close: () => closed(server) };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  clock: Pick<DemoClock, 'now' | 'advance'>,
): Promise<void> {
  if (request.method === 'POST') {
    // JSON only: a web page of somebody else's can't send that here without asking first.
    const json = request.headers['content-type'] === 'application/json';
    const asked = advanceSchema.safeParse(json ? await bodyOf(request) : undefined);
    if (!asked.success) {
      response.writeHead(400).end('{"error":"POST {\\"days\\": 0 to 366} as application/json"}');
      return;
    }
    await clock.advance(asked.data.days);
  }
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ now: clock.now().toISOString() }));
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > bodyBytesMax) return undefined;
  }
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
