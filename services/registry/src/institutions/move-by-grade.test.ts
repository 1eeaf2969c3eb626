import { describe, expect, test } from '@jest/globals';
import { national, type QualificationState } from '@shixun/kernel';
import { stateAfter } from './life-cycle.ts';
import { type Grade, moveByGrade, type RunLengths, type Standing } from './move-by-grade.ts';

describe('moveByGrade', () => {
  test.each([
    ['C', 'qualified'],
    ['CC', 'probation'],
    ['CBC', 'qualified'],
    ['BB', 'qualified'],
    ['D', 'probation'],
    ['BD', 'probation'],
    ['A', 'qualified'],
    ['CCB', 'qualified'],
    ['CCA', 'qualified'],
    ['CCC', 'suspended'],
    ['DD', 'suspended'],
    ['DC', 'suspended'],
    ['DCA', 'suspended'],
  ])('REG-09: a qualified institution with grades %s is %s', (grades, state) => {
    expect(play(grades).standing.state).toBe(state);
  });

  test('REG-09: C once moves nothing, C twice running names both results', () => {
    expect(play('C').moves).toEqual([]);
    expect(play('CC').moves).toEqual([
      { move: 'warn', to: 'probation', gradeIds: ['grd_1', 'grd_2'] },
    ]);
  });

  test('REG-09: B on probation restores, C on probation suspends, each naming its one result', () => {
    expect(play('DB').moves[1]).toEqual({ move: 'restore', to: 'qualified', gradeIds: ['grd_2'] });
    expect(play('DC').moves[1]).toEqual({ move: 'suspend', to: 'suspended', gradeIds: ['grd_2'] });
  });

  test('REG-09: A twice running renews, and a third A alone does not renew again', () => {
    expect(play('AA').moves).toEqual([
      { move: 'renew', to: 'qualified', gradeIds: ['grd_1', 'grd_2'] },
    ]);
    expect(play('AAA').moves).toHaveLength(1);
    expect(play('AAAA').moves).toHaveLength(2);
    expect(play('ABA').moves).toEqual([]);
  });

  test('REG-09: the C before a probation does not count again after it', () => {
    expect(play('CCBC').standing.state).toBe('qualified');
    expect(play('CCBCC').standing.state).toBe('probation');
  });

  test.each(['applied', 'under_review', 'suspended', 'revoked', 'expired'] as const)(
    'REG-09: grades do not move what is %s',
    (state) => {
      expect(play('DDAA', state)).toEqual({ standing: { state, run: [] }, moves: [] });
    },
  );

  test('REG-09: a policy that is tighter about C moves at the first C', () => {
    const tighter = { ...national.figures, consecutiveGradeCForProbation: 1 };
    expect(play('C', 'qualified', tighter).standing.state).toBe('probation');
  });

  test('REG-09: every move is a row of the life cycle', () => {
    for (const grades of ['CC', 'D', 'DB', 'DC', 'AA']) {
      let state: QualificationState = 'qualified';
      for (const { move, to } of play(grades).moves) {
        expect(stateAfter(state, move)).toBe(to);
        state = to;
      }
    }
  });
});

function play(
  grades: string,
  state: QualificationState = 'qualified',
  lengths: RunLengths = national.figures,
) {
  let standing: Standing = { state, run: [] };
  const moves = [];
  for (const [index, grade] of [...grades].entries()) {
    const after = moveByGrade(
      standing,
      { gradeId: `grd_${index + 1}`, grade: grade as Grade },
      lengths,
    );
    standing = after.standing;
    if (after.move !== null) moves.push(after.move);
  }
  return { standing, moves };
}
