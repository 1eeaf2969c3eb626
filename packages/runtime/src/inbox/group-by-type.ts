/** Events of one type that may be handled in one transaction. */
export type TypeGroup<Event> = { readonly type: string; readonly events: Event[] };

/**
 * Gathers a batch into as few groups of one type as the order allows: taken one after the other, the groups hold
 * the events of each key in the order of the batch. Between keys no order was promised.
 */
export function groupByType<Event>(
  events: readonly Event[],
  keyOf: (event: Event) => string,
  typeOf: (event: Event) => string,
): TypeGroup<Event>[] {
  const groups: TypeGroup<Event>[] = [];
  const earliest = new Map<string, number>();
  for (const event of events) {
    const key = keyOf(event);
    const type = typeOf(event);
    const from = earliest.get(key) ?? 0;
    let at = groups.findIndex((group, index) => index >= from && group.type === type);
    if (at === -1) at = groups.push({ type, events: [] }) - 1;
    groups[at]?.events.push(event);
    earliest.set(key, at);
  }
  return groups;
}
