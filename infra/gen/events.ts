/** docs/reference/events.md and asyncapi.yaml: what each service tells, on which topic, and who hears it. */
import { join } from 'node:path';
import {
  type AnyEventContract,
  allEvents,
  dataSchemaOf,
  type Owner,
  owners,
} from '@shixun/contracts';
import type { Service } from '@shixun/runtime';
import { stringify } from 'yaml';
import { asyncApi } from './asyncapi.ts';
import type { Generator } from './generator.ts';
import { codes, generatedNote, table } from './markdown.ts';

const root = join(import.meta.dirname, '..', '..');

/** Which services hear an event of that type. */
export type Hearers = ReadonlyMap<string, readonly Owner[]>;

export const events: Generator = {
  name: 'events',
  async run() {
    const hearers = await readHearers();
    return new Map([
      ['docs/reference/asyncapi.yaml', stringify(asyncApi(allEvents, hearers), { lineWidth: 110 })],
      ['docs/reference/events.md', page(allEvents, hearers)],
    ]);
  },
};

/** Asks every service which events it handles. */
async function readHearers(): Promise<Hearers> {
  const hearers = new Map<string, Owner[]>();
  for (const owner of owners) {
    const app = join(root, 'services', owner, 'src', 'app.ts');
    const { service }: { service: Service } = await import(app);
    for (const type of new Set(service.allHandlers.map(({ contract }) => contract.type))) {
      hearers.set(type, [...(hearers.get(type) ?? []), owner]);
    }
  }
  return hearers;
}

function page(contracts: readonly AnyEventContract[], hearers: Hearers): string {
  return [
    '# 事件 Events\n',
    generatedNote,
    'CloudEvents 1.0（结构化 JSON）经 Kafka 传递；消息键即 `subject`，同一 `subject` 的事件按 `sequence` 有序。事件不含姓名、证件号码等个人信息。机器可读：`asyncapi.yaml`、`packages/contracts/generated`。 CloudEvents 1.0 (structured JSON) on Kafka; the key is the `subject`, whose events are in order by `sequence`. No personal data.\n',
    ...owners.map((owner) => section(owner, contracts, hearers)),
    ...contracts.map((contract) => details(contract, hearers)),
  ].join('\n');
}

function section(owner: Owner, contracts: readonly AnyEventContract[], hearers: Hearers): string {
  const own = contracts.filter((contract) => contract.owner === owner);
  const rows = own.map((contract) => [
    `[\`${contract.type}\`](#${contract.type.replaceAll('.', '')})`,
    `\`${contract.topic}\`${contract.compacted ? ' (compacted)' : ''}`,
    codes(hearers.get(contract.type) ?? []),
    contract.description.zh,
  ]);
  return `## ${owner}\n\n${table(['事件 Event', '主题 Topic', '接收 Heard by', '说明'], rows)}`;
}

type Property = {
  readonly type?: string;
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly Property[];
};

function details(contract: AnyEventContract, hearers: Hearers): string {
  const properties = Object.entries(dataSchemaOf(contract).properties as object);
  const rows = properties.map(([name, property]: [string, Property]) => [
    `\`${name}\``,
    typeText(property),
    property.description ?? property.anyOf?.[0]?.description ?? '–',
  ]);
  return [
    `### ${contract.type}\n`,
    `${contract.description.zh} ${contract.description.en}\n`,
    `主题 topic \`${contract.topic}\` · 键 key \`${contract.subject}\` · 接收 heard by ${codes(hearers.get(contract.type) ?? [])}\n`,
    table(['字段 Field', '类型 Type', '含义 Meaning'], rows),
    `\`\`\`json\n${JSON.stringify(contract.example, null, 2)}\n\`\`\`\n`,
  ].join('\n');
}

function typeText(property: Property): string {
  if (property.enum !== undefined) return property.enum.map((value) => `\`${value}\``).join(' ');
  if (property.anyOf !== undefined) return property.anyOf.map(typeText).join(' or ');
  return property.type ?? 'any';
}
