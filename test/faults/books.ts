/** Counts what must agree when a story is over, from the databases alone: nothing lost, doubled or oversold. */
import { expect } from '@jest/globals';
import type { Told } from '@shixun/infra/story/story';
import { eventually } from '@shixun/infra/story/world';
import { eventsOf, type OutboxRow } from '@shixun/runtime';
import mongoose from 'mongoose';

type Document = Readonly<Record<string, unknown>>;

export async function expectBooksAgree(
  databasePrefix: string,
  { classId, visit }: Told,
): Promise<void> {
  const connection = mongoose.createConnection(process.env['MONGODB_URI'] ?? '');
  await connection.asPromise();
  const of = (service: string) => connection.useDb(`${databasePrefix}${service}`);
  const rows = async (service: string, name: string, filter = {}): Promise<Document[]> =>
    of(service).collection(name).find(filter).toArray();
  try {
    for (const service of ['registry', 'courses', 'credits', 'evaluation']) {
      await eventually(
        `${service} has told everything`,
        async () => (await rows(service, 'outbox', { publishedAt: null })).length === 0,
      );
      expect(await rows(service, 'dead_letters')).toEqual([]);
    }
    const confirmed = await rows('courses', 'enrollments', { classId, state: 'confirmed' });
    const [seats] = await rows('courses', 'seats', { _id: classId });
    expect(confirmed).toHaveLength(6);
    expect(new Set(confirmed.map(({ teacherId }) => teacherId)).size).toBe(6);
    expect(seats).toMatchObject({ taken: 6, waiting: 0 });
    const completed = await rows('courses', 'completions', { classId, state: 'confirmed' });
    expect(completed).toHaveLength(5);
    const visited = await rows('courses', 'completions', { classId: visit.classId });
    expect(visited.map(({ state }) => state)).toEqual(Array(visit.trainees).fill('confirmed'));
    await expectEventsInOrder(await rows('courses', 'outbox', { key: classId }));
    const awards = await rows('credits', 'entries', { kind: 'award' });
    expect(awards).toHaveLength(completed.length + visit.trainees);
    expect(await rows('evaluation', 'grades')).toHaveLength(2);
  } finally {
    await connection.close();
  }
}

/** Sequences of one aggregate: without a gap, without one twice. */
async function expectEventsInOrder(outbox: readonly Document[]): Promise<void> {
  const sequences = outbox
    .flatMap((row) => eventsOf(row as unknown as OutboxRow))
    .map(({ envelope }) => Number(JSON.parse(envelope).sequence))
    .sort((a, b) => a - b);
  expect(sequences).toEqual(sequences.map((_sequence, at) => at + 1));
}
