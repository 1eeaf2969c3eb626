import { describe, expect, test } from '@jest/globals';
import type { Decision } from '@shixun/kernel';
import { proofOf } from '../completion/decide-completion.ts';
import { takeKind } from '../uploads/upload.ts';
import {
  gradeResult,
  type PackageMember,
  publishPackage,
  type SubmitFacts,
  shownInProof,
  submitResult,
} from './result.ts';

const codesOf = (decision: Decision<unknown>) =>
  decision.accepted ? [] : decision.faults.map(({ code }) => code.name);

describe('CRS-56: results of practice', () => {
  test('what a file is, its content says; sheets are scans, results are more', () => {
    expect(codesOf(takeKind('result', 'video/mp4'))).toEqual([]);
    expect(codesOf(takeKind('sheet', 'video/mp4'))).toEqual(['UPLOAD_KIND']);
    expect(codesOf(takeKind('sheet', 'application/pdf'))).toEqual([]);
    expect(codesOf(takeKind('result', 'application/x-msdownload'))).toEqual(['UPLOAD_KIND']);
    expect(codesOf(takeKind('result', null))).toEqual(['UPLOAD_KIND']);
  });
  test('a result needs its file, and the same content is taken once', () => {
    const facts: SubmitFacts = {
      file: { contentHash: 'a' },
      sameAs: null,
      violated: false,
      classState: 'running',
    };
    expect(codesOf(submitResult({}, facts))).toEqual([]);
    expect(codesOf(submitResult({}, { ...facts, file: null }))).toEqual(['RESULT_FILE_MISSING']);
    expect(codesOf(submitResult({}, { ...facts, sameAs: 'prs_1' }))).toEqual(['RESULT_DUPLICATE']);
    expect(codesOf(submitResult({}, { ...facts, violated: true }))).toEqual(['RESULT_EXCLUDED']);
  });
  test('is handed in from the first day of the class, and after its last one', () => {
    const facts = { file: { contentHash: 'a' }, sameAs: null, violated: false };
    const submit = (classState: SubmitFacts['classState']) =>
      codesOf(submitResult({}, { ...facts, classState }));
    expect(submit('open')).toEqual(['RESULT_CLASS_NOT_BEGUN']);
    expect(submit('running')).toEqual([]);
    expect(submit('closing')).toEqual([]);
    expect(submit('closed')).toEqual([]);
    expect(submit('cancelled')).toEqual(['RESULT_CLASS_NOT_BEGUN']);
  });
  test('is seen in the proof of completion and decides nothing there', () => {
    const failing = { rule: 'CRS-55', met: false, about: null, required: '', actual: '' } as const;
    const proof = proofOf({
      enrollmentId: 'enr_1',
      conditions: [{ ...failing, evidence: [], parts: [] }],
    });
    const one = { _id: 'prs_1', title: '微课', contentHash: 'a' };
    const results = [
      { ...one, state: 'graded', grade: 'good' },
      { ...one, _id: 'prs_2', state: 'submitted', grade: null },
    ] as const;
    expect(shownInProof(proof, [])).toEqual(proof);
    const shown = shownInProof(proof, results);
    expect(shown).toMatchObject({ met: false, actual: '0 of 1' });
    expect(shown.parts[1]).toMatchObject({
      rule: 'CRS-56',
      met: true,
      actual: '1 of 2 graded',
      evidence: ['prs_1', 'prs_2'],
      parts: [
        { about: '微课', actual: 'good', evidence: ['prs_1', 'a'] },
        { actual: 'submitted', evidence: ['prs_2', 'a'] },
      ],
    });
  });
  test('is graded once, or returned with a remark', () => {
    const grade = { grade: 'good', remark: null } as const;
    expect(gradeResult(grade, { state: 'submitted' })).toMatchObject({
      outcome: { state: 'graded', grade: 'good' },
    });
    expect(codesOf(gradeResult(grade, { state: 'graded' }))).toEqual(['RESULT_NOT_SUBMITTED']);
    const back = { grade: null, remark: '请补充反思' };
    expect(gradeResult(back, { state: 'submitted' })).toMatchObject({
      outcome: { state: 'returned' },
    });
    const mute = { grade: null, remark: null };
    expect(codesOf(gradeResult(mute, { state: 'submitted' }))).toEqual(['RESULT_REMARK_MISSING']);
  });
  test('a package takes graded results of its region, stage and subject', () => {
    const member: PackageMember = {
      _id: 'prs_1',
      state: 'graded',
      stage: 'primary',
      subject: 'chinese',
      inRegion: true,
    };
    const command = { resultIds: ['prs_1'], stage: 'primary', subject: 'chinese' } as const;
    const publish = (change: Partial<PackageMember>) =>
      codesOf(publishPackage(command, [{ ...member, ...change }]));
    expect(publish({})).toEqual([]);
    expect(publish({ state: 'submitted' })).toEqual(['RESULT_NOT_GRADED']);
    expect(publish({ subject: 'mathematics' })).toEqual(['RESULT_OF_OTHER_SUBJECT']);
    expect(publish({ inRegion: false })).toEqual(['RESULT_UNKNOWN']);
    expect(codesOf(publishPackage(command, []))).toEqual(['RESULT_UNKNOWN']);
  });
});
