import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readDocument } from './document.ts';
import {
  coverageOf,
  type PublishStandard,
  publishStandards,
  type Standard,
  standardsOn,
  topicFaults,
} from './standard.ts';

const topic = (code: string) => ({ code, titleZh: code, titleEn: code });
const first: Standard = {
  code: 'junior-chinese',
  version: 1,
  titleZh: '初中语文',
  titleEn: 'Junior Chinese',
  stage: 'junior',
  subject: 'chinese',
  effectiveFrom: '2026-01-01',
  topics: [topic('reading'), topic('writing')],
};
const second: Standard = {
  ...first,
  version: 2,
  effectiveFrom: '2026-09-01',
  topics: [topic('reading'), topic('inquiry')],
};
const library = [second, first];
const serving = (...topics: string[]) => [
  {
    key: 'a',
    title: '阅读教学',
    topics: topics.map((topicCode) => ({ standardCode: 'junior-chinese', topicCode })),
  },
];
const faultsOf = (topics: string[], date: string) =>
  topicFaults(serving(...topics), library, date).map(({ code }) => code.name);

describe('CRS-20: versions of a standard succeed each other', () => {
  test('CRS-20: a version is in force from its first day until the next one’s', () => {
    const on = (date: string) => standardsOn(library, date).map(({ version }) => version);
    expect(['2025-12-31', '2026-01-01', '2026-08-31', '2026-09-01'].map(on)).toEqual([
      [],
      [1],
      [1],
      [2],
    ]);
  });

  test('CRS-20: a module names topics that are in force on the plan’s date, or none', () => {
    expect(faultsOf(['reading', 'writing'], '2026-08-31')).toEqual([]);
    expect(faultsOf(['reading', 'writing'], '2026-09-01')).toEqual([
      'CURRICULUM_TOPIC_NOT_IN_FORCE',
    ]);
    expect(faultsOf(['inquiry'], '2026-08-31')).toEqual(['CURRICULUM_TOPIC_NOT_IN_FORCE']);
    expect(faultsOf(['nothing'], '2026-09-01')).toEqual(['CURRICULUM_TOPIC_UNKNOWN']);
    expect(faultsOf([], '2026-09-01')).toEqual([]);
  });

  test('CRS-20: the next version begins after the last one and not in the past', () => {
    const give = (change: Partial<PublishStandard>, today = '2026-09-01') => {
      const { version: _version, ...standard } = { ...second, ...change };
      const decision = publishStandards([standard], { known: library, today });
      return decision.accepted
        ? decision.outcome.map(({ version }) => version)
        : decision.faults.map(({ code }) => code.name);
    };
    expect(give({ effectiveFrom: '2026-09-02' })).toEqual([3]);
    expect(give({ effectiveFrom: '2026-09-01' })).toEqual(['CURRICULUM_STANDARD_NOT_LATER']);
    expect(give({ effectiveFrom: '2026-09-02' }, '2026-09-03')).toEqual([
      'CURRICULUM_STANDARD_IN_THE_PAST',
    ]);
    expect(give({ effectiveFrom: '2026-10-01', subject: 'english' })).toEqual([
      'CURRICULUM_STANDARD_OF_OTHERS',
    ]);
    expect(give({ effectiveFrom: '2026-10-01', topics: [topic('a'), topic('a')] })).toEqual([
      'CURRICULUM_TOPIC_TWICE',
    ]);
    // The first version of a standard may have been in force for long.
    expect(give({ code: 'senior-chinese', effectiveFrom: '2017-01-01' })).toEqual([1]);
  });
});

describe('CRS-20: what a plan covers', () => {
  const audience = { stages: ['junior'], subjects: ['chinese'] };

  test('CRS-20: covered and missing topics, for the plan’s audience alone', () => {
    const others = [
      { ...first, code: 'junior-english', subject: 'english' },
      { ...first, code: 'primary-chinese', stage: 'primary' },
      { ...first, code: 'junior-ethics', subject: null },
    ];
    const coverage = coverageOf(serving('reading'), audience, [first, ...others]);
    expect(
      coverage.map(({ standard, covered, missing }) => [
        standard.code,
        covered.map((each) => [each.topic.code, each.modules]),
        missing.map(({ code }) => code),
      ]),
    ).toEqual([
      ['junior-chinese', [['reading', ['a']]], ['writing']],
      ['junior-ethics', [], ['reading', 'writing']],
    ]);
  });
});

describe('CRS-20: standards come as a JSON document', () => {
  test('CRS-20: the sample is read whole and says that it is sample data', () => {
    const text = readFileSync(join(import.meta.dirname, 'sample-standards.json'), 'utf8');
    const read = readDocument(text);
    if (!('standards' in read)) throw new Error(read.problem);
    expect(read.standards.length).toBeGreaterThan(2);
    for (const { titleZh, titleEn } of read.standards) {
      expect([titleZh, titleEn]).toEqual([
        expect.stringContaining('示例数据'),
        expect.stringContaining('Sample data'),
      ]);
    }
    expect(publishStandards(read.standards, { known: [], today: '2026-01-01' }).accepted).toBe(
      true,
    );
  });

  test('CRS-20: a document says where it first goes wrong', () => {
    expect(readDocument('{')).toEqual({ problem: 'no JSON' });
    expect(readDocument('{"standards":[{"code":"A"}]}')).toMatchObject({
      problem: expect.stringContaining('standards.0.'),
    });
  });
});
