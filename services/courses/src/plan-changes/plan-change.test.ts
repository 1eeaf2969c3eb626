import { describe, expect, test } from '@jest/globals';
import { addDays, explain, startOfDay } from '@shixun/kernel';
import { exampleFacts, examplePlan } from '../plans/plan.example.ts';
import type { PlanContent, PlanSession } from '../plans/plan.ts';
import { alignSessions } from './align.ts';
import { clashesOf } from './clash.ts';
import { planDifferences } from './difference.ts';
import { type ChangeFacts, effectFrom, weighChange } from './request-change.ts';
import { sayDifference } from './words.ts';

/** Well before the class opens on 2026-07-13. */
const now = new Date('2026-07-01T02:00:00Z');

const trainers = new Map([
  ...exampleFacts.trainers,
  ['trn_3', { kind: 'frontline_teacher', inPool: true }],
  ['trn_4', { kind: 'frontline_teacher', inPool: false }],
] as const);
const roster = ['trn_1', 'trn_2', 'trn_3'].map((trainerId) => ({ trainerId, specialty: '教学' }));

/** The example with a third trainer, of the first one's kind, who may teach every module. */
const published: PlanContent = {
  ...examplePlan,
  trainers: roster,
  modules: examplePlan.modules.map((module) => ({
    ...module,
    trainerIds: ['trn_1', 'trn_2', 'trn_3'],
  })),
};
const meetings = published.classes[0]?.sessions ?? [];
const sessionIds = [meetings.map((_, at) => `ses_${at}`)];

function facts(change: Partial<ChangeFacts> = {}): ChangeFacts {
  return {
    published,
    review: { ...exampleFacts, trainers },
    substitution: {
      sessionIds,
      substitutedBefore: new Set(),
      substituteSessionsShareMax: { numerator: 10, denominator: 100 },
    },
    windowDays: 3,
    scheduleDays: 5,
    pending: null,
    ...change,
  };
}

/** The plan with its meetings changed one by one. */
function withSessions(
  change: (session: PlanSession, at: number) => PlanSession | null,
  plan: PlanContent = published,
): PlanContent {
  return {
    ...plan,
    classes: plan.classes.map((each) => ({
      ...each,
      sessions: each.sessions.flatMap((session, at) => change(session, at) ?? []),
    })),
  };
}
const first = (count: number, change: Partial<PlanSession>) =>
  withSessions((session, at) => (at < count ? { ...session, ...change } : session));
const kindsOf = (after: PlanContent) =>
  planDifferences(published, after, trainers).map(({ kind }) => kind);
const weighed = (after: PlanContent, change: Partial<ChangeFacts> = {}, at = now) => {
  const { severity, faults } = weighChange(after, facts(change), at);
  return [severity, ...faults.map(({ code }) => code.name)];
};

