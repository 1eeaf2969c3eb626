/** Links to a file: who has one may do the one thing it is for, for some minutes; so no token lies in an address. */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Instant } from '@shixun/kernel';

export type AskedLink = {
  readonly until?: string | undefined;
  readonly signature?: string | undefined;
  readonly now: Instant;
};

export type SignedLinks = {
  /** The query of a link that is for this, and holds for so long. */
  readonly queryFor: (
    what: string,
    holds: { readonly validMs: number; readonly now: Instant },
  ) => string;
  /** True when the link was made here, for this, and its time is not over. */
  readonly holds: (what: string, asked: AskedLink) => boolean;
};

/** `purpose` is the service and what its links are about: links of one purpose are worth nothing for another. */
export function signedLinks(
  personalDataKey: Buffer,
  purpose: { readonly service: string; readonly links: string },
): SignedLinks {
  const secret = personalDataKey.subarray(0, 32);
  const salt = `shixun-${purpose.service}`;
  const key = Buffer.from(hkdfSync('sha256', secret, salt, purpose.links, 32));
  const sign = (what: string, until: string) =>
    createHmac('sha256', key).update(`${what}/${until}`).digest();
  return {
    queryFor: (what, { validMs, now }) => {
      const until = String(Math.floor((now.getTime() + validMs) / 1000));
      return `until=${until}&signature=${sign(what, until).toString('base64url')}`;
    },
    holds: (what, { until = '', signature = '', now }) => {
      const given = Buffer.from(signature, 'base64url');
      const wanted = sign(what, until);
      const genuine = given.length === wanted.length && timingSafeEqual(given, wanted);
      return genuine && Number(until) * 1000 >= now.getTime();
    },
  };
}
