import { common, fault } from '@shixun/kernel';
import { type AccessTable, may, mayTry, type Row, rowOf } from '../access.ts';
import type { Caller } from '../caller.ts';
import type { Database } from '../database.ts';
import { type Persons, separatePersons } from '../persons.ts';
import type { PolicyBook } from '../policies.ts';
import type { Handed, Replicas } from '../replicas/replicas.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { currentTraceparent } from '../telemetry/traces.ts';
import { UnitsAhead } from '../unit/ahead.ts';
import { type RunOptions, runUnit } from '../unit/run.ts';
import type { Unit } from '../unit/unit.ts';
import { type CommandResult, type FirstAnswer, firstAnswers, keepAnswers } from './answers.ts';
import { type Asked, answersOf, checkInput, firstOf, idsOf, inRows, refused } from './asked.ts';
import { type Command, type CommandContext, faultOf } from './define.ts';
import { type Lanes, laneOf, type Ready } from './lanes.ts';
import type { Turn } from './waiting-room.ts';

/** What every command of a service runs on. */
export type CommandRoom = {
  readonly db: Database;
  readonly access: AccessTable;
  readonly policies: PolicyBook;
  /** Which records of teachers are of one person; without it none was ever merged. [REG-16] */
  readonly persons?: Persons;
  /** Wraps the keys that encrypt personal data. [GOV-03] */
  readonly personalDataKey: Buffer;
  readonly metrics: Metrics;
  readonly run: RunOptions;
  readonly lanes: Lanes;
  /** The other replicas of the service; without it this one executes everything. */
  readonly replicas?: Pick<Replicas, 'ownerOf' | 'ask'>;
};

/**
 * Executes a command, here or at the replica that owns what it is about: the row's role is looked at before any fact is
 * read, then in one transaction the key is asked for its first answer, the facts are gathered, the scope is checked, the
 * decision is taken and recorded.
 */
export async function execute(
  room: CommandRoom,
  command: Command,
  caller: Caller | null,
  rawInput: unknown,
): Promise<CommandResult<unknown>> {
  const row = rowOf(room.access, 'Mutation', command.name);
  if (row === undefined) throw new Error(`the access table has no row for ${command.name}`);
  if (!mayTry(caller, row)) return refused([fault(common.FORBIDDEN, [])]);
  const asked = checkInput(room.personalDataKey, command, caller, rawInput);
  if ('refusals' in asked) return asked;
  const handed = { command: command.name, caller, input: rawInput };
  const elsewhere = await executeElsewhere(room, command, asked, handed);
  if (elsewhere !== null) return elsewhere;
  return room.metrics.timeCommand(command.name, async () => {
    if (!command.grouped) return alone(room, command, row, asked);
    const lane = laneOf<Asked, CommandResult<unknown>>(room.lanes, command.name, () =>
      groupWork(room, command, row),
    );
    const turn = lane.waitingRoom.enter(asked.key, lane.load(), performance.now());
    return turn === null ? lane.twins.ask(asked.key, () => lane.ask(asked)) : queued(turn);
  });
}

async function executeElsewhere(
  { replicas }: CommandRoom,
  { spec }: Command,
  { input }: Asked,
  handed: Handed,
): Promise<CommandResult<unknown> | null> {
  if (!replicas || !spec.owner) return null;
  const address = replicas.ownerOf(spec.owner(input));
  return address === null ? null : replicas.ask(address, handed);
}

function runOptions({ run }: CommandRoom): RunOptions {
  return { ...run, traceparent: currentTraceparent() };
}

async function alone(
  room: CommandRoom,
  command: Command,
  row: Row,
  asked: Asked,
): Promise<CommandResult<unknown>> {
  const decided = (unit: Unit) =>
    decideGroup(room, command, row, { group: [asked], unit, asks: true });
  const [result] = await runUnit(room.db, decided, runOptions(room));
  return result as CommandResult<unknown>;
}

