/** Links to a file: who has one may do the one thing it is for, for a few minutes; so no token lies in an address. */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Instant } from '@shixun/kernel';

export type LinkFor = 'upload' | 'result';

const minutes = 60_000;
/** An upload on a slow line begins within this; it may last longer. */
const validMs: Readonly<Record<LinkFor, number>> = { upload: 30 * minutes, result: 10 * minutes };

export type Links = {
  readonly make: (what: LinkFor, importId: string, now: Instant) => string;
  /** True when the link was made here, for this, and its time is not over. */
  readonly holds: (what: LinkFor, importId: string, asked: AskedLink) => boolean;
};

export type AskedLink = {
  readonly until?: string | undefined;
  readonly signature?: string | undefined;
  readonly now: Instant;
};

const paths: Readonly<Record<LinkFor, string>> = { upload: 'file', result: 'result' };

/** Paths below the gateway's address. */
export function linksWith(personalDataKey: Buffer): Links {
  const secret = personalDataKey.subarray(0, 32);
  const key = Buffer.from(hkdfSync('sha256', secret, 'shixun-registry', 'import-links', 32));
  const sign = (what: LinkFor, importId: string, until: string) =>
    createHmac('sha256', key).update(`${what}/${importId}/${until}`).digest();
  return {
    make: (what, importId, now) => {
      const until = String(Math.floor((now.getTime() + validMs[what]) / 1000));
      const signature = sign(what, importId, until).toString('base64url');
      return `/imports/${importId}/${paths[what]}?until=${until}&signature=${signature}`;
    },
    holds: (what, importId, { until = '', signature = '', now }) => {
      const given = Buffer.from(signature, 'base64url');
      const wanted = sign(what, importId, until);
      const genuine = given.length === wanted.length && timingSafeEqual(given, wanted);
      return genuine && Number(until) * 1000 >= now.getTime();
    },
  };
}
