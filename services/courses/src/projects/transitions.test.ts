import { describe, expect, test } from '@jest/globals';
import type { Actor } from './owner.ts';
import { countyAdmin, institutionAdmin, provinceAdmin, schoolAdmin } from './project.example.ts';
import { type Level, type ProjectState, projectStates, type Sector } from './project.ts';
import {
  evaluatedStep,
  nextActions,
  type ProjectCommand,
  projectCommands,
  type Standing,
  takeStep,
  transitions,
} from './transitions.ts';

const now = new Date('2026-03-01T00:00:00Z');
const standing = (state: ProjectState): Standing => ({
  state,
  level: 'county',
  sector: 'basic',
  ownerRegionCode: '140105',
  schoolId: null,
  institutionId: 'ins_1',
});
const schoolBased = (state: ProjectState): Standing => ({
  ...standing(state),
  level: 'school',
  schoolId: 'sch_1',
  institutionId: null,
});
/** Where a command leads from a state, given by whoever may; undefined when it is refused for the state. */
const leadsTo = (project: Standing, command: ProjectCommand, to?: ProjectState) => {
  const actor = {
    subject: 'all',
    grants: [...countyAdmin.grants, ...institutionAdmin.grants, ...schoolAdmin.grants],
  };
  const asked = { command, reason: '理由', ...(to === undefined ? {} : { to }) };
  const decision = takeStep(asked, project, { actor, now });
  return decision.accepted ? decision.outcome.to : undefined;
};
const codesOf = (actor: Actor, command: ProjectCommand, project: Standing, reason?: string) => {
  const decision = takeStep({ command, reason }, project, { actor, now });
  return decision.accepted ? [] : decision.faults.map(({ code }) => code.name);
};

