/**
 * Commands that would meet on the same rows are executed by one replica: whoever gets one of another's hands it over,
 * and gets the answer back. Requests of one turn of the loop go together. When the owner can't be reached nothing is
 * lost and nothing done twice: the command is executed where it is, under the same key.
 */
import { randomUUID } from 'node:crypto';
import { deserialize, serialize } from 'node:v8';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { request } from 'undici';
import type { Caller } from '../caller.ts';
import type { CommandResult } from '../command/answers.ts';
import type { Command } from '../command/define.ts';
import { type CommandRoom, execute } from '../command/execute.ts';
import type { Database } from '../database.ts';
import type { ResolverTable } from '../graph/context.ts';
import { openBytes, sealBytes } from '../secrets.ts';
import { Members, type MembersPace } from './members.ts';

/** One request for a command, as it goes to the owner. Who asks was verified where it came in. */
export type Handed = {
  readonly command: string;
  readonly caller: Caller | null;
  readonly input: unknown;
};

type Waiting = {
  readonly handed: Handed;
  readonly resolve: (result: CommandResult<unknown> | null) => void;
};

type Letter = { readonly at: Date; readonly handed: readonly Handed[] };
/** In the order of the letter; null where the owner failed. */
type Reply = { readonly results: readonly (CommandResult<unknown> | null)[] };

export type ReplicasSettings = {
  readonly db: Database;
  /** PERSONAL_DATA_KEY: only replicas of this service can write to each other, and read it. */
  readonly secret: Buffer;
  readonly gatewayCredential: string;
  readonly log: Pick<Logger, 'warn'>;
  readonly pace?: MembersPace;
};

const path = '/replicas/commands';
const lettersMax = 256;
const letterBytesMax = 8 * 2 ** 20;
/** A letter that was kept back and sent again later is refused. */
const letterAgeMs = 60_000;
/** Longer than a command may take there. */
const silenceMs = 15_000;

/** Commands that one replica executes for all: those that say who owns them. */
export function ownedIn(tables: readonly ResolverTable[]): readonly Command[] {
  return tables
    .flatMap(({ Mutation = {} }) => Object.values(Mutation))
    .flatMap(({ command }) => (command?.spec.owner ? [command] : []));
}

export class Replicas {
  readonly #settings: ReplicasSettings;
  readonly #members: Members;
  readonly #waiting = new Map<string, Waiting[]>();

  constructor(settings: ReplicasSettings) {
    this.#settings = settings;
    this.#members = new Members(settings.db, settings.pace);
  }

  /** `address`: where the others reach this replica. */
  async join(address: string): Promise<void> {
    await this.#members.join(address);
  }

  async leave(): Promise<void> {
    await this.#members.leave();
  }

  /** Where the owner of the key is; null when that is this replica. */
  ownerOf(key: string): string | null {
    return this.#members.ownerOf(key);
  }

  /** Null when the owner can't be reached or failed: then the command is executed here. */
  ask(address: string, handed: Handed): Promise<CommandResult<unknown> | null> {
    const waiting = this.#waiting.get(address) ?? [];
    if (waiting.length === 0) {
      this.#waiting.set(address, waiting);
      setImmediate(() => this.#sendAll(address));
    }
    return new Promise((resolve) => waiting.push({ handed, resolve }));
  }

  /** Where the others' requests come in. */
  routes(app: FastifyInstance, room: CommandRoom, commands: readonly Command[]): void {
    // Not handed on once more, whatever this replica thinks of who owns it.
    const { replicas: _, ...here } = room;
    const byName = new Map(commands.map((command) => [command.name, command]));
    app.post<{ Body: string; Params: { id: string } }>(
      `${path}/:id`,
      { bodyLimit: letterBytesMax },
      async ({ body, params: { id } }, reply) => {
        const letter = this.#open<Letter>('asked', id, body);
        if (letter === null || Date.now() - letter.at.getTime() > letterAgeMs) {
          return reply.code(403).send({ errors: [{ message: 'Only a replica may ask here.' }] });
        }
        const results = await Promise.all(
          letter.handed.map(async ({ command, caller, input }) => {
            const known = byName.get(command);
            return known ? execute(here, known, caller, input).catch(() => null) : null;
          }),
        );
        return reply.type('text/plain').send(this.#seal('answered', id, { results }));
      },
    );
  }

  #sendAll(address: string): void {
    const waiting = this.#waiting.get(address) ?? [];
    this.#waiting.delete(address);
    for (let from = 0; from < waiting.length; from += lettersMax) {
      void this.#send(address, waiting.slice(from, from + lettersMax));
    }
  }

  async #send(address: string, waiting: readonly Waiting[]): Promise<void> {
    let results: Reply['results'] = [];
    try {
      results = await this.#exchange(
        address,
        waiting.map(({ handed }) => handed),
      );
    } catch (err) {
      this.#members.lose(address);
      this.#settings.log.warn({ err, address }, 'a replica did not answer; executed here');
    }
    for (const [at, { resolve }] of waiting.entries()) resolve(results[at] ?? null);
  }

  async #exchange(address: string, handed: readonly Handed[]): Promise<Reply['results']> {
    const id = randomUUID();
    const { statusCode, body } = await request(`${address}${path}/${id}`, {
      method: 'POST',
      headers: {
        'content-type': 'text/plain',
        'x-gateway-credential': this.#settings.gatewayCredential,
      },
      body: this.#seal('asked', id, { at: new Date(), handed }),
      signal: this.#members.signalOf(address),
      headersTimeout: silenceMs,
      bodyTimeout: silenceMs,
    });
    const sealed = await body.text();
    const reply = statusCode === 200 ? this.#open<Reply>('answered', id, sealed) : null;
    if (reply === null) throw new Error(`the replica answered ${statusCode}`);
    return reply.results;
  }

  #seal(purpose: 'asked' | 'answered', id: string, content: Letter | Reply): Buffer<ArrayBuffer> {
    const place = { purpose: `replica ${purpose}`, id };
    // A buffer, since a string would be looked through for what is not ASCII.
    return Buffer.from(sealBytes(this.#settings.secret, place, serialize(content)), 'latin1');
  }

  /** Null when no replica of this service wrote it. */
  #open<Content>(purpose: 'asked' | 'answered', id: string, sealed: string): Content | null {
    try {
      const place = { purpose: `replica ${purpose}`, id };
      return deserialize(openBytes(this.#settings.secret, place, sealed)) as Content;
    } catch {
      return null;
    }
  }
}
