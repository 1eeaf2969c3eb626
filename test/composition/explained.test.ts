/** Nothing is refused or told in half a sentence: every code of every service, and every place that speaks it. */
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { common, explain, policyRefusals, type RefusalCode, ruleByNumber } from '@shixun/kernel';
import { collectRefusals } from '../../infra/gen/errors.ts';
import { collectNotices } from '../../infra/gen/notices.ts';
import { readSpoken, type Spoken } from '../../infra/gen/spoken.ts';

const root = join(import.meta.dirname, '..', '..');

type Text = { readonly place: string; readonly zh: string; readonly en: string };
const refusals: (RefusalCode & { readonly place: string })[] = [];
const notices: (Text & { readonly name: string; readonly rule: string; readonly title: object })[] =
  [];
let spoken: readonly Spoken[] = [];

beforeAll(async () => {
  const shared = [
    { path: 'packages/kernel/src/refusal.ts', codes: Object.values(common) },
    { path: 'packages/kernel/src/policy/faults.ts', codes: Object.values(policyRefusals) },
  ];
  for (const { path, codes } of [...shared, ...(await collectRefusals(root))]) {
    const place = path.slice(path.search(/(services|packages)\//));
    for (const code of codes) refusals.push({ ...code, place });
  }
  for (const { path, codes } of await collectNotices(root)) {
    for (const code of codes) notices.push({ ...code, place: path });
  }
  spoken = readSpoken(root);
}, 120_000);

/** The names in braces; `reason` may be given in both languages as `reason` and `reasonZh`. */
const named = (...texts: readonly string[]) => [
  ...new Set(texts.flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))),
];

function unspoken(kind: Spoken['kind'], texts: readonly (Text & { readonly name: string })[]) {
  const byCode = new Map(texts.map((text) => [`${text.place} ${text.name}`, text]));
  return spoken
    .filter((each) => each.kind === kind)
    .flatMap(({ place, codes, figures }) =>
      codes.flatMap(({ file, name }) => {
        const text = byCode.get(`${file} ${name}`);
        if (text === undefined) return [`${place} speaks ${name}, which no reference lists`];
        const missing = named(text.zh, text.en).filter((each) => !figures?.includes(each ?? ''));
        return missing.length === 0 ? [] : [`${place} ${name} lacks ${missing.join(', ')}`];
      }),
    );
}

describe('GOV-01: every refusal of every service is explained', () => {
  test('GOV-01: its rule stands in the catalogue, and the clause goes with it to the client', () => {
    expect(refusals.length).toBeGreaterThan(200);
    for (const code of refusals) {
      const rule = code.rule === null ? null : ruleByNumber(code.rule);
      expect([code.place, code.name, rule]).not.toContain(undefined);
      const refusal = explain({ code, path: ['here'], figures: { required: 1, actual: 2 } }, 'p@1');
      expect(refusal).toMatchObject({
        rule: code.rule,
        code: code.name,
        path: ['here'],
        required: '1',
        actual: '2',
        source: rule?.source ?? null,
        policyVersion: rule ? 'p@1' : null,
      });
    }
  });

  test('GOV-01: wherever it is given, with a path, the figures of its sentence are given too', () => {
    const given = spoken.filter(({ kind }) => kind === 'refusal');
    expect(given.length).toBeGreaterThan(200);
    expect(unspoken('refusal', refusals)).toEqual([]);
  });

  test('GOV-01: a name means one thing in one service', () => {
    const seen = new Map<string, string>();
    for (const { place, name, zh } of refusals) {
      const key = `${place.split('/')[1]} ${name}`;
      expect([key, seen.get(key) ?? zh]).toEqual([key, zh]);
      seen.set(key, zh);
    }
  });
});

describe('GOV-04: every notice of every service is in Chinese and English', () => {
  test('GOV-04: with a rule, a heading and the same facts in both languages', () => {
    expect(notices.length).toBeGreaterThan(0);
    const han = /\p{Script=Han}/u;
    for (const { place, name, rule, title, zh, en } of notices) {
      const where = `${place} ${name}`;
      expect([where, ruleByNumber(rule)?.number]).toEqual([where, rule]);
      expect([where, title]).toEqual([
        where,
        { zh: expect.stringMatching(han), en: expect.stringMatching(/^[^\p{Script=Han}]+$/u) },
      ]);
      expect([where, han.test(zh), han.test(en)]).toEqual([where, true, false]);
      // A fact that is itself words comes in both languages: wordZh and wordEn are one fact.
      const facts = (text: string) =>
        named(text)
          .map((fact) => fact?.replace(/(Zh|En)$/, ''))
          .sort();
      expect([where, facts(zh)]).toEqual([where, facts(en)]);
    }
  });

  test('GOV-04: wherever it is told, the facts of its sentence are given', () => {
    expect(unspoken('notice', notices)).toEqual([]);
  });

  test('GOV-04: a code is one notice, whichever service tells it', () => {
    const names = notices.map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
});
