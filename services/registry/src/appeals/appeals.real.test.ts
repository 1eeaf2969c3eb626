/** An appeal as the institution and the bureaus above it meet it, on a real MongoDB. [REG-09] */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Caller } from '@shixun/runtime';
import { as, city, county, RealRegistry } from '../real-registry.example.ts';

let registry: RealRegistry;
beforeAll(async () => {
  registry = await RealRegistry.open(process.env.MONGODB_URI);
});
afterAll(() => registry.close());

let grades = 0;
/** An institution of the county that a grade D has put on probation, and its administrator. */
async function warned() {
  const scope = {
    levels: ['COUNTY'],
    stages: ['PRIMARY'],
    subjects: ['chinese'],
    modalities: ['BLENDED'],
    validFrom: '2026-09-01',
    validTo: '2027-08-31',
  };
  const input = { name: '某教师发展中心', kind: 'DEVELOPMENT_CENTRE', regionCode: '140105', scope };
  const registered = await registry.command(
    county,
    'registerInstitution',
    input,
    'institution { id }',
  );
  const institutionId: string = registered.institution.id;
  for (const verdict of ['TAKE_UP', 'GRANT']) {
    const review = { institutionId, verdict };
    await registry.command(county, 'reviewQualification', review, 'institution { id }');
  }
  await graded(institutionId, 'D');
  return { institutionId, admin: as('InstitutionAdmin', { institutionId }) };
}

async function graded(institutionId: string, grade: string): Promise<string> {
  grades += 1;
  const gradeId = `grd_${grades}`;
  await registry.hearGrades(institutionId, [[gradeId, grade]]);
  return gradeId;
}

async function historyOf(institutionId: string) {
  const { data, errors } = await registry.ask(
    county,
    `query ($id: ID!) { institution(id: $id) { qualification { state }
       moves(first: 50) { edges { node { id move from to gradeIds reason } } } } }`,
    { id: institutionId },
  );
  expect(errors).toBeUndefined();
  const { qualification, moves } = data.institution;
  return {
    state: qualification.state,
    moves: moves.edges.map(({ node }: { node: object }) => node),
  };
}

async function moveId(institutionId: string, name: string): Promise<string> {
  const { moves } = await historyOf(institutionId);
  return moves.findLast(({ move }: { move: string }) => move === name).id;
}

const appealed = 'appeal { id state decidedByLevel institution { id } move { move } decision }';
const lodge = async (admin: Caller, id: string) =>
  registry.command(
    admin,
    'appealQualificationMove',
    { moveId: id, grounds: '评估样本不足' },
    appealed,
  );
const rule = async (bureau: Caller, appealId: string, verdict: string) =>
  registry.command(
    bureau,
    'decideQualificationAppeal',
    { appealId, verdict, reason: '经复核' },
    appealed,
  );

