import { describe, expect, test } from '@jest/globals';
import { shippedTemplate } from '../modalities/shipped.ts';
import { ownStageDuties, type StageFacts, stageDuties } from './duties-stages.ts';

/** 置换脱产: centralised → shadow → return → summary; the county brings evidence for the third. */
const template = shippedTemplate('release_time');
const trainingClass = {
  ...{ _id: 'cls_1', projectTitle: '置换脱产研修', closesOn: '2026-12-31' },
  state: 'running' as const,
};
const concerned = {
  ...{ enrollmentIds: ['enr_1', 'enr_2'], schoolIds: ['sch_1'], groups: [] },
  countyCodes: ['140105', '140106'],
};
const step = (key: string, completed = true) => ({
  ...{ key, openedAt: new Date(0), openedBy: 'p' },
  ...(completed
    ? { completedAt: new Date(1), completedBy: 'p' }
    : { completedAt: null, completedBy: null }),
});
const said = (stageKey: string, askKey: string, about: string | null) => ({
  ...{ stageKey, askKey, about, step: 1, fields: [] },
});
const facts = (change: Partial<StageFacts> = {}): StageFacts => ({
  ...{ template, steps: [], evidence: [], concerned },
  ...change,
});
const of = (role: string, change: Partial<StageFacts> = {}) =>
  stageDuties(trainingClass, facts(change), role).map(({ kind, detail }) => `${kind} ${detail}`);

describe('CRS-59: the stages that are due', () => {
  test('CRS-59: who leads opens the next one; nobody else has anything to do', () => {
    expect(of('InstitutionAdmin')).toEqual(['open_stage centralised']);
    expect(of('CountyAdmin')).toEqual([]);
    expect(of('InstitutionAdmin', { steps: [step('centralised')] })).toEqual(['open_stage shadow']);
  });

  test('CRS-59: evidence is owed until it is there for each that it is about, and then the stage is completed', () => {
    const steps = [step('centralised'), step('shadow'), step('return', false)];
    const one = [said('return', 'county_arrangement', '140105')];
    const both = [...one, said('return', 'county_arrangement', '140106')];
    const owed = 'bring_evidence return/county_arrangement';
    expect(of('CountyAdmin', { steps })).toEqual([owed]);
    expect(of('CountyAdmin', { steps, evidence: one })).toEqual([owed]);
    expect(of('InstitutionAdmin', { steps, evidence: one })).toEqual([]);
    expect(of('CountyAdmin', { steps, evidence: both })).toEqual([]);
    expect(of('InstitutionAdmin', { steps, evidence: both })).toEqual(['complete_stage return']);
  });

  test('CRS-59: nothing once all are completed, before the class runs, and where a modality asks for nothing', () => {
    const steps = template.stages.map(({ key }) => step(key));
    expect(of('InstitutionAdmin', { steps })).toEqual([]);
    const open = { ...trainingClass, state: 'open' as const };
    expect(stageDuties(open, facts(), 'InstitutionAdmin')).toEqual([]);
    expect(of('InstitutionAdmin', { template: shippedTemplate('concentrated') })).toEqual([]);
  });

  test('CRS-55: a trainee owes the own evidence of stages that were opened, and no more', () => {
    const own = (change: Partial<StageFacts>) =>
      ownStageDuties('enr_1', trainingClass, facts(change)).map(({ detail }) => detail);
    expect(own({})).toEqual([]);
    const steps = [step('centralised', false)];
    expect(own({ steps })).toEqual(['centralised/study_plan']);
    const others = [said('centralised', 'study_plan', 'enr_2')];
    expect(own({ steps, evidence: others })).toEqual(['centralised/study_plan']);
    const brought = [said('centralised', 'study_plan', 'enr_1')];
    expect(own({ steps, evidence: brought })).toEqual([]);
  });
});
