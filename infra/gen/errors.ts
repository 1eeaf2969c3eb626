/** docs/reference/errors.md: every refusal of every service, in the order in which it is checked. */
import { globSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { common, policyRefusals, type RefusalCode, ruleByNumber } from '@shixun/kernel';
import type { Generator } from './generator.ts';
import { generatedNote, table } from './markdown.ts';

const root = join(import.meta.dirname, '..', '..');

/** The refusals of one capability: where they are written, and each in its order of checking. */
export type RefusalSource = { readonly path: string; readonly codes: readonly RefusalCode[] };

export const errors: Generator = {
  name: 'errors',
  run: async () => new Map([['docs/reference/errors.md', page(await collectRefusals(root))]]),
};

/** Imports every `refusals.ts` of every service and takes what `defineRefusals` made there. */
export async function collectRefusals(folder: string): Promise<readonly RefusalSource[]> {
  const files = globSync('services/*/src/**/*refusals.ts', { cwd: folder }).sort();
  return Promise.all(
    files.map(async (file) => {
      const module: Record<string, unknown> = await import(join(folder, file));
      const codes = Object.values(module).flatMap(refusalsIn);
      return { path: relative('.', file).split(sep).join('/'), codes };
    }),
  );
}

function refusalsIn(value: unknown): RefusalCode[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value)
    .filter(([name, code]) => isRefusal(code) && code.name === name)
    .map(([, code]) => code as RefusalCode);
}

function isRefusal(value: unknown): value is RefusalCode {
  return typeof value === 'object' && value !== null && 'zh' in value && 'name' in value;
}

function page(sources: readonly RefusalSource[]): string {
  const services = new Map<string, RefusalSource[]>();
  for (const source of sources) {
    const service = source.path.split('/')[1] ?? '';
    services.set(service, [...(services.get(service) ?? []), source]);
  }
  return [
    '# 不予办理的理由 Refusals\n',
    generatedNote,
    '业务上的“不予办理”是数据：`refusals` 列出全部不符合的规则，按此处顺序检查。`{…}` 由实际数值替换。 A refusal is data: `refusals` lists everything that speaks against a command, checked in this order; `{…}` is replaced by the figure.\n',
    '## 通用 Every service\n',
    codeTable(Object.values(common)),
    '## 政策 Policy versions\n',
    codeTable(Object.values(policyRefusals)),
    ...[...services].flatMap(([service, parts]) => [
      `## ${service}\n`,
      ...parts.flatMap(({ path, codes }) => [
        `### ${path.split('/').slice(3, -1).join('/') || service}\n`,
        `\`${path}\`\n`,
        codeTable(codes),
      ]),
    ]),
  ].join('\n');
}

function codeTable(codes: readonly RefusalCode[]): string {
  return table(
    ['代码 Code', '规则 Rule', '依据 Source', '说明', 'Message'],
    codes.map(({ name, rule, zh, en }) => [
      `\`${name}\``,
      rule ?? '–',
      (rule === null ? null : ruleByNumber(rule)?.source) ?? '–',
      zh,
      en,
    ]),
  );
}
