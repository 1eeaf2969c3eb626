/** The keys of devices: Ed25519, as SPKI in base64. */
import { createPublicKey, type KeyObject, verify } from 'node:crypto';

/** The key; null when the text is none of that kind. */
export function ed25519Key(publicKey: string): KeyObject | null {
  try {
    const key = createPublicKey({
      key: Buffer.from(publicKey, 'base64'),
      format: 'der',
      type: 'spki',
    });
    return key.asymmetricKeyType === 'ed25519' ? key : null;
  } catch {
    return null;
  }
}

/** True when the device with that key signed exactly this text. */
export function signedBy(publicKey: string, text: string, signature: string): boolean {
  const key = ed25519Key(publicKey);
  const bytes = Buffer.from(signature, 'base64');
  return key !== null && bytes.length === 64 && verify(null, Buffer.from(text), key, bytes);
}