/** How groups of one command are prepared and committed. */
function groupWork(room: CommandRoom, command: Command, row: Row) {
  const units = new UnitsAhead(room.db);
  return (group: readonly Asked[]): Promise<Ready<CommandResult<unknown>>> => {
    // A group asks for first answers only when anything makes it run again: hardly any request of a rush is a retry,
    // and the unique index on the keys finds each that is.
    const decide = (unit: Unit, tries: number) =>
      decideGroup(room, command, row, { group, unit, asks: tries > 1 });
    return units.prepare(decide, runOptions(room));
  };
}

function contextOf(room: CommandRoom, caller: Caller | null): CommandContext {
  const { policies, personalDataKey, persons = separatePersons } = room;
  return { caller, policies, persons, personalDataKey };
}

async function decideGroup(
  room: CommandRoom,
  command: Command,
  row: Row,
  { group, unit, asks }: { group: readonly Asked[]; unit: Unit; asks: boolean },
): Promise<readonly CommandResult<unknown>[]> {
  const { spec } = command;
  const stored = asks && !spec.answers ? await firstAnswers(unit, group.flatMap(idsOf)) : noAnswers;
  const fresh =
    stored.size === 0 ? group : group.filter((asked) => !idsOf(asked).some((id) => stored.has(id)));
  const context = contextOf(room, command.grouped ? null : (group[0]?.caller ?? null));
  const batch =
    fresh.length === 0
      ? undefined
      : await spec.gatherAll(
          fresh.map((asked) => asked.input),
          unit,
          context,
        );
  const known = spec.answers ? await inRows(spec.answers, fresh, { batch, unit }) : stored;
  const given = new Map<string, { asked: Asked; result: CommandResult<unknown> }>();
  const results = group.map((asked) => {
    const first = firstOf(asked, known, given);
    if (first !== undefined) return first;
    const result = decideOne(command, row, asked, { batch, unit });
    if (asked.key !== null) given.set(asked.key, { asked, result });
    return result;
  });
  if (!spec.answers) keepAnswers(unit, answersOf(given.values()));
  if (batch !== undefined) spec.save(batch, unit);
  return results;
}

const noAnswers: ReadonlyMap<string, FirstAnswer> = new Map();

function decideOne(
  { name, spec }: Command,
  row: Row,
  asked: Asked,
  { batch, unit }: { batch: unknown; unit: Unit },
): CommandResult<unknown> {
  const { caller, input } = asked;
  const facts = spec.facts(input, batch);
  const absent = faultOf(facts);
  // Without its path: what is out of scope is refused alike, and neither says which it was.
  if (absent) return refused([{ ...absent, path: [] }]);
  const scope = spec.scope(facts, input);
  if (!may(caller, row, scope)) return refused([fault(common.NOT_FOUND, [])]);
  const policyVersion = spec.policyVersion?.(facts) ?? null;
  const decision = spec.decide(input, facts, { now: unit.now, caller });
  if (!decision.accepted) {
    spec.refused?.(decision.faults, facts, unit, input);
    return refused(decision.faults, policyVersion);
  }
  const answer = spec.record(decision.outcome, facts, unit, asked);
  const stream = spec.stream(facts, decision.outcome, answer);
  const actor = caller?.subject ?? 'anonymous';
  const kept = spec.audited ? spec.audited(input, answer) : (input as Record<string, unknown>);
  unit.audit({ stream, actor, command: name, facts: kept, policyVersion });
  for (const flag of decision.flags) {
    if (flag.code.rule === null || typeof scope.regionCode !== 'string') continue;
    unit.openFinding({
      rule: flag.code.rule,
      regionCode: scope.regionCode,
      subject: stream,
      figures: flag.figures,
    });
  }
  return { answer, refusals: [] };
}

/** Nothing is decided or kept: the same key asks again. [CRS-46] */
function queued(turn: Turn): CommandResult<never> {
  const figures = { required: turn.retryAfterMs, actual: turn.position };
  return { ...refused([fault(common.QUEUED, [], figures)]), queue: turn };
}