describe('an appeal against a move', () => {
  test('REG-09: one is heard, by the superior of who moved; upheld, it moves back and everybody is told', async () => {
    const { institutionId, admin } = await warned();
    const warning = await moveId(institutionId, 'WARN');
    const first = await lodge(admin, warning);
    expect(first).toEqual({
      appeal: {
        id: expect.stringMatching(/./),
        state: 'LODGED',
        decidedByLevel: 'CITY',
        institution: { id: institutionId },
        move: { move: 'WARN' },
        decision: null,
      },
      refusals: [],
    });
    const second = await lodge(admin, warning);
    expect(second.refusals).toMatchObject([
      { rule: 'REG-09', code: 'APPEAL_TWICE', path: ['moveId'], actual: 'lodged' },
    ]);
    expect((await rule(county, first.appeal.id, 'UPHELD')).refusals).toMatchObject([
      { rule: 'REG-09', code: 'APPEAL_OF_OWN_DECISION', required: 'city', actual: 'county' },
    ]);
    expect((await historyOf(institutionId)).state).toBe('PROBATION');

    expect(await rule(city, first.appeal.id, 'UPHELD')).toMatchObject({
      appeal: { state: 'UPHELD', decision: '经复核' },
      refusals: [],
    });
    const { state, moves } = await historyOf(institutionId);
    expect(state).toBe('QUALIFIED');
    expect(moves.at(-1)).toMatchObject({
      move: 'REINSTATE',
      from: 'PROBATION',
      to: 'QUALIFIED',
      gradeIds: [`grd_${grades}`],
      reason: '经复核',
    });
    const told = await registry.told('registry.qualification.moved.v1');
    expect(told.filter((data) => data.institutionId === institutionId).at(-1)).toMatchObject({
      from: 'probation',
      to: 'qualified',
    });
    const states = (await registry.told('registry.institution.recorded.v1'))
      .filter((data) => data.institutionId === institutionId)
      .map(({ qualification }) => (qualification as { state: string }).state);
    expect(states.slice(-2)).toEqual(['probation', 'qualified']);

    expect((await rule(city, first.appeal.id, 'DISMISSED')).refusals).toMatchObject([
      { code: 'APPEAL_DECIDED', actual: 'upheld' },
    ]);
    expect((await lodge(admin, warning)).refusals).toMatchObject([
      { code: 'APPEAL_TWICE', actual: 'upheld' },
    ]);
  });

  test('REG-09: dismissed, the move stands, and there is no second appeal', async () => {
    const { institutionId, admin } = await warned();
    const warning = await moveId(institutionId, 'WARN');
    const { appeal } = await lodge(admin, warning);
    expect((await rule(city, appeal.id, 'DISMISSED')).appeal.state).toBe('DISMISSED');
    expect((await historyOf(institutionId)).state).toBe('PROBATION');
    expect((await lodge(admin, warning)).refusals).toMatchObject([
      { code: 'APPEAL_TWICE', actual: 'dismissed' },
    ]);
  });

  test('REG-09: after an upheld appeal the run of grades begins anew: one C moves nothing, the next one warns', async () => {
    const { institutionId, admin } = await warned();
    const { appeal } = await lodge(admin, await moveId(institutionId, 'WARN'));
    await rule(city, appeal.id, 'UPHELD');
    const first = await graded(institutionId, 'C');
    expect((await historyOf(institutionId)).state).toBe('QUALIFIED');
    const second = await graded(institutionId, 'C');
    const { state, moves } = await historyOf(institutionId);
    expect(state).toBe('PROBATION');
    expect(moves.at(-1).gradeIds).toEqual([first, second]);
    expect((await lodge(admin, moves.at(-1).id)).refusals).toEqual([]);
  });

  test('REG-09: only what led to the present state can be appealed, and only by the institution', async () => {
    const { institutionId, admin } = await warned();
    const [warning, grant] = [
      await moveId(institutionId, 'WARN'),
      await moveId(institutionId, 'GRANT'),
    ];
    await graded(institutionId, 'C');
    expect((await historyOf(institutionId)).state).toBe('SUSPENDED');
    for (const id of [warning, grant]) {
      expect((await lodge(admin, id)).refusals).toMatchObject([
        { rule: 'REG-09', code: 'MOVE_NOT_APPEALABLE' },
      ]);
    }
    const suspension = await moveId(institutionId, 'SUSPEND');
    const stranger = as('InstitutionAdmin', { institutionId: 'ins_other' });
    for (const caller of [stranger, county]) {
      const { appeal, refusals } = await lodge(caller, suspension);
      expect([appeal, refusals[0].code]).toEqual([
        null,
        expect.stringMatching(/NOT_FOUND|FORBIDDEN/),
      ]);
    }
    const { appeal } = await lodge(admin, suspension);
    expect((await rule(city, appeal.id, 'UPHELD')).refusals).toEqual([]);
    expect((await historyOf(institutionId)).state).toBe('PROBATION');
  });

  test('REG-09: the queue shows an appeal to its institution and the bureaus above it, to nobody else', async () => {
    const { institutionId, admin } = await warned();
    const { appeal } = await lodge(admin, await moveId(institutionId, 'WARN'));
    const open = async (caller: Caller) => {
      const { data } = await registry.ask(
        caller,
        '{ qualificationAppeals(state: LODGED, first: 100) { edges { node { id } } } }',
      );
      return (data?.qualificationAppeals?.edges ?? []).map(
        ({ node }: { node: { id: string } }) => node.id,
      );
    };
    for (const caller of [admin, county, city]) expect(await open(caller)).toContain(appeal.id);
    const strangers = [
      as('InstitutionAdmin', { institutionId: 'ins_other' }),
      as('CountyAdmin', { regionCode: '140106' }),
      as('Teacher', { personId: 'tch_1' }),
    ];
    for (const caller of strangers) expect(await open(caller)).not.toContain(appeal.id);
  });
});

describe('the end of a period', () => {
  test('REG-08: the last day still counts; the day after it the chore ends the qualification, once', async () => {
    const { institutionId, admin } = await warned();
    const { appeal } = await lodge(admin, await moveId(institutionId, 'WARN'));
    const before = registry.now;
    const expiries = async () =>
      (await historyOf(institutionId)).moves.filter(
        ({ move }: { move: string }) => move === 'EXPIRE',
      );
    registry.now = new Date('2027-08-31T15:59:59.999Z');
    await registry.runChore('expire-qualifications');
    expect(await expiries()).toEqual([]);

    registry.now = new Date('2027-08-31T16:00:00.000Z');
    await registry.runChore('expire-qualifications');
    await registry.runChore('expire-qualifications');
    expect(await expiries()).toMatchObject([
      { from: 'PROBATION', to: 'EXPIRED', reason: expect.stringContaining('2027-08-31') },
    ]);
    const told = await registry.told('registry.qualification.moved.v1');
    expect(
      told.filter((data) => data.institutionId === institutionId && data.to === 'expired'),
    ).toHaveLength(1);
    const audited = (await registry.audited()).filter(({ stream }) => stream === institutionId);
    expect(audited.filter(({ actor }) => actor === 'clock')).toHaveLength(1);

    // An appeal that is upheld too late wins nothing back: the period is over.
    expect((await rule(city, appeal.id, 'UPHELD')).appeal.state).toBe('UPHELD');
    expect((await historyOf(institutionId)).state).toBe('EXPIRED');
    registry.now = before;
  });
});
