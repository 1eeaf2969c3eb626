/** Brings a file as a person would: through the gateway, with a token, by the published operations. [REG-06] */
import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { projectRoot } from '../local/cache-folder.ts';

export type Kind = 'REGIONS' | 'SCHOOLS' | 'TEACHERS' | 'TRAINERS';
export type Mode = 'ALL_OR_NOTHING' | 'VALID_ROWS_ONLY';

export type Counts = {
  readonly read: number;
  readonly valid: number;
  readonly faulty: number;
  readonly added: number;
  readonly changed: number;
  /** Teachers moved to another school, or that would be. */
  readonly transferred: number;
  readonly unchanged: number;
};

export type Refusal = {
  readonly code: string;
  readonly messageZh: string;
  readonly messageEn: string;
};

export type SeenImport = {
  readonly id: string;
  readonly state: string;
  readonly rowsTotal: number | null;
  readonly sameAs: string | null;
  readonly validated: Counts;
  readonly applied: Counts;
  readonly refusals: readonly Refusal[];
  readonly faults: {
    readonly edges: readonly {
      readonly node: {
        readonly row: number;
        readonly column: string | null;
        readonly title: string | null;
        readonly refusal: Refusal;
      };
    }[];
    readonly pageInfo: { readonly hasNextPage: boolean };
  };
};

/** The platform refused, in its own words. */
export class ImportRefused extends Error {
  override readonly name = 'ImportRefused';
  readonly refusals: readonly Refusal[];

  constructor(refusals: readonly Refusal[]) {
    super(refusals.map(({ messageZh, messageEn }) => `${messageZh} ${messageEn}`).join('\n'));
    this.refusals = refusals;
  }
}

/** It can't answer at the moment. */
class PlatformBusy extends Error {
  override readonly name = 'PlatformBusy';
}

const pollMs = 300;
/** Times in a row; together about a minute. */
const busyMax = 20;

export class ImportClient {
  readonly #gatewayUrl: string;
  readonly #token: string;

  constructor(gatewayUrl: string, token: string) {
    this.#gatewayUrl = gatewayUrl;
    this.#token = token;
  }

  /** Creates the import and uploads the file; the dry run goes on by itself. */
  async bring(
    file: string,
    about: { readonly kind: Kind; readonly regionCode?: string; readonly schoolId?: string },
  ): Promise<string> {
    const { createImport } = await this.#ask('CreateImport', {
      input: { idempotencyKey: randomUUID(), fileName: basename(file), ...about },
    });
    const { import: created, refusals } = createImport as Created;
    if (created === null) throw new ImportRefused(refusals);
    const { size } = await stat(file);
    const answer = await fetch(`${this.#gatewayUrl}${created.uploadPath}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/octet-stream', 'content-length': String(size) },
      body: Readable.toWeb(createReadStream(file)) as ReadableStream,
      duplex: 'half',
    } as RequestInit);
    if (answer.status === 202) return created.id;
    const said = (await answer.json()) as {
      readonly refusals?: readonly Refusal[];
      readonly error?: { readonly code: string; readonly message: string };
    };
    const message = said.error?.message ?? `HTTP ${answer.status}`;
    const other = { code: said.error?.code ?? 'UPLOAD', messageZh: message, messageEn: '' };
    throw new ImportRefused(said.refusals ?? [other]);
  }

  /** `withTransfers`: whether the moves to other schools are made too; to be said when the dry run counts some. */
  async apply(importId: string, mode: Mode, withTransfers?: boolean): Promise<void> {
    const { applyImport } = await this.#ask('ApplyImport', {
      input: { idempotencyKey: randomUUID(), importId, mode, withTransfers },
    });
    const { refusals } = applyImport as { readonly refusals: readonly Refusal[] };
    if (refusals.length > 0) throw new ImportRefused(refusals);
  }

  async see(id: string): Promise<SeenImport> {
    const { import: seen } = await this.#ask('Import', { id });
    if (seen === null) throw new Error('There is no such import, or it is not yours to see.');
    return seen as SeenImport;
  }

  /** Looks again and again until the work that goes on has ended; bears a platform that is too busy to say for a while. */
  async untilSettled(id: string, onProgress: (seen: SeenImport) => void = () => {}) {
    for (let busy = 0; ; ) {
      const seen = await this.see(id).catch((error: unknown) => {
        busy += 1;
        if (!(error instanceof PlatformBusy) || busy > busyMax) throw error;
        return null;
      });
      if (seen === null) {
        await sleep(pollMs * busy);
        continue;
      }
      busy = 0;
      onProgress(seen);
      if (!['VALIDATING', 'APPLYING', 'UNDOING'].includes(seen.state)) return seen;
      await sleep(pollMs);
    }
  }

  /** Saves the annotated file. */
  async saveResult(id: string, to: string): Promise<void> {
    const { import: seen } = await this.#ask('ImportResult', { id });
    const { resultPath } = seen as { readonly resultPath: string | null };
    if (resultPath === null) throw new Error('There is no result of this import.');
    const format = to.toLowerCase().endsWith('.csv') ? '&format=csv' : '';
    const answer = await fetch(`${this.#gatewayUrl}${resultPath}${format}`);
    if (!answer.ok || answer.body === null) throw new Error(`HTTP ${answer.status}`);
    await writeFile(to, Readable.fromWeb(answer.body as never));
  }

  async #ask(operation: string, variables: object): Promise<Record<string, unknown>> {
    const file = join(projectRoot, 'gateway', 'operations', `${operation}.graphql`);
    const answer = await fetch(`${this.#gatewayUrl}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.#token}` },
      body: JSON.stringify({ query: await readFile(file, 'utf8'), variables }),
    });
    if ([503, 504].includes(answer.status)) throw new PlatformBusy(`HTTP ${answer.status}`);
    const { data, errors } = (await answer.json()) as {
      readonly data?: Record<string, unknown>;
      readonly errors?: readonly { readonly message: string }[];
    };
    if (errors !== undefined || data === undefined) {
      throw new Error(errors?.[0]?.message ?? `HTTP ${answer.status}`);
    }
    return data;
  }
}

type Created = {
  readonly import: { readonly id: string; readonly uploadPath: string } | null;
  readonly refusals: readonly Refusal[];
};
