import type { Instant } from '@shixun/kernel';
import { type AskedLink, signedLinks } from '@shixun/runtime';

const minutes = 60_000;
const validMs = { file: 30 * minutes, content: 10 * minutes } as const;
/** `file` brings it, `content` fetches it. */
export type UploadLink = keyof typeof validMs;

/** Links to uploads, below the gateway's address. */
export function uploadLinks(personalDataKey: Buffer) {
  const links = signedLinks(personalDataKey, { service: 'courses', links: 'upload-links' });
  return {
    make: (what: UploadLink, uploadId: string, now: Instant) => {
      const query = links.queryFor(`${what}/${uploadId}`, { validMs: validMs[what], now });
      return `/uploads/${uploadId}/${what}?${query}`;
    },
    holds: (what: UploadLink, uploadId: string, asked: AskedLink) =>
      links.holds(`${what}/${uploadId}`, asked),
  };
}
