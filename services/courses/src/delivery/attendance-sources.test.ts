import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  attendanceSources,
  minutesFromCheckIn,
  prevailing,
  withReports,
} from './attendance-sources.ts';
import { type AttendanceReport, emptyParticipation } from './participation.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 6, 13, 1, minute));
const report = (change: Partial<AttendanceReport> = {}): AttendanceReport => ({
  sessionId: 'ses_1',
  source: 'class_head',
  presentMinutes: 90,
  takenAt: at(0),
  recordedAt: at(0),
  recordedBy: 'trn_1',
  evidence: null,
  reason: null,
  ...change,
});
const anyReport = fc
  .record({
    sessionId: fc.constantFrom('ses_1', 'ses_2'),
    source: fc.constantFrom(...attendanceSources),
    presentMinutes: fc.integer({ min: 0, max: 135 }),
    minute: fc.nat(3),
    evidence: fc.constantFrom(null, 'dev_1:1', 'dev_2:1'),
  })
  .map(({ minute, ...rest }) => report({ ...rest, takenAt: at(minute) }));

describe('CRS-50: many sources, one figure', () => {
  test('a correction stands above the class head, then sheet, device and code', () => {
    const all = attendanceSources.map((source, n) => report({ source, presentMinutes: n }));
    for (let most = all.length; most > 0; most -= 1) {
      expect(prevailing(all.slice(0, most))?.source).toBe(attendanceSources[most - 1]);
    }
  });
  test('of one source the one taken last counts, whenever it arrives', () => {
    const early = report({ source: 'device', presentMinutes: 10, takenAt: at(1) });
    const late = report({ source: 'device', presentMinutes: 20, takenAt: at(2) });
    expect(prevailing([early, late])).toBe(late);
    expect(prevailing([late, early])).toBe(late);
  });
  test('in whatever order and however often reports come, the same minutes count', () => {
    const orders = fc.array(anyReport, { maxLength: 12 }).chain((reports) =>
      fc.tuple(
        fc.constant(reports),
        fc.shuffledSubarray([...reports, ...reports], {
          minLength: reports.length * 2,
          maxLength: reports.length * 2,
        }),
      ),
    );
    const counted = (reports: readonly AttendanceReport[]) =>
      reports
        .reduce((record, each) => withReports(record, [each]), emptyParticipation('enr_1', 'cls_1'))
        .attendance.map(({ sessionId, presentMinutes, source }) => [
          sessionId,
          presentMinutes,
          source,
        ])
        .sort();
    fc.assert(
      fc.property(orders, ([reports, again]) => {
        expect(counted(again)).toEqual(counted(reports));
      }),
    );
  });
  test('a correction keeps the old value with its source, and says why', () => {
    const record = withReports(emptyParticipation('enr_1', 'cls_1'), [report()]);
    const correction = report({ source: 'correction', presentMinutes: 0, reason: '签到有误' });
    const [mark] = withReports(record, [correction]).attendance;
    expect(mark).toMatchObject({ presentMinutes: 0, source: 'correction', reason: '签到有误' });
    expect(mark?.earlier).toMatchObject([{ presentMinutes: 90, source: 'class_head' }]);
  });
  test('what does not count is kept and changes nothing', () => {
    const record = withReports(emptyParticipation('enr_1', 'cls_1'), [report()]);
    const later = withReports(record, [report({ source: 'code', presentMinutes: 5 })]);
    expect(later.reports).toHaveLength(2);
    expect(later.attendance).toEqual(record.attendance);
  });
});

test('CRS-50: presence counts from the check-in to the end: all of it before the beginning, a minute less a second after', () => {
  const session = { startsAt: at(0), minutes: 135 };
  const seconds = (n: number) => new Date(at(0).getTime() + n * 1000);
  expect(minutesFromCheckIn(session, seconds(-600))).toBe(135);
  expect(minutesFromCheckIn(session, seconds(0))).toBe(135);
  expect(minutesFromCheckIn(session, seconds(1))).toBe(134);
  expect(minutesFromCheckIn(session, seconds(60))).toBe(134);
  expect(minutesFromCheckIn(session, seconds(61))).toBe(133);
  expect(minutesFromCheckIn(session, seconds(135 * 60))).toBe(0);
});
