/**
 * Sealed bids: HPKE (RFC 9180, X25519, HKDF-SHA256, AES-256-GCM) to a key of the tender. The private key is kept
 * nowhere: it is made from the service's secret (from the environment, never in the database), the tender's id and its
 * closing time. So whoever has the whole database reads no bid, and a closing time moved in it opens none. [CRS-02]
 */
import { createHash, hkdfSync } from 'node:crypto';
import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';
import type { Instant } from '@shixun/kernel';

/** What binds a bid: who hands it in, for which tender. */
export type BidPlace = { readonly tenderId: string; readonly institutionId: string };
export type TenderKey = { readonly tenderId: string; readonly closesAt: Instant };

const secretBytes = 32;
const encapsulatedBytes = 32;

function suite(): CipherSuite {
  return new CipherSuite({
    kem: new DhkemX25519HkdfSha256(),
    kdf: new HkdfSha256(),
    aead: new Aes256Gcm(),
  });
}

/** The tender's public key, base64url: what the announcement publishes. */
export async function bidKeyOf(secrets: Buffer, key: TenderKey): Promise<string> {
  const pair = await keyPair(secrets.subarray(0, secretBytes), key);
  const raw = await suite().kem.serializePublicKey(pair.publicKey);
  return Buffer.from(raw).toString('base64url');
}

/** Opens a bid; null when it was not sealed for this tender by this institution, or was changed since. */
export async function openBid(
  secrets: Buffer,
  key: TenderKey,
  place: BidPlace,
  sealed: string,
): Promise<string | null> {
  const bytes = new Uint8Array(Buffer.from(sealed, 'base64url'));
  // A secret that was replaced while bids lay sealed still opens them: the newest first, then the older ones.
  for (let at = 0; at < secrets.length; at += secretBytes) {
    const pair = await keyPair(secrets.subarray(at, at + secretBytes), key);
    try {
      const plain = await suite().open(
        { recipientKey: pair.privateKey, enc: bytes.slice(0, encapsulatedBytes).buffer },
        bytes.slice(encapsulatedBytes).buffer,
        aad(place),
      );
      return new TextDecoder('utf-8', { fatal: true }).decode(plain);
    } catch {
      // Not with this secret.
    }
  }
  return null;
}

/** The bidder's side; runs where the bidder is, with the key that the announcement published. */
export async function sealBid(bidKey: string, place: BidPlace, content: string): Promise<string> {
  const raw = new Uint8Array(Buffer.from(bidKey, 'base64url')).buffer;
  const recipientPublicKey = await suite().kem.deserializePublicKey(raw);
  const plain = new TextEncoder().encode(content);
  const { enc, ct } = await suite().seal({ recipientPublicKey }, plain.buffer, aad(place));
  return Buffer.concat([Buffer.from(enc), Buffer.from(ct)]).toString('base64url');
}

/** What tells nothing of a sealed bid but is its own: bids are numbered in this order. */
export function digestOf(sealed: string): string {
  return createHash('sha256').update(sealed).digest('hex');
}

function aad({ tenderId, institutionId }: BidPlace): ArrayBuffer {
  return new TextEncoder().encode(`${tenderId}\n${institutionId}`).buffer;
}

async function keyPair(secret: Buffer, { tenderId, closesAt }: TenderKey): Promise<CryptoKeyPair> {
  const purpose = `shixun tender bids\n${tenderId}\n${closesAt.toISOString()}`;
  return suite().kem.deriveKeyPair(hkdfSync('sha256', secret, '', purpose, secretBytes));
}