describe('CRS-19: what two versions differ in', () => {
  test('CRS-19: nothing, and a plan that says nothing new is refused', () => {
    expect(kindsOf(published)).toEqual([]);
    expect(weighed(published)).toEqual(['minor', 'PLAN_CHANGE_EMPTY']);
  });

  test('CRS-19: a room and an hour of the same day are minor', () => {
    const after = withSessions((session, at) =>
      at === 0 ? { ...session, place: '报告厅', startMinute: session.startMinute - 30 } : session,
    );
    expect(kindsOf(after)).toEqual(['session_shifted', 'session_room_moved']);
    expect(weighed(after)).toEqual(['minor']);
  });

  test('CRS-19: another day is major, and it is one meeting that moves, not two', () => {
    const after = withSessions((session, at) =>
      at === 89 ? { ...session, date: '2026-07-28', startMinute: 510 } : session,
    );
    const longer = {
      ...after,
      classes: after.classes.map((each) => ({
        ...each,
        segments: each.segments.map((segment) => ({ ...segment, endsOn: '2026-07-28' })),
      })),
    };
    expect(kindsOf(longer)).toEqual(['class_dates_changed', 'session_moved']);
    expect(weighed(longer)).toEqual(['major']);
  });

  test('CRS-19: the place of the class is major, the room of a meeting is not', () => {
    const after = {
      ...published,
      classes: published.classes.map((each) => ({ ...each, place: '市教育学院' })),
    };
    expect(kindsOf(after)).toEqual(['class_place_moved']);
    expect(weighed(after)).toEqual(['major']);
  });

  test('CRS-19: a dropped module is major and takes its hours and meetings with it', () => {
    const without = withSessions((session) => (session.moduleKey === 'it' ? null : session));
    const after = { ...without, modules: without.modules.filter(({ key }) => key !== 'it') };
    const kinds = kindsOf(after);
    expect(kinds.filter((kind) => kind === 'session_dropped')).toHaveLength(6);
    expect(kinds.slice(-2)).toEqual(['module_dropped', 'hours_changed']);
    // 84 hours: information technology is a required module still.
    expect(weighed(after)).toEqual(['major', 'GENERAL_MODULE_MISSING']);
  });

  test('CRS-19: a shorter meeting and fewer hours of a module are major', () => {
    const shorter = withSessions((session, at) => (at === 30 ? null : session));
    const after = {
      ...shorter,
      modules: shorter.modules.map((module) =>
        module.key === 'theory' ? { ...module, hoursCenti: module.hoursCenti - 100 } : module,
      ),
    };
    expect(kindsOf(after)).toEqual(['session_dropped', 'module_hours_changed', 'hours_changed']);
    expect(weighed(after)).toEqual(['major']);
  });

  test('CRS-19: what the rule does not call minor needs consent: texts, homework, the class head', () => {
    const words = { ...published, goals: '新的目标' };
    const homework = {
      ...published,
      modules: published.modules.map((module, at) =>
        at === 0 ? { ...module, homework: '两份设计' } : module,
      ),
    };
    const head = {
      ...published,
      classes: published.classes.map((each) => ({
        ...each,
        classHead: { personId: 'person_other', fullTime: true },
      })),
    };
    expect([words, homework, head].map((after) => weighed(after))).toEqual([
      ['major'],
      ['major'],
      ['major'],
    ]);
  });

  test('CRS-19: each difference is a sentence in two languages', () => {
    const [difference] = planDifferences(published, first(1, { place: '报告厅' }), trainers);
    if (difference === undefined) throw new Error('no difference');
    expect(sayDifference(difference, 'zh')).toBe(
      '一班 · 课程 ethics：教室由“教学楼 301”调整为“报告厅”',
    );
    expect(sayDifference(difference, 'en')).toBe(
      '一班 · 课程 ethics: room “教学楼 301” becomes “报告厅”',
    );
  });

  test('CRS-19: meetings that trade their hours within a day are shifted, none is dropped', () => {
    const [a, b] = meetings.filter(({ moduleKey }) => moduleKey === 'theory');
    if (a === undefined || b === undefined) throw new Error('no meetings');
    const moved = [{ ...a, startMinute: b.startMinute + 60 }, b];
    expect(alignSessions([a, b], moved)).toEqual({
      pairs: [
        { before: 0, after: 0 },
        { before: 1, after: 1 },
      ],
      dropped: [],
      added: [],
    });
  });
});

describe('CRS-19: substitutes', () => {
  test('CRS-19: of the same kind in exactly 10 % of the meetings is minor, one more is major', () => {
    expect(weighed(first(9, { trainerId: 'trn_3' }))).toEqual(['minor']);
    expect(weighed(first(10, { trainerId: 'trn_3' }))).toEqual(['major']);
    expect(weighChange(first(9, { trainerId: 'trn_3' }), facts(), now).share).toBe('10 %');
  });

  test('CRS-19: they add up over the life of the plan; the same meeting counts once', () => {
    const before = (ids: readonly string[]) => ({
      substitution: { ...facts().substitution, substitutedBefore: new Set(ids) },
    });
    const after = first(5, { trainerId: 'trn_3' });
    const earlier = ['ses_80', 'ses_81', 'ses_82', 'ses_83'];
    expect(weighed(after, before(earlier))).toEqual(['minor']);
    expect(weighed(after, before([...earlier, 'ses_84']))).toEqual(['major']);
    expect(weighed(after, before([...earlier, 'ses_0']))).toEqual(['minor']);
  });

  test('CRS-19: of another kind is major, be it one meeting', () => {
    const after = first(1, { trainerId: 'trn_2' });
    expect(kindsOf(after)).toEqual(['session_trainer_replaced']);
    expect(weighed(after)).toEqual(['major']);
  });

  test('CRS-13: the shares are reckoned anew: a substitute from outside the pool tips the half', () => {
    const outsider = { trainerId: 'trn_4', specialty: '教学' };
    const only = (ids: readonly string[]): PlanContent => ({
      ...first(1, { trainerId: 'trn_4' }),
      trainers: [...roster.filter(({ trainerId }) => ids.includes(trainerId)), outsider],
      modules: published.modules.map((module) => ({
        ...module,
        trainerIds: [...ids, 'trn_4'],
      })),
    });
    // Two of three are in the pool; one of two is not more than half. Who leaves without a meeting makes it major.
    expect(weighed(only(['trn_1', 'trn_3']))).toEqual(['major']);
    expect(weighed(only(['trn_1']))).toEqual(['major', 'EXPERT_POOL_SHARE_TOO_SMALL']);
  });

  test('CRS-13: a trainer who left the pool since does not keep a meeting from another room', () => {
    const left = new Map([...trainers].map(([id, known]) => [id, { ...known, inPool: false }]));
    const review = { ...exampleFacts, trainers: left };
    expect(weighed(first(1, { place: '报告厅' }), { review })).toEqual(['minor']);
    expect(weighed(first(1, { trainerId: 'trn_3' }), { review })).toEqual([
      'minor',
      'EXPERT_POOL_SHARE_TOO_SMALL',
    ]);
  });
});

