/**
 * What several sources say of one trainee at one session becomes one figure: the report that stands highest wins, and
 * it depends on the reports alone, never on the order in which they came. [CRS-50]
 */
import type { Instant } from '@shixun/kernel';
import type { AttendanceMark, AttendanceReport, ParticipationRow } from './participation.ts';

export const attendanceSources = ['code', 'device', 'sheet', 'class_head', 'correction'] as const;
/**
 * Who says it, from the weakest to the strongest: a code on the screen 动态码, a device's batch 离线批次, a scanned
 * sheet 签到表, the class head 班主任, a correction with a reason 更正.
 */
export type AttendanceSource = (typeof attendanceSources)[number];

/** The report that counts; undefined without any. Of one source the one taken last, and at one instant the kinder one. */
export function prevailing(reports: readonly AttendanceReport[]): AttendanceReport | undefined {
  return reports.reduce<AttendanceReport | undefined>(
    (best, next) => (best === undefined || outranks(next, best) ? next : best),
    undefined,
  );
}

function outranks(one: AttendanceReport, other: AttendanceReport): boolean {
  const rank = attendanceSources.indexOf(one.source) - attendanceSources.indexOf(other.source);
  if (rank !== 0) return rank > 0;
  const later = one.takenAt.getTime() - other.takenAt.getTime();
  if (later !== 0) return later > 0;
  return one.presentMinutes > other.presentMinutes;
}

/**
 * The record with more reports, each kept once. Where another figure counts than before, the earlier one is kept beside
 * it.
 */
export function withReports(
  record: ParticipationRow,
  arriving: readonly AttendanceReport[],
): ParticipationRow {
  const known = new Set(record.reports.map(contentOf));
  const fresh = arriving.filter((report) => !known.has(contentOf(report)));
  const reports = [...record.reports, ...fresh];
  const touched = new Set(fresh.map(({ sessionId }) => sessionId));
  const others = record.attendance.filter(({ sessionId }) => !touched.has(sessionId));
  const marks = [...touched].flatMap((sessionId): readonly AttendanceMark[] => {
    const before = record.attendance.find((mark) => mark.sessionId === sessionId);
    const best = prevailing(reports.filter((report) => report.sessionId === sessionId));
    return best === undefined ? [] : [markOf(best, before)];
  });
  return { ...record, reports, attendance: [...others, ...marks] };
}

function contentOf(report: AttendanceReport): string {
  const { sessionId, source, presentMinutes, takenAt, evidence } = report;
  return [sessionId, source, presentMinutes, takenAt.toISOString(), evidence].join('\n');
}

function markOf(
  { sessionId, presentMinutes, source, recordedAt, recordedBy, reason }: AttendanceReport,
  before: AttendanceMark | undefined,
): AttendanceMark {
  const mark = { sessionId, presentMinutes, source, recordedAt, recordedBy, reason };
  if (before === undefined) return { ...mark, earlier: [] };
  const { earlier, ...stood } = before;
  const same =
    stood.recordedAt.getTime() === recordedAt.getTime() &&
    stood.source === source &&
    stood.presentMinutes === presentMinutes;
  return same ? before : { ...mark, earlier: [...earlier, stood] };
}

/** Minutes of a session that are left when somebody checks in: all of it before it begins. [CRS-50] */
export function minutesFromCheckIn(
  session: { readonly startsAt: Instant; readonly minutes: number },
  now: Instant,
): number {
  const late = Math.ceil((now.getTime() - session.startsAt.getTime()) / 60_000);
  return Math.min(session.minutes, Math.max(0, session.minutes - late));
}
