/**
 * The service's secret, PERSONAL_DATA_KEY: one master key of 32 bytes after the other, the current one first. The
 * current one seals; the others still open what they sealed before a rotation. [GOV-03]
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const masterBytes = 32;
const keyIdBytes = 8;
const nonceBytes = 12;
const tagBytes = 16;

/** Outside production a service may be without a secret; this stands in, and hides nothing from anybody. */
const development = Buffer.alloc(masterBytes, 'shixun development');

/** What was sealed can't be opened: another key sealed it, or it was altered or moved. */
export class NotOpened extends Error {
  override readonly name = 'NotOpened';
}

const split = new WeakMap<Buffer, readonly Buffer[]>();

/** Each master key by itself, the current one first; the same buffers at every call. */
export function eachMaster(secrets: Buffer): readonly Buffer[] {
  const known = split.get(secrets);
  if (known) return known;
  const count = secrets.length / masterBytes;
  const masters =
    Number.isInteger(count) && count > 0
      ? Array.from({ length: count }, (_, at) =>
          secrets.subarray(at * masterBytes, (at + 1) * masterBytes),
        )
      : [secrets.length === 0 ? development : secrets];
  split.set(secrets, masters);
  return masters;
}

/** `1.<key id>.<nonce, ciphertext and tag>`: AES-256-GCM under a key for that purpose alone, bound to a place. */
export function sealBytes(
  secrets: Buffer,
  place: { readonly purpose: string; readonly id: string },
  bytes: Buffer,
): string {
  const [master = development] = eachMaster(secrets);
  const { key, keyId } = derived(master, place.purpose);
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(place.id));
  const body = [nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()];
  return `1.${keyId}.${Buffer.concat(body).toString('base64url')}`;
}

/** @throws NotOpened */
export function openBytes(
  secrets: Buffer,
  place: { readonly purpose: string; readonly id: string },
  sealed: string,
): Buffer {
  const [form, named, body = ''] = sealed.split('.');
  const keys = eachMaster(secrets).map((master) => derived(master, place.purpose));
  const known = form === '1' ? keys.find(({ keyId }) => keyId === named) : undefined;
  if (known === undefined) {
    throw new NotOpened(`sealed with a key that is not in PERSONAL_DATA_KEY: ${place.id}`);
  }
  const bytes = Buffer.from(body, 'base64url');
  if (bytes.length < nonceBytes + tagBytes) throw new NotOpened(`cut off: ${place.id}`);
  const decipher = createDecipheriv('aes-256-gcm', known.key, bytes.subarray(0, nonceBytes))
    .setAAD(Buffer.from(place.id))
    .setAuthTag(bytes.subarray(-tagBytes));
  try {
    const content = decipher.update(bytes.subarray(nonceBytes, -tagBytes));
    return Buffer.concat([content, decipher.final()]);
  } catch {
    throw new NotOpened(`altered or moved: ${place.id}`);
  }
}

type Derived = { readonly key: Buffer; readonly keyId: string };
const derivedOf = new WeakMap<Buffer, Map<string, Derived>>();

/** Purposes are few; deriving costs more than sealing something small. */
function derived(master: Buffer, purpose: string): Derived {
  const known = derivedOf.get(master) ?? new Map<string, Derived>();
  derivedOf.set(master, known);
  const before = known.get(purpose);
  if (before) return before;
  const fresh = derive(master, purpose);
  known.set(purpose, fresh);
  return fresh;
}

function derive(master: Buffer, purpose: string): Derived {
  const of = (what: string, bytes: number) =>
    Buffer.from(hkdfSync('sha256', master, `shixun ${purpose}`, what, bytes));
  return { key: of('key', 32), keyId: of('key-id', keyIdBytes).toString('base64url') };
}