describe('CRS-19: what can’t be changed', () => {
  const at = (date: string, minute: number) =>
    new Date(startOfDay(date).getTime() + minute * 60_000);
  const after = first(1, { place: '报告厅' });

  test('CRS-19: a meeting can change until the minute in which it begins', () => {
    expect(weighed(after, {}, at('2026-07-13', 510))).toEqual(['minor']);
    const late = new Date(at('2026-07-13', 510).getTime() + 1);
    expect(weighed(after, {}, late)).toEqual(['minor', 'PLAN_CHANGE_SESSION_HELD']);
  });

  test('CRS-19: a meeting can’t move into the past', () => {
    const earlier = first(1, { startMinute: 450 });
    expect(weighed(earlier, {}, at('2026-07-13', 460))).toEqual([
      'minor',
      'PLAN_CHANGE_SESSION_TOO_EARLY',
    ]);
  });

  test('CRS-19: a major change touches nothing before the day after its window', () => {
    expect(effectFrom('major', 3, at('2026-07-09', 1_439))).toEqual(startOfDay('2026-07-13'));
    const replaced = first(1, { trainerId: 'trn_2' });
    expect(weighed(replaced, {}, at('2026-07-09', 1_439))).toEqual(['major']);
    expect(weighed(replaced, {}, startOfDay('2026-07-10'))).toEqual([
      'major',
      'PLAN_CHANGE_SESSION_HELD',
    ]);
  });

  test('CRS-19: one change at a time, and the refusal says so; a class keeps its name, its places and quotas', () => {
    expect(weighed(after, { pending: 'announced' })).toEqual(['minor', 'PLAN_CHANGE_PENDING']);
    const more = {
      ...after,
      classes: after.classes.map((each) => ({ ...each, capacity: each.capacity + 1 })),
    };
    expect(weighed(more)).toEqual(['minor', 'PLAN_CHANGE_PLACES_DIFFER']);
    const renamed = {
      ...after,
      classes: after.classes.map((each) => ({ ...each, name: '二班' })),
    };
    expect(weighed(renamed)).toEqual(['major', 'PLAN_CHANGE_CLASS_RENAMED']);
    const [told] = weighChange(after, facts({ pending: 'announced' }), now).faults;
    expect(told && explain(told).messageEn).toContain('one change of its plan at a time');
  });
});

describe('CRS-41: meetings in their new time and the trainee’s other classes', () => {
  const met = (date: string, startMinute: number) => ({ date, startMinute, minutes: 45 });
  const other = { classId: 'cls_2', enrollmentId: 'enr_2', sessions: [met('2026-07-14', 540)] };

  test('CRS-41: a shared minute is a clash, an end that meets a beginning is none', () => {
    expect(clashesOf([met('2026-07-14', 495)], [other])).toEqual([]);
    expect(clashesOf([met('2026-07-14', 496)], [other])).toEqual([
      { otherClassId: 'cls_2', otherEnrollmentId: 'enr_2', date: '2026-07-14' },
    ]);
    expect(clashesOf([met(addDays('2026-07-14', 1), 540)], [other])).toEqual([]);
  });
});
