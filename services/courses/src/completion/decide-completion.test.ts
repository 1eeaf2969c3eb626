import { describe, expect, test } from '@jest/globals';
import { national } from '@shixun/kernel';
import fc from 'fast-check';
import { type CompletionFacts, decideCompletion, proofOf } from './decide-completion.ts';

/** 90 hours of 45 minutes: thirty sessions of 135 minutes, 4,050 in all; one fifth is 810. */
const sessions = Array.from({ length: 30 }, (_, n) => ({
  _id: `ses_${n}`,
  moduleId: n < 2 ? 'mod_ethics' : 'mod_subject',
  minutes: 135,
}));
const facts: CompletionFacts = {
  enrollmentId: 'enr_1',
  hoursCenti: 90_00,
  minutesPerHour: 45,
  modality: 'concentrated',
  assessmentRequired: true,
  modules: [
    {
      _id: 'mod_ethics',
      title: '师德',
      category: 'ethics',
      required: true,
      homeworkRequired: true,
      hoursCenti: 6_00,
    },
    {
      _id: 'mod_subject',
      title: '阅读',
      category: 'subject',
      required: true,
      homeworkRequired: true,
      hoursCenti: 84_00,
    },
  ],
  sessions,
  present: new Map(sessions.map(({ _id, minutes }) => [_id, minutes])),
  onLeave: new Set(),
  accepted: new Set(['mod_ethics', 'mod_subject']),
  assessmentPassed: true,
  violation: false,
};
const decide = (change: Partial<CompletionFacts> = {}) =>
  decideCompletion({ ...facts, ...change }, national.figures);

/** Misses that many minutes, from the last session backwards. */
function missing(minutes: number): ReadonlyMap<string, number> {
  let left = minutes;
  const present = new Map<string, number>();
  for (const session of [...sessions].reverse()) {
    const missed = Math.min(left, session.minutes);
    left -= missed;
    present.set(session._id, session.minutes - missed);
  }
  return present;
}
const failed = (change: Partial<CompletionFacts>) =>
  decide(change)
    .conditions.filter(({ met }) => !met)
    .map(({ rule }) => rule);

describe('CRS-52: absence in concentrated training of 90 hours', () => {
  test('exactly 1/5 still completes, with the hours deducted', () => {
    expect(decide({ present: missing(810) })).toMatchObject({
      completed: true,
      hoursAbsentCenti: 18_00,
      hoursCenti: 72_00,
    });
  });
  test('1/5 and a minute does not: no hours at all', () => {
    expect(decide({ present: missing(811) })).toMatchObject({
      completed: false,
      hoursCenti: 0,
      hoursByCategory: [],
    });
    expect(failed({ present: missing(811) })).toEqual(['CRS-52']);
  });
  test('the condition shows both figures', () => {
    const [condition] = decide({ present: missing(811) }).conditions;
    expect(condition).toMatchObject({ required: '≤ 1/5 (810 min)', actual: '811 min' });
  });
  test('does not apply below 90 hours, nor to training that is not off-job', () => {
    const present = missing(2000);
    expect(failed({ hoursCenti: 89_99, present })).toEqual([]);
    expect(failed({ hoursCenti: 90_00, present })).toEqual(['CRS-52']);
    expect(failed({ modality: 'blended', present })).toEqual([]);
  });
});

test('CRS-51: hours absent are deducted below any limit, by category', () => {
  const decision = decide({ present: missing(45) });
  expect(decision).toMatchObject({
    hoursPlannedCenti: 90_00,
    hoursAbsentCenti: 1_00,
    hoursCenti: 89_00,
  });
  expect(decision.hoursByCategory).toEqual([
    { category: 'ethics', hoursCenti: 6_00 },
    { category: 'subject', hoursCenti: 83_00 },
  ]);
});

test('CRS-55: the homework of every required module must be accepted', () => {
  expect(failed({ accepted: new Set(['mod_ethics']) })).toEqual(['CRS-55']);
  expect(failed({ accepted: new Set() })).toEqual(['CRS-55', 'CRS-55']);
  const modules = facts.modules.map((module) => ({ ...module, required: false }));
  expect(failed({ accepted: new Set(), modules })).toEqual([]);
});

test('CRS-14: the assessment must be passed where it is asked for', () => {
  expect(failed({ assessmentPassed: null })).toEqual(['CRS-14']);
  expect(failed({ assessmentPassed: false })).toEqual(['CRS-14']);
  expect(failed({ assessmentPassed: null, assessmentRequired: false })).toEqual([]);
});

test('CRS-53: a serious violation ends in no completion, whatever else is met', () => {
  expect(decide({ violation: true })).toMatchObject({ completed: false, hoursCenti: 0 });
  expect(failed({ violation: true })).toEqual(['CRS-53']);
});

test('CRD-03: hours are planned less absent, and the categories sum to them, whatever is missed', () => {
  fc.assert(
    fc.property(fc.nat(4050), (minutes) => {
      const decision = decide({ present: missing(minutes) });
      const sum = decision.hoursByCategory.reduce((total, { hoursCenti }) => total + hoursCenti, 0);
      expect(decision.completed).toBe(minutes <= 810);
      expect(sum).toBe(decision.hoursCenti);
      if (decision.completed) {
        expect(decision.hoursCenti).toBe(decision.hoursPlannedCenti - decision.hoursAbsentCenti);
      }
    }),
  );
});

test('CRS-55: the decision is a tree: every condition with its evidence, down to each session missed, with leave or without', () => {
  const present = new Map(facts.present).set('ses_3', 35).set('ses_4', 0);
  const decision = decide({ present, onLeave: new Set(['ses_4']) });
  const proof = proofOf({ enrollmentId: 'enr_1', conditions: decision.conditions });
  expect(proof).toMatchObject({ rule: 'CRS-55', met: true, evidence: ['enr_1'], actual: '4 of 4' });
  const [absence, ethics] = proof.parts;
  expect(absence).toMatchObject({ rule: 'CRS-52', met: true, actual: '235 min' });
  expect(absence?.parts).toMatchObject([
    { rule: 'CRS-51', evidence: ['ses_3'], actual: '100 min without leave' },
    { rule: 'CRS-51', evidence: ['ses_4'], actual: '135 min on leave' },
  ]);
  expect(ethics).toMatchObject({ evidence: ['mod_ethics'], met: true });
  const failing = decide({ present, accepted: new Set(['mod_ethics']) });
  expect(proofOf({ enrollmentId: 'enr_1', conditions: failing.conditions })).toMatchObject({
    met: false,
    actual: '3 of 4',
  });
});

test('CRS-55: every stage of the modality is done, and the decision says which is not', () => {
  const title = { zh: '总结提升', en: 'Summary' };
  const stage = { key: 'summary', title, done: true, completed: true, owed: [] };
  const conditionsOf = (stages: CompletionFacts['stages']) =>
    decideCompletion({ ...facts, ...(stages ? { stages } : {}) }, national.figures);
  expect(conditionsOf([stage]).completed).toBe(true);
  const open = { ...stage, done: false, completed: false };
  const owing = { ...stage, done: false, owed: ['plan'] };
  for (const [each, actual] of [
    [open, 'not completed'],
    [owing, '1 owed'],
  ] as const) {
    const decision = conditionsOf([stage, each]);
    expect(decision.completed).toBe(false);
    expect(decision.conditions.filter(({ met }) => !met)).toMatchObject([
      { rule: 'CRS-55', about: '总结提升', required: 'done', actual },
    ]);
  }
});
