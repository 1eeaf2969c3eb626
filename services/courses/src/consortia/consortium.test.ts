import { describe, expect, test } from '@jest/globals';
import type { Decision, Fault, Qualification } from '@shixun/kernel';
import { type CommissionedPart, commissionFaults } from '../projects/commission.ts';
import { exampleDraft } from '../projects/project.example.ts';
import { type ConsortiumMember, recordConsortium } from './consortium.ts';

const qualification: Qualification = {
  state: 'qualified',
  levels: ['county'],
  stages: ['junior'],
  subjects: ['chinese'],
  modalities: ['concentrated'],
  validFrom: '2026-07-01',
  validTo: '2026-12-31',
};
const candidate = (_id: string, kind: string, change: Partial<Qualification> = {}) => ({
  _id,
  kind,
  parentInstitutionId: null,
  qualification: { ...qualification, ...change },
});
const online = { modalities: ['online'], validFrom: '2026-09-01', validTo: '2026-10-31' };
const institutions = new Map(
  [candidate('ins_1', 'normal_university'), candidate('ins_2', 'online_provider', online)].map(
    (each) => [each._id, each],
  ),
);
const leading: ConsortiumMember = {
  institutionId: 'ins_1',
  role: 'leading_university',
  phase: '集中研修',
  modality: 'concentrated',
  duties: '组织集中研修',
  startsOn: '2026-07-01',
  endsOn: '2026-08-31',
  hoursCenti: 60_00,
  amountCents: 100_000_01,
};
const provider: ConsortiumMember = {
  ...leading,
  institutionId: 'ins_2',
  role: 'online_provider',
  phase: '网络研修',
  modality: 'online',
  startsOn: '2026-09-01',
  endsOn: '2026-10-31',
  hoursCenti: 30_00,
  amountCents: 49_999_99,
};
const project = { ...exampleDraft, state: 'approved' };
const codesOf = (decision: Decision<unknown>) =>
  decision.accepted ? [] : decision.faults.map(({ code }) => code.name);
const recorded = (
  members: readonly ConsortiumMember[],
  change: { amountCents?: number; state?: string } = {},
) =>
  codesOf(
    recordConsortium(
      { projectId: 'prj_1', amountCents: change.amountCents ?? 150_000_00, members },
      { project: { ...project, state: change.state ?? 'approved' }, institutions },
    ),
  );

describe('recordConsortium', () => {
  test('REG-18: hours and money are shared out to the hundredth', () => {
    expect(recorded([leading, provider])).toEqual([]);
    expect(recorded([leading, { ...provider, hoursCenti: 29_99 }])).toEqual([
      'CONSORTIUM_HOURS_DIFFER',
    ]);
    expect(recorded([leading, provider], { amountCents: 150_000_01 })).toEqual([
      'CONSORTIUM_MONEY_DIFFERS',
    ]);
  });

  test('REG-18: one leading university, and somebody beside it', () => {
    const none = { ...leading, role: 'development_centre' } as const;
    expect(recorded([none, provider])).toEqual(['CONSORTIUM_LEADERS', 'CONSORTIUM_ROLE_OF_OTHERS']);
    const alone = { ...leading, hoursCenti: 90_00, amountCents: 150_000_00 };
    expect(recorded([alone])).toEqual(['CONSORTIUM_ALONE']);
  });

  test('REG-18: a phase lies within the project, its first and last day included', () => {
    const whole = { ...leading, startsOn: project.startsOn, endsOn: project.endsOn };
    expect(recorded([whole, provider])).toEqual([]);
    expect(recorded([{ ...whole, startsOn: '2026-06-30' }, provider])).toEqual([
      'CONSORTIUM_PHASE_OUTSIDE',
    ]);
    expect(recorded([{ ...whole, endsOn: '2027-01-01' }, provider])).toEqual([
      'CONSORTIUM_PHASE_OUTSIDE',
    ]);
  });

  test('REG-18: it is fixed once the project is commissioned', () => {
    expect(recorded([leading, provider], { state: 'commissioned' })).toEqual(['CONSORTIUM_FIXED']);
  });
});

describe('commissioning a consortium', () => {
  const part = (member: ConsortiumMember): CommissionedPart => ({
    ...member,
    candidate: institutions.get(member.institutionId) ?? { _id: '', qualification: null },
  });
  const parts = [part(leading), part(provider)];
  const commission = (_id: string, changed: readonly CommissionedPart[] = parts) =>
    commissionFaults(
      exampleDraft,
      { _id, qualification: null },
      { leaderId: 'ins_1', parts: changed },
    ).map(({ code, path, figures }: Fault) => [
      code.name,
      path.at(-1),
      figures['dimension'] ?? null,
      figures['missing'] ?? null,
    ]);

  test('REG-18: each member is held against its own phase, not against the whole project', () => {
    expect(commission('ins_1')).toEqual([]);
  });

  test('REG-18: the leader is commissioned, not another member', () => {
    expect(commission('ins_2')).toEqual([
      ['CONSORTIUM_LEADER_DIFFERS', 'institutionId', null, null],
    ]);
  });

  test('REG-18: a member that is a day short of its phase, or of another modality, is named', () => {
    const longer = { ...part(provider), endsOn: '2026-11-01' };
    expect(commission('ins_1', [part(leading), longer])).toEqual([
      ['CONSORTIUM_MEMBER_NOT_QUALIFIED', '1', 'period', '2026-11-01 – 2026-11-01'],
    ]);
    const blended = { ...part(provider), modality: 'blended' } as const;
    expect(commission('ins_1', [part(leading), blended])).toEqual([
      ['CONSORTIUM_MEMBER_NOT_QUALIFIED', '1', 'modality', 'blended'],
    ]);
  });

  test('REG-17: a college is commissioned neither alone nor in a consortium; its university is', () => {
    const college = { _id: 'ins_3', parentInstitutionId: 'ins_1', qualification };
    const alone = (parentInstitutionId: string | null) =>
      commissionFaults(exampleDraft, { ...college, parentInstitutionId }).map(
        ({ code, figures }) => [code.name, figures['required']],
      );
    expect(alone('ins_1')).toEqual([['UNIVERSITY_PART_COMMISSIONED', 'ins_1']]);
    expect(alone(null)).toEqual([]);
    expect(commission('ins_1', [{ ...part(leading), candidate: college }])).toEqual([
      ['UNIVERSITY_PART_COMMISSIONED', '0', null, null],
    ]);
  });
});
