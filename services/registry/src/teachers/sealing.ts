/**
 * Personal data at rest: AES-256-GCM, bound to the person and the field, so that a sealed value can't be moved to
 * another row. Equality is asked through a keyed blind index, never through the value. [REG-05]
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

export type PersonalField = 'identity_number' | 'phone';

/** What is sealed, and whose it is. */
export type Owner = { readonly personId: string; readonly field: PersonalField };

export class Sealing {
  readonly #sealingKey: Buffer;
  readonly #indexKey: Buffer;

  /** Both keys are derived from the one secret, so that an index can't be turned into a seal. */
  constructor(personalDataKey: Buffer) {
    if (personalDataKey.length !== 32) {
      throw new Error('PERSONAL_DATA_KEY must be 32 bytes in base64');
    }
    this.#sealingKey = derived(personalDataKey, 'sealing');
    this.#indexKey = derived(personalDataKey, 'blind-index');
  }

  /** `1.<iv>.<tag and ciphertext>`; the leading version lets keys per subject follow. */
  seal(text: string, owner: Owner): string {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.#sealingKey, iv);
    cipher.setAAD(bindingOf(owner));
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    const body = Buffer.concat([cipher.getAuthTag(), sealed]);
    return `1.${iv.toString('base64url')}.${body.toString('base64url')}`;
  }

  /** Throws when the value was altered, moved to another row, or sealed with another key. */
  open(sealed: string, owner: Owner): string {
    const [version, iv, body] = sealed.split('.');
    if (version !== '1' || iv === undefined || body === undefined) {
      throw new Error('a sealed value of an unknown form');
    }
    const bytes = Buffer.from(body, 'base64url');
    const decipher = createDecipheriv(
      'aes-256-gcm',
      this.#sealingKey,
      Buffer.from(iv, 'base64url'),
    );
    decipher.setAAD(bindingOf(owner));
    decipher.setAuthTag(bytes.subarray(0, 16));
    return decipher.update(bytes.subarray(16), undefined, 'utf8') + decipher.final('utf8');
  }

  /** Equal for equal values of one field, and says nothing about them without the key. */
  blindIndex(text: string, field: PersonalField): string {
    return createHmac('sha256', this.#indexKey).update(`${field}:${text}`).digest('base64url');
  }
}

function derived(secret: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, 'shixun-registry', purpose, 32));
}

function bindingOf({ personId, field }: Owner): Buffer {
  return Buffer.from(`${personId}/${field}`);
}

const sealings = new WeakMap<Buffer, Sealing>();

/** The sealing of that key; its derived keys are computed once. */
export function sealingWith(personalDataKey: Buffer): Sealing {
  const known = sealings.get(personalDataKey) ?? new Sealing(personalDataKey);
  sealings.set(personalDataKey, known);
  return known;
}
