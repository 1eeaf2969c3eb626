/**
 * The bidder's side of a sealed bid: everything here runs where the bidder is. The demo and the tests use it as it
 * stands; a portal ports it (HPKE, RFC 9180: X25519, HKDF-SHA256, AES-256-GCM; base64url of `enc` and ciphertext).
 *
 *   const sealedBid = await sealedBidOf(tender, institutionId, { price: '120000.00', proposal, trainerIds });
 *   submitBid({ tenderId, institutionId, sealedBid })
 */
import { sealBid } from './sealing.ts';

/** What the announcement publishes. */
export type PublishedTender = { readonly id: string; readonly bidKey: string };

/** What a bid says: price in CNY with at most two decimals, proposal without the bidder's name, team. */
export type BidWords = {
  readonly price: string;
  readonly proposal: string;
  readonly trainerIds: readonly string[];
};

export async function sealedBidOf(
  { id: tenderId, bidKey }: PublishedTender,
  institutionId: string,
  { price, proposal, trainerIds }: BidWords,
): Promise<string> {
  return sealBid(
    bidKey,
    { tenderId, institutionId },
    JSON.stringify({ price, proposal, trainerIds }),
  );
}
