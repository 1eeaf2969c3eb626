import { describe, expect, test } from '@jest/globals';
import { shippedTemplate } from '../modalities/shipped.ts';
import type { Gate } from '../modalities/template.ts';
import {
  concernsRole,
  gatesAtHand,
  type InNameOf,
  ownStageDuties,
  type StageFacts,
  stageDuties,
} from './duties-stages.ts';

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
  ...{ template, steps: [], evidence: [], concerned, unmet: [] },
  ...change,
});
const of = (role: string, change: Partial<StageFacts> = {}, inNameOf: InNameOf = {}) =>
  stageDuties(trainingClass, facts(change), role, inNameOf).map(
    ({ kind, detail }) => `${kind} ${detail}`,
  );
const unmet = (gate: Gate, waitsForMentors = false) => ({ gate, waitsForMentors });

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

  test('CRS-59: a stage is opened once its substitutes are matched, and completed once its groups are formed', () => {
    expect(gatesAtHand(facts())).toEqual(['substitutes']);
    const shut = { unmet: [unmet('substitutes')] };
    expect(of('InstitutionAdmin', shut)).toEqual(['match_substitutes centralised']);
    expect(of('ProvinceAdmin', shut)).toEqual([]);
    const steps = [step('centralised', false)];
    expect(gatesAtHand(facts({ steps }))).toEqual(['groups']);
    const open = { steps, unmet: [unmet('groups')] };
    const groups = 'form_groups centralised';
    const diagnosis = 'bring_evidence centralised/diagnosis';
    expect(of('InstitutionAdmin', open)).toEqual([groups, diagnosis]);
    const evidence = [said('centralised', 'diagnosis', null)];
    expect(of('InstitutionAdmin', { ...open, evidence })).toEqual([groups]);
    expect(of('InstitutionAdmin', { steps, evidence })).toEqual(['complete_stage centralised']);
  });

  test('CRS-59: trainees are placed for each kind that is asked for; what waits for mentors is not the institution’s', () => {
    const steps = [step('centralised'), step('shadow', false)];
    const school = unmet('placement_school');
    expect(of('InstitutionAdmin', { steps, unmet: [school, unmet('placement_centre')] })).toEqual([
      'place_trainees shadow/placement_school',
      'place_trainees shadow/placement_centre',
    ]);
    const waiting = unmet('placement_school', true);
    expect(of('InstitutionAdmin', { steps, unmet: [waiting] })).toEqual([]);
  });

  test('CRS-59: the host of a workshop is the bureau’s to appoint, its groups are those of who leads', () => {
    const building = { template: shippedTemplate('workshop'), steps: [step('building', false)] };
    const shut = { ...building, unmet: [unmet('host'), unmet('groups')] };
    expect(of('CountyAdmin', shut)).toEqual(['appoint_host building', 'form_groups building']);
    expect(of('CityAdmin', shut)).toEqual(['appoint_host building']);
    expect(of('WorkshopHost', shut)).toEqual(['bring_evidence building/workshop_plan']);
    const [stage] = building.template.stages;
    expect(stage && concernsRole(stage, 'InstitutionAdmin')).toBe(false);
  });

  test('CRS-59: a school owes its own evidence, not that of other schools, and a county its own', () => {
    const planning = {
      ...{ template: shippedTemplate('online_school_based'), steps: [step('planning', false)] },
      concerned: { ...concerned, schoolIds: ['sch_1', 'sch_2'] },
      evidence: [
        said('planning', 'school_plan', 'sch_1'),
        said('planning', 'county_plan', '140105'),
      ],
    };
    const plan = 'bring_evidence planning/school_plan';
    expect(of('SchoolAdmin', planning, { schoolId: 'sch_1' })).toEqual([]);
    expect(of('SchoolAdmin', planning, { schoolId: 'sch_2' })).toEqual([plan]);
    expect(of('CountyAdmin', planning, { regionCode: '140105' })).toEqual([]);
    expect(of('CountyAdmin', planning, { regionCode: '140106' })).toEqual([
      'bring_evidence planning/county_plan',
    ]);
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