describe('CRS-01: one table is the life of a project', () => {
  test('CRS-01: a bureau’s project goes from draft to archive', () => {
    const way: readonly (readonly [ProjectCommand, ProjectState])[] = [
      ['submitProject', 'submitted'],
      ['approveProject', 'approved'],
      ['commissionInstitution', 'commissioned'],
      ['submitPlan', 'plan_review'],
      ['reviewPlan', 'plan_accepted'],
      ['publishProject', 'published'],
      ['openProject', 'open'],
      ['startProject', 'running'],
      ['closeProject', 'closing'],
    ];
    let state: ProjectState = 'draft';
    for (const [command, to] of way) {
      expect(leadsTo(standing(state), command, to)).toBe(to);
      state = to;
    }
    expect(evaluatedStep(state, now)?.to).toBe('evaluated');
    expect(leadsTo(standing('evaluated'), 'archiveProject')).toBe('archived');
  });

  test('CRS-01: every command is refused in every state that the table does not name', () => {
    for (const command of projectCommands) {
      const allowed = transitions
        .filter((row) => row.command === command && row.only !== 'school_based')
        .flatMap((row) => row.from);
      for (const state of projectStates) {
        const led = leadsTo(standing(state), command) !== undefined;
        expect([command, state, led]).toEqual([command, state, allowed.includes(state)]);
      }
    }
  });

  test('CRS-01: a school-based project is filed instead of approved, and the school hands in the plan', () => {
    expect(leadsTo(schoolBased('draft'), 'submitProject')).toBe('filed');
    expect(leadsTo(schoolBased('filed'), 'approveProject')).toBeUndefined();
    expect(codesOf(schoolAdmin, 'submitPlan', schoolBased('filed'))).toEqual([]);
    expect(leadsTo(standing('draft'), 'submitProject')).toBe('submitted');
  });

  test('CRS-01: a returned plan can be handed in again', () => {
    expect(leadsTo(standing('plan_review'), 'reviewPlan', 'plan_returned')).toBe('plan_returned');
    expect(leadsTo(standing('plan_returned'), 'submitPlan')).toBe('plan_review');
  });

  test('CRS-01: cancelled from any state before running, not from running on', () => {
    expect(leadsTo(standing('open'), 'cancelProject')).toBe('cancelled');
    expect(leadsTo(standing('draft'), 'cancelProject')).toBe('cancelled');
    for (const state of ['running', 'closing', 'evaluated', 'archived', 'cancelled'] as const) {
      expect(leadsTo(standing(state), 'cancelProject')).toBeUndefined();
    }
  });

  test('CRS-01: each step belongs to the level that owns the project, not to the one above', () => {
    expect(codesOf(countyAdmin, 'approveProject', standing('submitted'))).toEqual([]);
    expect(codesOf(provinceAdmin, 'approveProject', standing('submitted'))).toEqual([
      'PROJECT_STEP_OF_OTHERS',
    ]);
    expect(codesOf(institutionAdmin, 'approveProject', standing('submitted'))).toEqual([
      'PROJECT_STEP_OF_OTHERS',
    ]);
  });

  test('CRS-01: the plan is handed in by the commissioned institution and by no other', () => {
    expect(codesOf(institutionAdmin, 'submitPlan', standing('commissioned'))).toEqual([]);
    const other = { subject: 'o', grants: [{ role: 'InstitutionAdmin', institutionId: 'ins_2' }] };
    expect(codesOf(other, 'submitPlan', standing('commissioned'))).toEqual([
      'PROJECT_STEP_OF_OTHERS',
    ]);
    expect(codesOf(countyAdmin, 'submitPlan', standing('commissioned'))).toEqual([
      'PROJECT_STEP_OF_OTHERS',
    ]);
  });

  test('CRS-01: rejecting, returning and cancelling need a reason; blanks are none', () => {
    expect(codesOf(countyAdmin, 'rejectProject', standing('submitted'), ' ')).toEqual([
      'PROJECT_REASON_MISSING',
    ]);
    expect(codesOf(countyAdmin, 'cancelProject', standing('open'))).toEqual([
      'PROJECT_REASON_MISSING',
    ]);
    const asked = { actor: countyAdmin, now };
    const returned = { command: 'reviewPlan', to: 'plan_returned' } as const;
    expect(takeStep(returned, standing('plan_review'), asked).accepted).toBe(false);
    const step = takeStep({ ...returned, reason: ' 实践不足 ' }, standing('plan_review'), asked);
    expect(step.accepted && step.outcome.reason).toBe('实践不足');
  });

  test('CRS-01: wrong state, wrong person and missing reason are named at once', () => {
    expect(codesOf(provinceAdmin, 'cancelProject', standing('running'))).toEqual([
      'PROJECT_STEP_NOT_NEXT',
      'PROJECT_STEP_OF_OTHERS',
      'PROJECT_REASON_MISSING',
    ]);
  });

  test('CRS-01: nextActions reads the same table', () => {
    expect(nextActions(standing('plan_review'))).toEqual([
      { command: 'reviewPlan', roles: ['CountyAdmin'], missing: [] },
      { command: 'cancelProject', roles: ['CountyAdmin'], missing: [] },
    ]);
    expect(nextActions(standing('commissioned')).map(({ roles }) => roles)).toEqual([
      ['InstitutionAdmin'],
      ['CountyAdmin'],
    ]);
    expect(nextActions(schoolBased('draft')).map(({ command }) => command)).toEqual([
      'submitProject',
      'cancelProject',
    ]);
    for (const state of ['rejected', 'archived', 'cancelled'] as const) {
      expect(nextActions(standing(state))).toEqual([]);
    }
  });

  test('CRS-01: a grade evaluates a closing project, and waits for any other', () => {
    expect(evaluatedStep('closing', now)).toMatchObject({ to: 'evaluated', by: 'platform' });
    expect(evaluatedStep('running', now)).toBeNull();
    expect(evaluatedStep('evaluated', now)).toBeNull();
  });
});

