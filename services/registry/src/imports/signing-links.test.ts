import { expect, test } from '@jest/globals';
import { linksWith } from './signing-links.ts';

const links = linksWith(Buffer.alloc(32, 7));
const now = new Date('2026-09-01T00:00:00Z');
const asked = (path: string, at: Date = now) => {
  const query = new URL(path, 'http://gateway').searchParams;
  return { until: query.get('until') ?? '', signature: query.get('signature') ?? '', now: at };
};
const after = (seconds: number) => new Date(now.getTime() + seconds * 1000);

test('GOV-03: a link to a result holds for ten minutes and not a second longer', () => {
  const link = links.make('result', 'imp_1', now);
  expect(links.holds('result', 'imp_1', asked(link, after(600)))).toBe(true);
  expect(links.holds('result', 'imp_1', asked(link, after(601)))).toBe(false);
});

test('GOV-03: a link is for one thing of one import, and nobody else can make or prolong one', () => {
  const link = links.make('upload', 'imp_1', now);
  expect(links.holds('upload', 'imp_1', asked(link))).toBe(true);
  expect(links.holds('result', 'imp_1', asked(link))).toBe(false);
  expect(links.holds('upload', 'imp_2', asked(link))).toBe(false);
  expect(links.holds('upload', 'imp_1', { ...asked(link), until: '9999999999' })).toBe(false);
  expect(links.holds('upload', 'imp_1', { now })).toBe(false);
  expect(linksWith(Buffer.alloc(32, 8)).holds('upload', 'imp_1', asked(link))).toBe(false);
});
