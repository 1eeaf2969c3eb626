/** Who is told in fact: there is an inbox for whom the registry knows, and for nobody else. [GOV-04] */
import type { NoticeRecipientKind } from '@shixun/contracts';
import { civilDateOf } from '@shixun/kernel';
import { EventRefused, type Unit } from '@shixun/runtime';
import { institutions } from '../institutions/store.ts';
import { regions } from '../regions/store.ts';
import { schools } from '../schools/store.ts';
import { teachers } from '../teachers/store.ts';
import { trainers } from '../trainers/store.ts';
import { type Addressee, inboxKey } from './recipients.ts';

/** A record, and the id of the one that goes on for it; null when it stands for itself. */
type Known = { readonly id: string; readonly goesOnAs: string | null };

/** Records are followed so far; the registry lets none run in a circle. */
const hopsMax = 10;

/**
 * Whose inbox each addressee's notices belong into, by `inboxKey`: that of the record itself, or of the one that it
 * was merged into, of the school that took it over, of the region that its area went to.
 * @throws EventRefused when somebody is not on record: the notice lies with the dead letters until it is redriven.
 */
export async function presentAddressees(
  addressees: readonly Addressee[],
  unit: Unit,
): Promise<ReadonlyMap<string, Addressee>> {
  const present = new Map<string, Addressee>();
  for (const [kind, those] of Map.groupBy(addressees, (each) => each.kind)) {
    const ids = await presentIds(kind, [...new Set(those.map(({ id }) => id))], unit);
    for (const [asked, id] of ids) present.set(inboxKey({ kind, id: asked }), { kind, id });
  }
  return present;
}

async function presentIds(
  kind: NoticeRecipientKind,
  asked: readonly string[],
  unit: Unit,
): Promise<ReadonlyMap<string, string>> {
  const present = new Map(asked.map((id) => [id, id]));
  for (let hop = 0; hop < hopsMax; hop += 1) {
    const found = await known[kind](unit, [...new Set(present.values())]);
    const byId = new Map(found.map((each) => [each.id, each]));
    let moved = false;
    for (const [id, at] of present) {
      const record = byId.get(at);
      if (record === undefined) throw new EventRefused(`no ${kind} ${at} is on record to be told`);
      if (record.goesOnAs === null) continue;
      present.set(id, record.goesOnAs);
      moved = true;
    }
    if (!moved) break;
  }
  return present;
}

type Find = (unit: Unit, ids: readonly string[]) => Promise<readonly Known[]>;
const among = (ids: readonly string[]) => ({ _id: { $in: [...ids] } });

/** The one that goes on for it, when there is but one. */
function heir(successors: readonly string[] | undefined): string | null {
  const [only, ...others] = successors ?? [];
  return only === undefined || others.length > 0 ? null : only;
}

const known: Readonly<Record<NoticeRecipientKind, Find>> = {
  teacher: async (unit, ids) => {
    const rows = await unit.findFields(teachers, among(ids), ['mergedInto']);
    return rows.map(({ _id: id, mergedInto }) => ({ id, goesOnAs: mergedInto }));
  },
  trainer: async (unit, ids) => {
    const rows = await unit.findFields(trainers, among(ids), ['_id']);
    return rows.map(({ _id: id }) => ({ id, goesOnAs: null }));
  },
  school: async (unit, ids) => {
    const rows = await unit.findFields(schools, among(ids), ['state', 'successors']);
    return rows.map(({ _id: id, state = 'open', successors }) => ({
      id,
      goesOnAs: state === 'open' ? null : heir(successors),
    }));
  },
  institution: async (unit, ids) => {
    const rows = await unit.findFields(institutions, among(ids), ['_id']);
    return rows.map(({ _id: id }) => ({ id, goesOnAs: null }));
  },
  region: async (unit, ids) => {
    const today = civilDateOf(unit.now);
    const rows = await unit.findFields(regions, among(ids), ['abolishedOn', 'successors']);
    return rows.map(({ _id: id, abolishedOn, successors }) => ({
      id,
      goesOnAs: abolishedOn && abolishedOn <= today ? heir(successors) : null,
    }));
  },
};
