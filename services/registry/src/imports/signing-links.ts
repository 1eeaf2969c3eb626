/** Links to the files of an import: one to bring the file, one to fetch the result. */
import type { Instant } from '@shixun/kernel';
import { type AskedLink, signedLinks } from '@shixun/runtime';

export type LinkFor = 'upload' | 'result';

const minutes = 60_000;
/** An upload on a slow line begins within this; it may last longer. */
const validMs: Readonly<Record<LinkFor, number>> = { upload: 30 * minutes, result: 10 * minutes };

export type Links = {
  readonly make: (what: LinkFor, importId: string, now: Instant) => string;
  /** True when the link was made here, for this, and its time is not over. */
  readonly holds: (what: LinkFor, importId: string, asked: AskedLink) => boolean;
};

const paths: Readonly<Record<LinkFor, string>> = { upload: 'file', result: 'result' };

/** Paths below the gateway's address. */
export function linksWith(personalDataKey: Buffer): Links {
  const links = signedLinks(personalDataKey, { service: 'registry', links: 'import-links' });
  return {
    make: (what, importId, now) => {
      const query = links.queryFor(`${what}/${importId}`, { validMs: validMs[what], now });
      return `/imports/${importId}/${paths[what]}?${query}`;
    },
    holds: (what, importId, asked) => links.holds(`${what}/${importId}`, asked),
  };
}
