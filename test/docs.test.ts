/** What the documents say exists: commands, links, paths; and the two READMEs tell the same. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse, validate } from 'graphql';
import { clientSchema } from './composition/graph.ts';

const root = join(import.meta.dirname, '..');
const documents = globSync(
  ['*.md', 'docs/**/*.md', '{services,packages,infra,gateway,test,k8s}/**/*.md'],
  {
    cwd: root,
    exclude: ['**/node_modules/**', 'docs/reference/**'],
  },
).sort();

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const withoutCode = (text: string) => text.replaceAll(/^ *```[\s\S]*?^ *```/gm, '');
const spans = (text: string) =>
  [...withoutCode(text).matchAll(/`([^`\n]+)`/g)].map(([, span]) => span ?? '');

/** The scripts of a workspace's package.json; of the root's without one. */
function scriptsOf(workspace: string | undefined): readonly string[] {
  const file = join(workspace ?? '.', 'package.json');
  if (!existsSync(join(root, file))) return [];
  const { scripts = {} } = JSON.parse(read(file)) as { scripts?: Record<string, string> };
  return Object.keys(scripts);
}

/** `npm start -w services/courses`, `npm run rules -- --require=CRS`: the script and the workspace it belongs to. */
function commandsIn(text: string) {
  const flat = text.replaceAll(/\s*\n\s*/g, ' ');
  const named = /\bnpm (?:run ([a-z][\w:-]*)|(start|test))\b(?: -w ([\w/@-]+))?/g;
  return [...flat.matchAll(named)].map(([whole, run, short, workspace]) => ({
    whole,
    script: run ?? short ?? '',
    workspace,
  }));
}

/** Targets of links that are files of ours. */
function linksIn(text: string): readonly string[] {
  return [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target]) => target ?? '')
    .filter((target) => !/^([a-z]+:|#)/.test(target))
    .map((target) => target.replace(/#.*$/, ''));
}

const topFolders = /^(?:packages|services|gateway|infra|docs|test|k8s|\.ci)\//;

/** Paths from the root that a document names as code. Patterns and placeholders are no paths. */
function pathsIn(text: string): readonly string[] {
  return spans(text).filter((span) => topFolders.test(span) && !/[\s*{<…]/.test(span));
}

/** What a document has its reader create. */
const yetToBeWritten = [
  'infra/.env',
  'gateway/operations/CloseMenu.graphql',
  'packages/contracts/src/courses/menu.ts',
];

describe.each(documents)('%s', (document) => {
  const text = read(document);

  test('names npm scripts that exist', () => {
    const unknown = commandsIn(text).filter(
      ({ script, workspace }) => !scriptsOf(workspace).includes(script),
    );
    expect(unknown.map(({ whole }) => whole)).toEqual([]);
  });

  test('links to files that exist', () => {
    const folder = dirname(document);
    expect(linksIn(text).filter((link) => !existsSync(join(root, folder, link)))).toEqual([]);
  });

  test('names paths that exist', () => {
    const missing = pathsIn(text).filter((path) => !existsSync(join(root, path)));
    expect(missing.filter((path) => !yetToBeWritten.includes(path))).toEqual([]);
  });
});

describe('ARCHITECTURE.md', () => {
  test('follows the journey through files that exist, however short it names them', () => {
    const everyFile = globSync('{packages,services,gateway,test}/**/*.{ts,graphql}', {
      cwd: root,
      exclude: ['**/node_modules/**'],
    });
    const [, journey = ''] = read('ARCHITECTURE.md').split(/^## One command.*$/m);
    const named = spans(journey).filter((span) => /^[\w/-]+\.(ts|graphql)$/.test(span));
    expect(named.length).toBeGreaterThan(20);
    expect(
      named.filter((name) => !everyFile.some((file) => `/${file}`.endsWith(`/${name}`))),
    ).toEqual([]);
  });
});

/** Queries that a document has its reader paste. */
const queriesIn = (text: string) =>
  [...text.matchAll(/^ *```graphql\n([\s\S]*?)^ *```/gm)].map(([, query]) => query ?? '');

test('what documents show to be asked fits the schema', () => {
  const schema = clientSchema();
  const shown = documents.flatMap((document) => queriesIn(read(document)));
  expect(shown.length).toBeGreaterThan(4);
  const faults = shown.flatMap((query) => validate(schema, parse(query)));
  expect(faults.map(({ message }) => message)).toEqual([]);
});

describe('the two READMEs', () => {
  const english = read('README.md');
  const chinese = read('README.zh-CN.md');

  test('have the same headings, by level', () => {
    const levels = (text: string) =>
      [...withoutCode(text).matchAll(/^(#+) /gm)].map(([, marks]) => marks);
    expect(levels(chinese)).toEqual(levels(english));
  });

  test('have the same commands in their code blocks', () => {
    const blocks = (text: string) =>
      [...text.matchAll(/^ *```\w*\n([\s\S]*?)^ *```/gm)].map(([, block]) =>
        (block ?? '').replaceAll(/<[^>]*>/g, '<>'),
      );
    expect(blocks(chinese)).toEqual(blocks(english));
  });

  test('lead to the same places', () => {
    const others = (text: string) => linksIn(text).filter((link) => !link.startsWith('README.'));
    expect(others(chinese)).toEqual(others(english));
  });
});

describe('the reading of documents itself', () => {
  test('sees a command, its workspace, and one that a line break divides', () => {
    const seen = commandsIn(
      '`npm start`, `npm run\nledger -w services/credits`, `npm test -- x`, npm install',
    );
    expect(seen.map(({ script, workspace }) => [script, workspace])).toEqual([
      ['start', undefined],
      ['ledger', 'services/credits'],
      ['test', undefined],
    ]);
  });

  test('sees links of ours and paths, not addresses and patterns', () => {
    expect(linksIn('[a](b.md#c) [d](https://e.f) [g](#h)\n```\n[i](j.md)\n```')).toEqual(['b.md']);
    expect(pathsIn('`services/x.ts` `services/*/y.ts` `services/<s>/z.ts` `z.ts`')).toEqual([
      'services/x.ts',
    ]);
  });
});
