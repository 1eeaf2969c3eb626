/**
 * The life of a qualification 资质: one table, read by the decisions, by the documentation and by clients
 * (`qualificationLifeCycle`, `Qualification.nextMoves`). [REG-08, REG-09]
 */
import type { QualificationState, RuleNumber } from '@shixun/kernel';

/** Who makes a move: the institution, a bureau, its superior on appeal, published grades, or the calendar. */
export type MoveMaker = 'institution' | 'bureau' | 'superior' | 'grades' | 'calendar';

export type QualificationMove = (typeof lifeCycle)[number]['move'];

/** `from: null` is the beginning: nothing has been applied for yet. */
export const lifeCycle = [
  row('apply', null, 'applied', 'institution', 'REG-08', '提交资质申请', 'applies for a scope'),
  row(
    'amend',
    'applied',
    'applied',
    'institution',
    'REG-08',
    '修改申请',
    'corrects the application',
  ),
  row('take_up', 'applied', 'under_review', 'bureau', 'REG-08', '受理审核', 'takes up the review'),
  row(
    'return',
    'under_review',
    'applied',
    'bureau',
    'REG-08',
    '退回修改',
    'returns it for correction',
  ),
  row('grant', 'under_review', 'qualified', 'bureau', 'REG-08', '认定资质', 'grants the scope'),
  row(
    'warn',
    'qualified',
    'probation',
    'grades',
    'REG-09',
    '黄牌警示',
    'grade D, or C twice running',
  ),
  row(
    'restore',
    'probation',
    'qualified',
    'grades',
    'REG-09',
    '恢复资质',
    'grade A or B on probation',
  ),
  row('suspend', 'probation', 'suspended', 'grades', 'REG-09', '暂停资质', 'below B on probation'),
  row('renew', 'qualified', 'qualified', 'grades', 'REG-09', '免申请续期', 'A twice running'),
  row(
    'revoke',
    'qualified',
    'revoked',
    'bureau',
    'REG-09',
    '撤销资质',
    'a serious-quality finding',
  ),
  row(
    'revoke',
    'probation',
    'revoked',
    'bureau',
    'REG-09',
    '撤销资质',
    'a serious-quality finding',
  ),
  row(
    'revoke',
    'suspended',
    'revoked',
    'bureau',
    'REG-09',
    '撤销资质',
    'a serious-quality finding',
  ),
  row('expire', 'qualified', 'expired', 'calendar', 'REG-08', '资质到期', 'the period has ended'),
  row('expire', 'probation', 'expired', 'calendar', 'REG-08', '资质到期', 'the period has ended'),
  row(
    'supersede',
    'qualified',
    'expired',
    'bureau',
    'REG-08',
    '新资质取代',
    'a new scope is granted',
  ),
  row(
    'supersede',
    'probation',
    'expired',
    'bureau',
    'REG-08',
    '新资质取代',
    'a new scope is granted',
  ),
  row(
    'supersede',
    'suspended',
    'expired',
    'bureau',
    'REG-08',
    '新资质取代',
    'a new scope is granted',
  ),
  ...reinstatements(),
] as const;

export type Transition = (typeof lifeCycle)[number];

/** True when the table has a row for just this step; some moves lead to more than one state from the same one. */
export function isTransition(
  from: QualificationState,
  move: QualificationMove,
  to: QualificationState,
): boolean {
  return lifeCycle.some((row) => row.from === from && row.move === move && row.to === to);
}

/** The state that the move leads to from here; undefined when the table has no such row. */
export function stateAfter(
  from: QualificationState | null,
  move: QualificationMove,
): QualificationState | undefined {
  return lifeCycle.find((transition) => transition.from === from && transition.move === move)?.to;
}

/** What may happen next. */
export function nextMoves(from: QualificationState | null): readonly Transition[] {
  return lifeCycle.filter((transition) => transition.from === from);
}

/** The states from which a move exists, as a refusal shows them. */
export function statesBefore(move: QualificationMove): readonly string[] {
  return lifeCycle.filter((row) => row.move === move).map(({ from }) => from ?? 'none');
}

/** An upheld appeal takes the institution back to where the appealed move found it. */
function reinstatements() {
  const steps = [
    ['probation', 'qualified'],
    ['suspended', 'probation'],
    ['revoked', 'qualified'],
    ['revoked', 'probation'],
    ['revoked', 'suspended'],
  ] as const;
  return steps.map(([from, to]) =>
    row('reinstate', from, to, 'superior', 'REG-09', '申诉成立，恢复原状态', 'an appeal is upheld'),
  );
}

function row<const Move extends string>(
  move: Move,
  from: QualificationState | null,
  to: QualificationState,
  ...[by, rule, zh, en]: readonly [MoveMaker, RuleNumber, string, string]
) {
  return { move, from, to, by, rule, zh, en } as const;
}
