/**
 * The workload statement 教学工作量 of a school and term: the sessions that its front-line part-time trainers gave in
 * trainings that a bureau commissioned. [REG-12]
 */
import {
  type CivilDate,
  type Decision,
  decide,
  type Fault,
  fault,
  scaleCenti,
} from '@shixun/kernel';
import { codes } from './refusals.ts';
import { daysOfTerm, type Term } from './term.ts';

export type GivenSession = {
  readonly trainerId: string;
  readonly date: CivilDate;
  readonly minutes: number;
  readonly level: string;
};

/** What one trainer gave in the term; hours in hundredths of a study hour 学时. */
export type WorkloadLine = {
  readonly trainerId: string;
  readonly sessions: number;
  readonly minutes: number;
  readonly hoursCenti: number;
};

export type WorkloadTrainer = {
  readonly _id: string;
  readonly kind: string;
  readonly fullTime: boolean;
};

/** The school's own project is its own work: what counts was organised or recognised by a bureau. [M13 六] */
export function countsAsWorkload({ level }: Pick<GivenSession, 'level'>): boolean {
  return level !== 'school';
}

/** A line for each front-line part-time trainer, of the sessions that have been given by that day. */
export function workloadLines(
  trainers: readonly WorkloadTrainer[],
  sessions: readonly GivenSession[],
  { asOf, minutesPerHour }: { readonly asOf: CivilDate; readonly minutesPerHour: number },
): readonly WorkloadLine[] {
  const counted = sessions.filter((session) => session.date <= asOf && countsAsWorkload(session));
  return trainers
    .filter(({ kind, fullTime }) => kind === 'frontline_teacher' && !fullTime)
    .map(({ _id: trainerId }) => {
      const own = counted.filter((session) => session.trainerId === trainerId);
      const minutes = own.reduce((sum, session) => sum + session.minutes, 0);
      const hoursCenti = scaleCenti(minutes, 100, minutesPerHour);
      return { trainerId, sessions: own.length, minutes, hoursCenti };
    });
}

/** A term's statement is closed once, after its last day. */
export function closeWorkloadStatement(
  facts: { readonly closed: boolean; readonly lines: readonly WorkloadLine[] },
  term: Term,
  today: CivilDate,
): Decision<readonly WorkloadLine[]> {
  const { to } = daysOfTerm(term);
  const faults: Fault[] = [];
  if (facts.closed) faults.push(fault(codes.STATEMENT_CLOSED, ['term'], { actual: term }));
  if (today <= to) {
    faults.push(fault(codes.TERM_RUNNING, ['term'], { required: to, actual: today }));
  }
  return decide(faults, () => facts.lines);
}
