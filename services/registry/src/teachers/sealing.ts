/**
 * Personal data at rest. Every person has a key of the own, and whatever is sealed of the person is sealed with it:
 * AES-256-GCM, bound to the person and the field, so that a sealed value can't be moved to another row. The person's
 * key is kept wrapped by a master key; destroying it makes all of it unreadable at once, in copies and backups of the
 * rows too. Equality is asked through a keyed blind index, never through the value. [REG-05, GOV-03]
 */
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomFillSync,
} from 'node:crypto';

export type PersonalField = 'identity_number' | 'phone';

/** A person's key as it is kept. */
export type WrappedKey = {
  /** Which master key wraps it. */
  readonly masterId: string;
  readonly wrapped: string;
};

type Master = {
  readonly id: string;
  readonly wrappingKey: KeyObject;
  readonly indexKey: KeyObject;
};

const masterBytes = 32;

/** The key of one person. */
export class SubjectKey {
  readonly #key: KeyObject;
  readonly #personId: string;

  constructor(personId: string, key: Buffer) {
    this.#personId = personId;
    // As a key object it is taken over by the library once, not at every value.
    this.#key = createSecretKey(key);
  }

  /** `2.<iv>.<tag and ciphertext>`. */
  seal(text: string, field: PersonalField): string {
    return `2.${encrypt(this.#key, Buffer.from(text, 'utf8'), `${this.#personId}/${field}`)}`;
  }

  /** Throws when the value was altered, moved to another row, or sealed with another key. */
  open(sealed: string, field: PersonalField): string {
    if (!sealed.startsWith('2.')) throw new Error('a sealed value of an unknown form');
    return decrypt(this.#key, sealed.slice(2), `${this.#personId}/${field}`).toString('utf8');
  }
}

/** The master keys: the first wraps, the others still open what they wrapped before a rotation. */
export class Sealing {
  readonly #current: Master;
  readonly #masters: ReadonlyMap<string, Master>;

  /** One key of 32 bytes after the other, the current one first. */
  constructor(personalDataKey: Buffer) {
    const count = personalDataKey.length / masterBytes;
    if (!Number.isInteger(count) || count < 1) {
      throw new Error('PERSONAL_DATA_KEY must be 32 bytes in base64, or several such, by commas');
    }
    const masters = Array.from({ length: count }, (_, at) =>
      masterFrom(personalDataKey.subarray(at * masterBytes, (at + 1) * masterBytes)),
    );
    this.#masters = new Map(masters.map((master) => [master.id, master]));
    this.#current = masters[0] as Master;
  }

  /** Names the key that wraps now; says nothing about it. */
  get masterId(): string {
    return this.#current.id;
  }

  /** The ids of all master keys, the current one first: what these wrapped can be opened. */
  get masterIds(): readonly string[] {
    return [...this.#masters.keys()];
  }

  /** Makes a key for a person: 32 random bytes and one encryption, so that a million are no matter. */
  newKey(personId: string): { readonly key: SubjectKey; readonly wrapped: WrappedKey } {
    const bytes = randomBytes(32);
    return { key: new SubjectKey(personId, bytes), wrapped: this.#wrap(personId, bytes) };
  }

  /** Throws when the wrapping master key isn't among the configured ones, or the row was tampered with. */
  unwrap(personId: string, kept: WrappedKey): SubjectKey {
    return new SubjectKey(personId, this.#open(personId, kept));
  }

  /** The same key, wrapped by the current master key. */
  rewrap(personId: string, kept: WrappedKey): WrappedKey {
    return this.#wrap(personId, this.#open(personId, kept));
  }

  /** Equal for equal values of one field, and says nothing about them without the key. */
  blindIndex(text: string, field: PersonalField | 'likeness'): string {
    return indexOf(this.#current, text, field);
  }

  /** The index under every configured master key: what is looked for while a rotation is under way. */
  blindIndexes(text: string, field: PersonalField): readonly string[] {
    return [this.blindIndex(text, field), ...this.formerIndexes(text, field)];
  }

  /** The index under the master keys from before a rotation; none when there was no rotation. */
  formerIndexes(text: string, field: PersonalField): readonly string[] {
    const former = [...this.#masters.values()].filter((master) => master !== this.#current);
    return former.map((master) => indexOf(master, text, field));
  }

  #wrap(personId: string, bytes: Buffer): WrappedKey {
    const { id, wrappingKey } = this.#current;
    return { masterId: id, wrapped: encrypt(wrappingKey, bytes, `${personId}/key`) };
  }

  #open(personId: string, { masterId, wrapped }: WrappedKey): Buffer {
    const master = this.#masters.get(masterId);
    if (master === undefined) {
      throw new Error(`the master key ${masterId} is not among those of PERSONAL_DATA_KEY`);
    }
    return decrypt(master.wrappingKey, wrapped, `${personId}/key`);
  }
}

/** The keys are derived from the one secret, so that an index can't be turned into a seal. */
function masterFrom(secret: Buffer): Master {
  const derived = (purpose: string) =>
    Buffer.from(hkdfSync('sha256', secret, 'shixun-registry', purpose, 32));
  const id = createHash('sha256').update(derived('key-id')).digest('hex').slice(0, 12);
  return {
    id,
    wrappingKey: createSecretKey(derived('wrapping')),
    indexKey: createSecretKey(derived('blind-index')),
  };
}

function indexOf({ indexKey }: Master, text: string, field: PersonalField | 'likeness'): string {
  return createHmac('sha256', indexKey).update(`${field}:${text}`).digest('base64url');
}

const randomPool = Buffer.alloc(16 * 1_024);
let randomUsed = randomPool.length;

/** From a pool, none of it twice: asking the system for each costs more than the encryption it is for. */
function randomBytes(count: number): Buffer {
  if (randomUsed + count > randomPool.length) {
    randomFillSync(randomPool);
    randomUsed = 0;
  }
  const bytes = Buffer.from(randomPool.subarray(randomUsed, randomUsed + count));
  randomPool.fill(0, randomUsed, randomUsed + count);
  randomUsed += count;
  return bytes;
}

function encrypt(key: KeyObject, plain: Buffer, bound: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  cipher.setAAD(Buffer.from(bound));
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  const body = Buffer.concat([cipher.getAuthTag(), sealed]);
  return `${iv.toString('base64url')}.${body.toString('base64url')}`;
}

function decrypt(key: KeyObject, sealed: string, bound: string): Buffer {
  const [iv, body] = sealed.split('.');
  if (iv === undefined || body === undefined) throw new Error('a sealed value of an unknown form');
  const bytes = Buffer.from(body, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64url'));
  decipher.setAAD(Buffer.from(bound));
  decipher.setAuthTag(bytes.subarray(0, 16));
  return Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()]);
}

const sealings = new WeakMap<Buffer, Sealing>();

/** The sealing of those keys; its derived keys are computed once. */
export function sealingWith(personalDataKey: Buffer): Sealing {
  const known = sealings.get(personalDataKey) ?? new Sealing(personalDataKey);
  sealings.set(personalDataKey, known);
  return known;
}
