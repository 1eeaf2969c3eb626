/** Runs the draws whose window is over. [CRS-46] */
import { civilDateOf } from '@shixun/kernel';
import {
  type Chore,
  type CommandContext,
  NotOpened,
  runUnit,
  separatePersons,
  type Unit,
} from '@shixun/runtime';
import { type Facts, factsOf, recordEnrollment, saveBatch } from '../enrollment/commands-enroll.ts';
import { eligibilityFaults } from '../enrollment/eligibility.ts';
import { readBatch } from '../enrollment/readers-enroll.ts';
import { schoolQuestion } from '../enrollment/school-word.ts';
import { bucketOf, type Seats } from '../enrollment/seating.ts';
import { type Applicant, type Drawn, drawPlaces } from './draw.ts';
import { notices } from './notices.ts';
import { lotOf } from './sealing.ts';
import { openSeed } from './sealing-seed.ts';
import { type DrawApplicationRow, type DrawRow, drawApplications, draws } from './store.ts';

/** How many draws one run looks at; those it leaves come in the next. */
const drawsMax = 50;

export const runDrawsChore: Chore = {
  name: 'run-draws',
  everyMs: 30_000,
  run: async ({ db, run, policies, persons = separatePersons, personalDataKey }, turn) => {
    const now = run?.clock?.() ?? new Date();
    const due = await db
      .model(draws)
      .find({ state: 'announced', closesAt: { $lte: now } })
      .sort({ closesAt: 1, _id: 1 })
      .limit(drawsMax)
      .lean();
    const closed: NotOpened[] = [];
    for (const { _id } of due) {
      if (turn?.signal.aborted === true) return;
      await runUnit(
        db,
        async (unit) => {
          await turn?.fence(unit);
          await runDraw(_id, unit, { policies, persons, personalDataKey });
        },
        run,
      ).catch((error: unknown) => {
        // Whose key is not there waits for it, and holds up no other.
        if (!(error instanceof NotOpened)) throw error;
        closed.push(error);
      });
    }
    if (closed.length > 0) throw new AggregateError(closed, 'seeds of draws that no key opens');
  },
};

type Books = Pick<CommandContext, 'policies' | 'persons' | 'personalDataKey'>;

type Entry = Applicant & {
  readonly application: DrawApplicationRow;
  readonly facts: Facts;
  readonly code: string | null;
};

/** At whatever moment the chore comes, applicants are looked at as if the window were still open. */
const always = { opensAt: new Date(0), closesAt: new Date(8.64e15), staggers: [] };

/** Runs one draw; nothing happens when it has run. It waits for a class that is not open yet. */
export async function runDraw(drawId: string, unit: Unit, books: Books): Promise<void> {
  const draw = await unit.findById(draws, drawId);
  if (draw?.state !== 'announced') return;
  const seed = draw.seed ?? openSeed(books.personalDataKey, drawId, draw.sealedSeed ?? '');
  const applications = await unit.find(drawApplications, { drawId });
  const { menuItemId } = draw;
  const inputs = applications.map(({ teacherId }) => ({ menuItemId, teacherId, waitlist: true }));
  const read = await readBatch(inputs, unit, books.persons);
  const batch = { ...read, policies: books.policies, date: civilDateOf(unit.now) };
  const entries = applications.flatMap((application): Entry[] => {
    const facts = factsOf(menuItemId, application.teacherId, batch);
    return 'batch' in facts ? [entryOf(application, facts, { seed, now: unit.now })] : [];
  });
  const [first] = entries;
  if (first?.facts.trainingClass.state === 'published') return;
  if (first === undefined || first.facts.trainingClass.state !== 'open') {
    unit.update(draws, { _id: drawId, state: 'announced' }, { $set: { state: 'void' } });
    return;
  }
  const { seats } = first.facts;
  const byPseudonym = new Map(entries.map((entry) => [entry.pseudonym, entry]));
  for (const lot of drawPlaces(seats, entries)) {
    const entry = byPseudonym.get(lot.pseudonym);
    if (entry) settle(entry, lot, draw, unit);
  }
  saveBatch(batch, unit);
  finish(draw, { seats, seed }, unit);
}

function entryOf(
  application: DrawApplicationRow,
  facts: Facts,
  { seed, now }: { readonly seed: string; readonly now: Date },
): Entry {
  const [fault] = eligibilityFaults({ ...facts, window: always }, now);
  const { pseudonym } = application;
  return {
    application,
    facts,
    pseudonym,
    lot: lotOf(seed, pseudonym),
    bucket: bucketOf(facts.seats.quotas, facts.teacher),
    excluded: fault !== undefined,
    code: fault?.code.name ?? null,
  };
}

function settle(entry: Entry, { rank, outcome }: Drawn, draw: DrawRow, unit: Unit): void {
  const { application, facts, bucket, code } = entry;
  const { _id, teacherId } = application;
  unit.update(drawApplications, { _id }, { $set: { rank, outcome, bucket } });
  const told = { drawId: draw._id, classId: draw.classId };
  const to = { teacherId };
  if (outcome === 'excluded') {
    const figures = { ...told, code: code ?? '' };
    unit.notify({ notice: notices.EXCLUDED_FROM_DRAW, to, subject: draw._id, figures });
    return;
  }
  const question = schoolQuestion(facts.school);
  if (outcome === 'waitlist') {
    const position = facts.tally.waiting + 1;
    recordEnrollment({ state: 'waitlisted', position, question }, facts, unit);
  } else if (question === null) recordEnrollment({ state: 'confirmed', question }, facts, unit);
  else recordEnrollment({ state: 'pending_school', question }, facts, unit);
  const notice = outcome === 'place' ? notices.DRAWN : notices.NOT_DRAWN;
  unit.notify({ notice, to, subject: draw._id, figures: { ...told, rank } });
}

function finish(
  draw: DrawRow,
  { seats, seed }: { readonly seats: Seats; readonly seed: string },
  unit: Unit,
): void {
  unit.update(
    draws,
    { _id: draw._id, state: 'announced' },
    { $set: { state: 'drawn', seed, seats, drawnAt: unit.now } },
  );
  unit.audit({
    stream: draw.classId,
    actor: 'clock',
    command: 'runDraw',
    facts: { drawId: draw._id, seed },
    policyVersion: null,
  });
}
