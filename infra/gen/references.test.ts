import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { rules } from '@shixun/kernel';
import { z } from 'zod';
import { variables } from './environment.ts';
import { collectRefusals } from './errors.ts';
import { table } from './markdown.ts';
import { readCoverage, titlesOf, unproved } from './rule-coverage.ts';
import { rules as rulesPage } from './rules.ts';

describe('the reference of rules', () => {
  test('has a row for every rule', async () => {
    const page = (await rulesPage.run()).get('docs/reference/rules.md') ?? '';
    for (const { number, title, text } of rules) {
      const row = page.split('\n').find((line) => line.startsWith(`| **${number}**`));
      expect(row).toContain(title.zh);
      expect(row).toContain(text.en);
    }
  });
});

describe('which rule is named where', () => {
  test('finds titles of tests and groups, plain, templated and tabled, and nothing in their bodies', () => {
    const source = `
      describe('CRS-11: group', () => {
        test(\`CRS-12: \${x} plain\`, () => { expect('CRS-13').toBe('CRS-13'); });
        test.each([['CRS-14']])('CRS-15: %s', () => {});
        // test('CRS-16: commented out', () => {});
        it.only("CRS-17", () => {});
      });`;
    expect(titlesOf(source)).toEqual(['CRS-11: group', 'CRS-12: … plain', 'CRS-15: %s', 'CRS-17']);
  });

  test('tells apart rules with a test, rules only named, and rules that nobody names', async () => {
    const folder = await folderWith({
      'services/courses/src/plans/refusals.ts':
        "codes = { A: { rule: 'CRS-11' } }; // CRS-14 XYZ-01",
      'services/courses/src/plans/check.test.ts': "test('CRS-11: half is enough', () => {});",
      'packages/kernel/src/rules/crs.ts': "export const all = ['CRS-15'];",
    });
    try {
      const coverage = readCoverage(folder);
      const of = (number: string) => coverage.find(({ rule }) => rule.number === number);
      expect(of('CRS-11')?.files).toEqual(['services/courses/src/plans/refusals.ts']);
      expect(of('CRS-11')?.tests).toEqual(['services/courses/src/plans/check.test.ts']);
      expect(of('CRS-14')?.files).toHaveLength(1);
      expect(of('CRS-15')?.files).toEqual([]);
      const missing = unproved(coverage, ['CRS']).map(({ number }) => number);
      expect(missing).toContain('CRS-14');
      expect(missing).not.toContain('CRS-11');
      expect(unproved(coverage, ['GOV']).every(({ area }) => area === 'GOV')).toBe(true);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

describe('the reference of refusals', () => {
  test('collects the refusals of every capability in their order of checking, and nothing else', async () => {
    const folder = await folderWith({
      'services/courses/src/plans/refusals.ts': `
        const code = (name) => ({ name, rule: null, zh: '中', en: 'e' });
        export const codes = { B: code('B'), A: code('A') };
        export const limit = { zh: 3 };
        export function words() {}`,
      'services/courses/src/plans/plan.ts': 'export const codes = {};',
    });
    try {
      const found = await collectRefusals(folder);
      expect(found.map(({ path }) => path)).toEqual(['services/courses/src/plans/refusals.ts']);
      expect(found.flatMap(({ codes }) => codes.map(({ name }) => name))).toEqual(['B', 'A']);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  test('GOV-01: every refusal speaks Chinese and English with the same figures', async () => {
    const sources = await collectRefusals(join(import.meta.dirname, '..', '..'));
    // A figure that is itself words comes in both languages: nameZh and nameEn are one figure.
    const figures = (text: string) =>
      [...new Set([...text.matchAll(/\{(\w+?)(?:Zh|En)?\}/g)].map(([, name]) => name))]
        .sort()
        .join();
    const differing: string[] = [];
    for (const { path, codes } of sources) {
      for (const { name, zh, en } of codes) {
        expect([path, name, zh]).toEqual([path, name, expect.stringMatching(/\p{Script=Han}/u)]);
        expect([path, name, en]).toEqual([
          path,
          name,
          expect.stringMatching(/^[^\p{Script=Han}]+$/u),
        ]);
        if (figures(zh) !== figures(en)) differing.push(`${path} ${name}`);
      }
    }
    expect(differing).toEqual([]);
  });
});

test('the reference of the environment says what is required, what is the default and which values there are', () => {
  const schema = z.object({
    PORT: z.coerce.number().describe('where | to listen'),
    MODE: z.enum(['a', 'b']).default('a').describe('how'),
  });
  expect(variables(schema).split('\n').slice(2, 4)).toEqual([
    '| `PORT` | 必填 required | – | where \\| to listen |',
    '| `MODE` | `a` | `a` `b` | how |',
  ]);
});

test('a table is not broken by what its cells say', () => {
  expect(table(['A'], [['x | y\nz']])).toBe('| A |\n| --- |\n| x \\| y<br>z |\n');
});

async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'shixun-references-'));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return folder;
}
