/** What a device sends that was offline: attendance of sessions, and the log of a day. [CRS-50] */
import {
  type CivilDate,
  civilDateOf,
  type Decision,
  decide,
  type Fault,
  fault,
  type Instant,
} from '@shixun/kernel';
import type { ClassState } from '../projects/project.ts';
import { runningFaults } from './record-attendance.ts';
import { codes } from './refusals.ts';

/** The content of a batch: what the device signed, read. */
export type BatchContent = {
  readonly classId: string;
  readonly deviceId: string;
  /** Counts the device's batches; they may arrive in any order, each once. */
  readonly number: number;
  readonly sessions: readonly {
    readonly sessionId: string;
    readonly takenAt: Instant;
    readonly marks: readonly { readonly enrollmentId: string; readonly presentMinutes: number }[];
  }[];
  readonly logs: readonly {
    readonly date: CivilDate;
    readonly performance: string;
    readonly incidents: string;
  }[];
};

export type BatchFacts = {
  readonly classState: ClassState;
  readonly deviceKnown: boolean;
  readonly signed: boolean;
  /** Null when the text is no batch. */
  readonly content: BatchContent | null;
  /** What was sent under this number before: nothing, the same, or something else. */
  readonly before: 'nothing' | 'same' | 'other';
  readonly classId: string;
  readonly deviceId: string;
  readonly sessions: ReadonlyMap<string, { readonly date: CivilDate; readonly minutes: number }>;
  readonly trainees: ReadonlySet<string>;
};

/** Takes a batch once: again with the same content it changes nothing, with other content it is refused. */
export function takeBatch(
  facts: BatchFacts,
  now: Instant,
): Decision<{ readonly content: BatchContent; readonly repeated: boolean }> {
  const { content } = facts;
  const faults: Fault[] = [...runningFaults(facts.classState)];
  if (!facts.deviceKnown) faults.push(fault(codes.DEVICE_UNKNOWN, ['deviceId']));
  else if (!facts.signed) faults.push(fault(codes.BATCH_SIGNATURE_WRONG, ['signature']));
  if (content === null) faults.push(malformed('content'));
  // What nobody signed is not looked into.
  if (content === null || faults.length > 0) return decide(faults, () => never());
  if (content.classId !== facts.classId) faults.push(malformed('classId'));
  if (content.deviceId !== facts.deviceId) faults.push(malformed('deviceId'));
  if (facts.before === 'other') {
    faults.push(fault(codes.BATCH_NUMBER_TAKEN, ['content'], { actual: content.number }));
  }
  faults.push(...markFaults(content, facts, now), ...logFaults(content, facts, now));
  return decide(faults, () => ({ content, repeated: facts.before === 'same' }));
}

function markFaults({ sessions }: BatchContent, facts: BatchFacts, now: Instant): Fault[] {
  return sessions.flatMap(({ sessionId, takenAt, marks }) => {
    const session = facts.sessions.get(sessionId);
    if (!session) return [fault(codes.SESSION_UNKNOWN, ['content'], { actual: sessionId })];
    const faults: Fault[] = [];
    if (takenAt > now || civilDateOf(takenAt) < session.date) faults.push(malformed('takenAt'));
    for (const { enrollmentId, presentMinutes } of marks) {
      if (!facts.trainees.has(enrollmentId)) {
        faults.push(fault(codes.NOT_A_TRAINEE, ['content'], { actual: enrollmentId }));
      }
      if (presentMinutes < 0 || presentMinutes > session.minutes) {
        const figures = { required: `0–${session.minutes}`, actual: presentMinutes };
        faults.push(fault(codes.MINUTES_OUT_OF_RANGE, ['content'], figures));
      }
    }
    return faults;
  });
}

function logFaults({ logs }: BatchContent, { sessions }: BatchFacts, now: Instant): Fault[] {
  const days = new Set([...sessions.values()].map(({ date }) => date));
  const today = civilDateOf(now);
  return logs.flatMap(({ date }) => {
    if (!days.has(date)) return [fault(codes.NO_TRAINING_DAY, ['content'], { actual: date })];
    return date > today ? [fault(codes.LOG_NOT_YET, ['content'], { required: date })] : [];
  });
}

function malformed(what: string): Fault {
  return fault(codes.BATCH_MALFORMED, ['content'], { actual: what });
}

function never(): never {
  throw new Error('a batch with faults has no outcome');
}
