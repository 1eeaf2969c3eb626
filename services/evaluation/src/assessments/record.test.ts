import { describe, expect, test } from '@jest/globals';
import type { Decision } from '@shixun/kernel';
import { type AssessmentFacts, type RecordAssessment, recordAssessment } from './record.ts';

const command: RecordAssessment = {
  kind: 'agency',
  score: '85.50',
  remarks: '课程贴近一线',
  correctionReason: null,
};
const facts: AssessmentFacts = {
  projectState: 'closing',
  gradePublished: false,
  entitledTo: ['agency'],
  current: null,
};

function record(change: Partial<RecordAssessment>, factsChange: Partial<AssessmentFacts> = {}) {
  return recordAssessment({ ...command, ...change }, { ...facts, ...factsChange });
}

function faultsOf(decision: Decision<unknown>): string[] {
  return decision.accepted ? [] : decision.faults.map(({ code }) => code.name);
}

describe('EVL-03: an assessment by an agency or by the department', () => {
  test('is recorded in whole hundredths of a point', () => {
    expect(record({})).toMatchObject({ outcome: { scoreCenti: 8550, replaces: null } });
  });

  test('scores run from 0 to 100, both included', () => {
    expect(record({ score: '0' }).accepted).toBe(true);
    expect(record({ score: '100.00' }).accepted).toBe(true);
    for (const score of ['-0.01', '100.01', '99.999', 'gut']) {
      expect(faultsOf(record({ score }))).toEqual(['SCORE_OUT_OF_RANGE']);
    }
  });

  test('each kind is given by those entitled to it', () => {
    expect(record({ kind: 'inspection' }, { entitledTo: ['inspection'] }).accepted).toBe(true);
    expect(faultsOf(record({ kind: 'inspection' }))).toEqual(['ASSESSOR_NOT_ENTITLED']);
  });

  test('a project is assessed from its publication on, not before and not once archived', () => {
    for (const projectState of ['published', 'open', 'running', 'closing', 'evaluated']) {
      expect(record({}, { projectState }).accepted).toBe(true);
    }
    for (const projectState of ['plan_accepted', 'cancelled', 'archived']) {
      expect(faultsOf(record({}, { projectState }))).toEqual(['PROJECT_NOT_UNDER_WAY']);
    }
  });

  test('a correction needs a reason, and keeps what it replaces', () => {
    const current = { id: 'asm_1', scoreCenti: 9900 };
    expect(faultsOf(record({}, { current }))).toEqual(['CORRECTION_REASON_MISSING']);
    expect(faultsOf(record({ correctionReason: ' ' }, { current }))).toEqual([
      'CORRECTION_REASON_MISSING',
    ]);
    expect(record({ correctionReason: '录入有误' }, { current })).toMatchObject({
      outcome: { replaces: 'asm_1', correctionReason: '录入有误' },
    });
  });

  test('after the grade nothing is corrected any more', () => {
    expect(faultsOf(record({}, { gradePublished: true }))).toEqual(['GRADE_PUBLISHED']);
  });
});
