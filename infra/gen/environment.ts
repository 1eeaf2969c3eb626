/** docs/reference/environment.md: every environment variable, read from the schemas that check them. */
import { join } from 'node:path';
import { gatewayEnvironment } from '@shixun/gateway/config';
import { serviceEnvironment } from '@shixun/runtime';
import { z } from 'zod';
import type { Generator } from './generator.ts';
import { generatedNote, table } from './markdown.ts';

const root = join(import.meta.dirname, '..', '..');

export const environment: Generator = {
  name: 'environment',
  run: async () => new Map([['docs/reference/environment.md', page()]]),
};

function page(): string {
  return [
    '# 环境变量 Environment\n',
    generatedNote,
    '配置只来自环境变量；启动时一次列出全部问题。 Configuration comes from the environment only; a start lists every problem at once. `npm start` sets all of them itself.\n',
    '## 服务 Services (registry, courses, credits, evaluation)\n',
    variables(serviceEnvironment),
    '## 网关 Gateway\n',
    variables(gatewayEnvironment),
  ].join('\n');
}

type Variable = {
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly type?: string;
};

/** One row per variable of an environment schema. */
export function variables(schema: z.ZodType): string {
  const described = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  const required = new Set(described.required ?? []);
  const rows = Object.entries(described.properties ?? {}).map(([name, property]) => {
    const { description, default: fallback, enum: values } = property as Variable;
    return [
      `\`${name}\``,
      required.has(name) ? '必填 required' : written(fallback),
      values === undefined ? '–' : values.map((value) => `\`${value}\``).join(' '),
      description ?? '–',
    ];
  });
  return table(['变量 Variable', '默认 Default', '取值 Values', '含义 Meaning'], rows);
}

function written(fallback: unknown): string {
  if (fallback === undefined || fallback === '') return '–';
  return `\`${String(fallback).replace(`${root}/`, '')}\``;
}
