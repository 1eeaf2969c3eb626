/**
 * docs/reference/rule-coverage.md: rule → files that name it → tests whose title names it. `npm run rules` prints
 * what is not yet proved; with --require=REG,CRS it fails when such an area has a rule without a test.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Rule, ruleByNumber, rules } from '@shixun/kernel';
import { Command } from 'commander';
import ts from 'typescript';
import type { Generator } from './generator.ts';
import { codes, generatedNote, table } from './markdown.ts';

const root = join(import.meta.dirname, '..', '..');
const ruleName = /\b[A-Z]{3}-\d{2}\b/g;

/** What one rule rests on. */
export type RuleCoverage = {
  readonly rule: Rule;
  /** Files of the sources that name it: refusals, decisions, handlers. */
  readonly files: readonly string[];
  /** Test files with a title that names it. */
  readonly tests: readonly string[];
};

export const ruleCoverage: Generator = {
  name: 'rule-coverage',
  run: async () => new Map([['docs/reference/rule-coverage.md', page(readCoverage(root))]]),
};

/** Reads the sources and the tests of the project in the folder. */
export function readCoverage(folder: string): readonly RuleCoverage[] {
  const all = globSync(
    [
      'services/*/src/**/*.ts',
      'packages/*/src/**/*.ts',
      'gateway/**/*.ts',
      'infra/**/*.ts',
      'test/**/*.ts',
    ],
    { cwd: folder, exclude: ['**/node_modules/**'] },
  ).sort();
  const isTest = (path: string) => path.endsWith('.test.ts');
  const isCatalogue = (path: string) =>
    /^packages\/(contracts|kernel\/src\/(rules|policy))\//.test(path);
  const read = (path: string) => readFileSync(join(folder, path), 'utf8');
  const named = new Map(
    all
      .filter((path) => !isTest(path) && !isCatalogue(path) && !path.startsWith('test/'))
      .map((path) => [path, rulesIn(read(path))]),
  );
  const proved = new Map(
    all.filter(isTest).map((path) => [path, rulesIn(titlesOf(read(path)).join('\n'))]),
  );
  return rules.map((rule) => ({
    rule,
    files: pathsWith(named, rule.number),
    tests: pathsWith(proved, rule.number),
  }));
}

/** The titles of the tests and their groups in a source text. */
export function titlesOf(source: string): readonly string[] {
  const titles: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && /^(test|it|describe)\b/.test(node.expression.getText(file))) {
      const [title] = node.arguments;
      if (title !== undefined && ts.isStringLiteralLike(title)) titles.push(title.text);
      if (title !== undefined && ts.isTemplateExpression(title)) titles.push(templateText(title));
    }
    ts.forEachChild(node, visit);
  };
  const file = ts.createSourceFile('test.ts', source, ts.ScriptTarget.Latest);
  visit(file);
  return titles;
}

/** `CRS-12: ${x} plain` → CRS-12: … plain. */
function templateText({ head, templateSpans }: ts.TemplateExpression): string {
  return [head.text, ...templateSpans.map(({ literal }) => literal.text)].join('…');
}

/** Numbers in a text that are rules of the catalogue. */
function rulesIn(text: string): ReadonlySet<string> {
  return new Set((text.match(ruleName) ?? []).filter((name) => ruleByNumber(name) !== undefined));
}

function pathsWith(found: ReadonlyMap<string, ReadonlySet<string>>, number: string): string[] {
  return [...found].filter(([, numbers]) => numbers.has(number)).map(([path]) => path);
}

function page(coverage: readonly RuleCoverage[]): string {
  const without = coverage.filter(({ tests }) => tests.length === 0);
  return [
    '# 规则与测试 Rules and the tests that prove them\n',
    generatedNote,
    `${coverage.length - without.length} / ${coverage.length} 条规则有测试以其编号为名；有名不等于已证全部，须读测试。 rules are named by the title of a test; a name is a claim, so read the test.\n`,
    '## 尚无测试 Without a test\n',
    without.length === 0
      ? '无。 None.\n'
      : table(
          ['规则 Rule', '内容', 'Title', '提及的文件 Named in'],
          without.map(({ rule, files }) => [
            rule.number,
            rule.title.zh,
            rule.title.en,
            codes(files),
          ]),
        ),
    '## 全部 All rules\n',
    table(
      ['规则 Rule', '内容 Title', '实现 Named in', '测试 Proved by'],
      coverage.map(({ rule, files, tests }) => [
        rule.number,
        `${rule.title.zh} ${rule.title.en}`,
        codes(files),
        codes(tests),
      ]),
    ),
  ].join('\n');
}

/** The rules of the areas that no test names. */
export function unproved(
  coverage: readonly RuleCoverage[],
  areas: readonly string[],
): readonly Rule[] {
  return coverage
    .filter(({ rule, tests }) => areas.includes(rule.area) && tests.length === 0)
    .map(({ rule }) => rule);
}

function main(): number {
  const program = new Command('npm run rules --')
    .description('Says which rules of the catalogue a test names, and which none does.')
    .option(
      '--require <areas>',
      'fail when one of these areas (REG,CRS,…) has a rule that no test names',
    )
    .parse();
  const required = program.opts<{ require?: string }>().require?.split(',') ?? [];
  const coverage = readCoverage(root);
  const areas = [...new Set(rules.map(({ area }) => area))];
  const unknown = required.filter((area) => !areas.some((known) => known === area));
  if (unknown.length > 0) {
    console.error(`No such area: ${unknown.join(', ')}. There are ${areas.join(', ')}.`);
    return 2;
  }
  for (const area of areas) {
    const missing = unproved(coverage, [area]);
    const total = rules.filter((rule) => rule.area === area).length;
    console.log(`${area}  ${total - missing.length}/${total} named by a test`);
    for (const rule of missing) {
      console.log(`  ${rule.number}  ${rule.title.zh}  ${rule.title.en}`);
    }
  }
  const missing = unproved(coverage, required);
  if (missing.length === 0) return 0;
  console.error(`Required and named by no test: ${missing.map(({ number }) => number).join(', ')}`);
  return 1;
}

if (import.meta.main) process.exitCode = main();
