import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Told, tellStory } from '@shixun/infra/story/story';
import { ask, attempt, eventually } from '@shixun/infra/story/world';
import { startTestPlatform, type TestPlatform } from './platform.ts';

describe.each([
  ['on Kafka', true],
  ['in process', false],
])('the first story, events %s', (_how, kafka) => {
  let platform: TestPlatform;
  let told: Told;

  beforeAll(async () => {
    platform = await startTestPlatform({ kafka });
  });
  afterAll(async () => {
    await platform?.close();
  });

  test('REG-06, REG-08, PLN-01, PLN-02, PLN-03, PLN-04, CRS-01, CRS-10, CRS-11, CRS-12, CRS-30, CRS-40, CRS-41, CRS-42, CRS-44, CRS-50, CRS-51, CRS-52, CRS-55, GOV-02, GOV-03, GOV-04, EVL-12, CRD-01, CRD-02, CRD-03, CRD-04, EVL-01, EVL-02, EVL-03, REG-09: two classes from plan to grade, through the gateway, each step by whoever has the right', async () => {
    told = await tellStory(platform.world);
    expect(told.page).toMatchObject({
      id: told.teacherId,
      school: { name: expect.any(String), region: { code: expect.stringMatching(/^140105/) } },
      creditStanding: { year: told.year, hours: '72.00', yearSatisfied: true },
      creditsByYear: [{ year: told.year, hours: '72.00' }],
    });
    expect(told.page.enrollments.edges[0].node).toMatchObject({
      state: 'CONFIRMED',
      attendance: { plannedMinutes: 4050, absentMinutes: 810 },
      completion: { state: 'CONFIRMED', hours: '72.00' },
      trainingClass: {
        project: {
          grade: { grade: 'A' },
          institution: { qualification: { state: 'QUALIFIED' } },
        },
      },
    });
  });

  test('REG-01: a county’s administrator finds nothing to act on in another county', async () => {
    const { cast } = platform.world;
    const refused = await attempt(platform.world, cast.outsider, 'OpenMenu', {
      title: 'x',
      regionCode: cast.regionCode,
      opensAt: '2026-01-01T00:00:00Z',
      closesAt: '2026-02-01T00:00:00Z',
    });
    expect(refused.refusals[0].code).toBe('FORBIDDEN');
  });

  test('GOV-03: another teacher sees nothing of the page', async () => {
    const stranger = platform.world.cast.outsider;
    const asked = ask(platform.world, stranger, 'CreditStanding', { id: told.teacherId });
    await expect(asked).rejects.toThrow('FORBIDDEN');
  });

  test('INT-04: nothing is left in any outbox, and no dead letter was written', async () => {
    for (const { db } of Object.values(platform.services)) {
      const outbox = db.connection.collection('outbox');
      await eventually(
        'the outbox is published',
        async () => (await outbox.countDocuments({ publishedAt: null })) === 0,
      );
      expect(await db.connection.collection('dead_letters').countDocuments({})).toBe(0);
    }
  });
});
