/** Ed25519 keys of the audit: the service signs with the private one, whoever verifies needs the public one alone. */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import type { Checkpoint } from './store.ts';

export type AuditSigner = {
  readonly keyId: string;
  readonly sign: (hash: string) => string;
};

/** `text` is the private key as PKCS#8 in base64, or as PEM. @throws Error when it is no Ed25519 key. */
export function auditSigner(text: string): AuditSigner {
  const key = read(text, () =>
    text.includes('BEGIN')
      ? createPrivateKey(text)
      : createPrivateKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'pkcs8' }),
  );
  return {
    keyId: keyIdOf(createPublicKey(key)),
    sign: (hash) => sign(null, Buffer.from(hash), key).toString('base64url'),
  };
}

/** The public keys by id; `texts` are SPKI in base64 or PEM, or private keys, whose public half is taken. */
export function auditVerifiers(texts: readonly string[]): ReadonlyMap<string, KeyObject> {
  return new Map(
    texts.map((text) => {
      const key = read(text, () => publicKeyFrom(text));
      return [keyIdOf(key), key] as const;
    }),
  );
}

export function signatureHolds(
  key: KeyObject,
  { hash, signature }: Pick<Checkpoint, 'hash' | 'signature'>,
): boolean {
  return verify(null, Buffer.from(hash), key, Buffer.from(signature, 'base64url'));
}

/** What a checkpoint's hash covers: every field but itself and the signature. */
export function checkpointHash(of: Omit<Checkpoint, '_id' | 'hash' | 'signature'>): string {
  const leaves = of.leaves.map(({ stream, sequence, hash }) => [stream, sequence, hash]);
  const covered = [
    of.previousHash,
    of.service,
    of.number,
    of.at.toISOString(),
    of.throughAt.toISOString(),
    of.throughId,
    leaves,
    of.keyId,
  ];
  return createHash('sha256').update(JSON.stringify(covered)).digest('hex');
}

export function keyIdOf(key: KeyObject): string {
  const spki = key.export({ format: 'der', type: 'spki' });
  return createHash('sha256').update(spki).digest('hex').slice(0, 12);
}

function publicKeyFrom(text: string): KeyObject {
  if (text.includes('BEGIN')) return createPublicKey(text);
  const key = Buffer.from(text, 'base64');
  try {
    return createPublicKey({ key, format: 'der', type: 'spki' });
  } catch {
    return createPublicKey(createPrivateKey({ key, format: 'der', type: 'pkcs8' }));
  }
}

function read(text: string, from: () => KeyObject): KeyObject {
  try {
    const key = from();
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Said below without the key itself, which the library's words might hold.
  }
  throw new Error(`an audit key of ${text.length} characters is no Ed25519 key in base64 or PEM`);
}
