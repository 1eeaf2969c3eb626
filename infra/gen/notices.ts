/** docs/reference/notices.md: every notice of every service, with its heading and text. */
import { globSync } from 'node:fs';
import { join } from 'node:path';
import type { NoticeCode } from '@shixun/kernel';
import type { Generator } from './generator.ts';
import { generatedNote, table } from './markdown.ts';

const root = join(import.meta.dirname, '..', '..');

/** The notices of one capability. */
export type NoticeSource = { readonly path: string; readonly codes: readonly NoticeCode[] };

export const notices: Generator = {
  name: 'notices',
  run: async () => new Map([['docs/reference/notices.md', page(await collectNotices(root))]]),
};

/** Imports every `notices.ts` of every service and takes what `defineNotices` made there. */
export async function collectNotices(folder: string): Promise<readonly NoticeSource[]> {
  const files = globSync('services/*/src/**/notices.ts', { cwd: folder }).sort();
  return Promise.all(
    files.map(async (path) => {
      const module: Record<string, unknown> = await import(join(folder, path));
      return { path, codes: Object.values(module).flatMap(noticesIn) };
    }),
  );
}

function noticesIn(value: unknown): NoticeCode[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value)
    .filter(([name, code]) => isNotice(code) && code.name === name)
    .map(([, code]) => code as NoticeCode);
}

function isNotice(value: unknown): value is NoticeCode {
  return typeof value === 'object' && value !== null && 'title' in value && 'name' in value;
}

function page(sources: readonly NoticeSource[]): string {
  return [
    '# 通知 Notices\n',
    generatedNote,
    '规则要求告知的事项。`{…}` 由事实替换；不含个人信息。 What the rules have somebody told; `{…}` is replaced by the fact, never by personal data.\n',
    ...sources.flatMap(({ path, codes }) => [
      `## ${path.split('/').slice(1, -1).join('/').replace('/src', '')}\n`,
      `\`${path}\`\n`,
      table(
        ['代码 Code', '规则 Rule', '标题 Heading', '内容', 'Text'],
        codes.map(({ name, rule, title, zh, en }) => [
          `\`${name}\``,
          rule,
          `${title.zh} ${title.en}`,
          zh,
          en,
        ]),
      ),
    ]),
  ].join('\n');
}