describe('CRS-01 REG-02: three sectors and five levels', () => {
  const sectors = ['basic', 'vocational', 'higher'] as const;
  const levels = ['national', 'provincial', 'city', 'county', 'school'] as const;
  const everybody: Actor = {
    subject: 'all',
    grants: ['ProvinceAdmin', 'CityAdmin', 'CountyAdmin', 'SchoolAdmin', 'InstitutionAdmin'].map(
      (role) => ({ role, regionCode: '140105', schoolId: 'sch_1', institutionId: 'ins_1' }),
    ),
  };
  const of = (sector: Sector, level: Level, state: ProjectState): Standing => ({
    ...standing(state),
    sector,
    level,
    schoolId: level === 'school' ? 'sch_1' : null,
    institutionId: level === 'school' ? null : 'ins_1',
  });
  /** Every step that the table lets somebody take, as `state command → state`. */
  const ways = (sector: Sector, level: Level) =>
    projectStates.flatMap((state) =>
      nextActions(of(sector, level, state)).flatMap(({ command }) =>
        transitions
          .filter((row) => row.command === command && row.from.includes(state))
          .filter(({ only }) => only === undefined || (only === 'bureau') !== (level === 'school'))
          .map(({ to }) => {
            const asked = { command, to, reason: '理由' };
            const decision = takeStep(asked, of(sector, level, state), { actor: everybody, now });
            return `${state} ${command} → ${decision.accepted ? decision.outcome.to : 'refused'}`;
          }),
      ),
    );
  const bureaus = ways('basic', 'county');
  const schools = ways('basic', 'school');

  test.each(sectors.flatMap((sector) => levels.map((level) => [sector, level] as const)))(
    'CRS-01: %s, %s: the same table, walked to its end',
    (sector, level) => {
      expect(ways(sector, level)).toEqual(level === 'school' ? schools : bureaus);
      expect(ways(sector, level).filter((way) => way.endsWith('refused'))).toEqual([]);
    },
  );

  test('CRS-01: a school files instead of being approved and has no tender; nothing else differs', () => {
    const only = (own: readonly string[], other: readonly string[]) =>
      own.filter((way) => !other.includes(way));
    expect(only(schools, bureaus)).toEqual(['draft submitProject → filed']);
    expect(only(bureaus, schools).map((way) => way.split(' ')[1])).toEqual([
      'submitProject',
      'announceTender',
      'awardTender',
      'abandonTender',
      'decideObjection',
      'decideObjection',
      'confirmAward',
    ]);
  });

  test('REG-02: who owns and who consents follows the chain of the sector', () => {
    const roleOf = (sector: Sector, level: Level, command: ProjectCommand) =>
      nextActions(of(sector, level, 'published')).find((each) => each.command === command)?.roles;
    expect(levels.map((level) => roleOf('basic', level, 'openProject'))).toEqual([
      ['ProvinceAdmin'],
      ['ProvinceAdmin'],
      ['CityAdmin'],
      ['CountyAdmin'],
      ['SchoolAdmin'],
    ]);
    expect(sectors.map((sector) => roleOf(sector, 'school', 'decidePlanChange'))).toEqual([
      ['CountyAdmin'],
      ['CityAdmin'],
      ['ProvinceAdmin'],
    ]);
  });

  test('CRS-19: the bureau consents, never the school or the institution that asks', () => {
    const school = { ...of('basic', 'school', 'open'), ownerRegionCode: '140105' };
    expect(codesOf(countyAdmin, 'decidePlanChange', school, '同意')).toEqual([]);
    expect(codesOf(schoolAdmin, 'decidePlanChange', school, '同意')).toEqual([
      'PROJECT_STEP_OF_OTHERS',
    ]);
    const county = of('basic', 'county', 'open');
    expect(codesOf(institutionAdmin, 'decidePlanChange', county, '同意')).toEqual([
      'PROJECT_STEP_OF_OTHERS',
    ]);
    expect(codesOf(institutionAdmin, 'requestPlanChange', county, '教师生病')).toEqual([]);
    for (const state of ['plan_accepted', 'closing', 'cancelled'] as const) {
      expect(
        codesOf(institutionAdmin, 'requestPlanChange', of('basic', 'county', state), '…'),
      ).toEqual(['PROJECT_STEP_NOT_NEXT']);
    }
  });
});
