import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { evaluation, registry } from '@shixun/contracts';
import type { Caller } from '@shixun/runtime';
import { institutionGradedHandler } from '../projections/institution-grades.ts';
import { institutionRecordedHandler } from '../projections/institutions.ts';
import { trainerRecordedHandler } from '../projections/trainers.ts';
import type { ProjectRow } from '../projects/store.ts';
import { type Answered, RealCourses } from '../real-courses.example.ts';
import { sealedBidOf } from './client.ts';
import { bids, tenders } from './store.ts';

let courses: RealCourses;
const county: Caller = { subject: 'c', grants: [{ role: 'CountyAdmin', regionCode: '140105' }] };
const bidder = (institutionId: string): Caller => ({
  subject: institutionId,
  grants: [{ role: 'InstitutionAdmin', institutionId }],
});
const expert = (personId: string): Caller => ({
  subject: personId,
  grants: [{ role: 'ExpertReviewer', personId }],
});

beforeAll(async () => {
  courses = await RealCourses.open(process.env.MONGODB_URI);
  const { example } = registry.institutionRecorded;
  const qualification = {
    state: 'qualified',
    levels: ['county'],
    stages: ['junior'],
    subjects: ['chinese'],
    modalities: ['concentrated'],
    validFrom: '2026-01-01',
    validTo: '2026-12-31',
  } as const;
  const named = [
    ['ins_1', '晋阳师范学院'],
    ['ins_2', '并州大学'],
  ] as const;
  for (const [institutionId, name] of named) {
    await courses.hear(institutionRecordedHandler, registry.institutionRecorded, [
      {
        ...example,
        institutionId,
        name,
        qualification: { ...qualification },
      } as unknown as typeof example,
    ]);
  }
  const trainer = registry.trainerRecorded.example;
  await courses.hear(
    trainerRecordedHandler,
    registry.trainerRecorded,
    ['trn_1', 'trn_2', 'trn_3', 'trn_4'].map((trainerId) => ({
      ...trainer,
      trainerId,
      inPool: true,
      institutionId: trainerId === 'trn_4' ? 'ins_1' : null,
    })),
  );
  await courses.hear(institutionGradedHandler, evaluation.gradePublished, [
    { ...evaluation.gradePublished.example, institutionId: 'ins_2', grade: 'C' },
    { ...evaluation.gradePublished.example, institutionId: 'ins_2', grade: 'A' },
  ]);
});
afterAll(() => courses.close());

const types = { openBids: 'TenderStepInput', confirmAward: 'TenderStepInput' } as const;
const codesOf = ({ refusals }: Answered) => refusals.map(({ code }) => code);

/** Gives a command of a tender and answers its refusals' codes. */
async function give(caller: Caller, name: string, input: Record<string, unknown>) {
  if (!(name in types)) return codesOf(await courses.give(caller, name, input, ''));
  const data = await courses.ask<Record<string, Answered>>(
    caller,
    `mutation($input: TenderStepInput!) { ${name}(input: $input) { refusals { code rule required actual } } }`,
    {
      input: { idempotencyKey: randomUUID(), ...input },
    },
  );
  return codesOf(data[name] ?? { refusals: [] });
}

type Tender = { readonly id: string; readonly bidKey: string; readonly state: string };

async function announced(project: ProjectRow): Promise<Tender> {
  const { tender, refusals } = await courses.give<{ tender: Tender }>(
    county,
    'announceTender',
    {
      projectId: project._id,
      closesAt: '2026-03-08T00:00:00Z',
      budgetCeiling: '200000.00',
      requirements: '初中语文教师培训',
      criteria: [{ code: 'plan', titleZh: '方案', titleEn: 'Plan', weightPercent: 80 }],
    },
    'tender { id bidKey state }',
  );
  expect(refusals).toEqual([]);
  return tender;
}

async function bid(tender: Tender, institutionId: string, price: string): Promise<string[]> {
  const proposal = institutionId === 'ins_1' ? '晋阳师范学院方案' : '方案二';
  const words = { price, proposal, trainerIds: ['trn_5'] };
  const sealedBid = await sealedBidOf(tender, institutionId, words);
  return give(bidder(institutionId), 'submitBid', {
    tenderId: tender.id,
    institutionId,
    sealedBid,
  });
}

async function stateOf(project: ProjectRow, tender: Tender) {
  const { tender: row } = await courses.ask<{
    tender: {
      state: string;
      project: { state: string; institution: { id: string } | null };
      ranking: { number: number; rank: number; total: string; institution: { id: string } }[];
    };
  }>(
    county,
    `query($id: ID!) { tender(id: $id) { state project { state institution { id } }
      ranking { number rank total institution { id } } } }`,
    { id: tender.id },
  );
  expect(project._id).toBeDefined();
  return row;
}

describe('CRS-02: a tender through the graph', () => {
  test('CRS-02: sealed, opened, scored by three, awarded by rank, objected to, scored again, confirmed', async () => {
    courses.now = new Date('2026-03-01T00:00:00Z');
    const project = await courses.addProject({ institutionId: null, startsOn: '2026-04-15' });
    const tender = await announced(project);
    expect(await bid(tender, 'ins_1', '150000.00')).toEqual([]);
    expect(await bid(tender, 'ins_2', '250000.00')).toEqual([]);
    expect(await bid(tender, 'ins_2', '160000.00')).toEqual([]);

    // With the whole database nobody reads a bid, and a closing time moved in it opens none.
    const rows = await courses.db.model(bids).find({ tenderId: tender.id }).lean();
    expect(rows).toHaveLength(2);
    expect(JSON.stringify(rows)).not.toContain('160000');
    expect(await give(county, 'openBids', { tenderId: tender.id })).toEqual([
      'TENDER_STILL_SEALED',
    ]);

    courses.now = new Date('2026-03-08T00:00:00Z');
    expect(await bid(tender, 'ins_1', '1.00')).toEqual(['TENDER_CLOSED_FOR_BIDS']);
    expect(await give(county, 'openBids', { tenderId: tender.id })).toEqual([]);
    const appoint = (reviewerId: string) =>
      give(county, 'appointReviewer', { tenderId: tender.id, reviewerId });
    expect(await appoint('trn_4')).toEqual(['REVIEWER_TIED']);
    expect(await appoint('trn_1')).toEqual([]);
    expect(await appoint('trn_2')).toEqual([]);
    expect(await appoint('trn_3')).toEqual([]);

    const seen = await courses.ask<{
      tender: { bidsForReview: { number: number; price: string; proposal: string }[] };
    }>(
      expert('trn_1'),
      'query($id: ID!) { tender(id: $id) { bidsForReview { number price proposal } } }',
      { id: tender.id },
    );
    expect(JSON.stringify(seen)).not.toMatch(/晋阳|ins_/);
    const numberOf = (price: string) =>
      seen.tender.bidsForReview.find((each) => each.price === price)?.number ?? 0;
    const first = numberOf('150000.00');
    const second = numberOf('160000.00');
    const score = (reviewerId: string, number: number, points: string) =>
      give(expert(reviewerId), 'scoreBid', {
        ...{ tenderId: tender.id, number, remarks: '意见' },
        points: [{ criterion: 'plan', points }],
      });
    for (const reviewerId of ['trn_1', 'trn_2']) {
      expect(await score(reviewerId, first, '80.00')).toEqual([]);
      expect(await score(reviewerId, second, '78.00')).toEqual([]);
    }
    const award = (number: number) =>
      give(county, 'awardTender', { tenderId: tender.id, number, reason: '总分第一' });
    expect(await award(second)).toEqual(['SHEETS_TOO_FEW', 'SHEETS_TOO_FEW']);
    expect(await score('trn_3', first, '80.00')).toEqual([]);
    expect(await score('trn_3', second, '78.00')).toEqual([]);
    // 80 x 0.8 + 70 (no grade yet) x 0.2 = 78; 78 x 0.8 + 100 (A) x 0.2 = 82.4
    expect(await award(first)).toEqual(['AWARD_NOT_FIRST']);
    expect(await award(second)).toEqual([]);
    const awarded = await stateOf(project, tender);
    expect(awarded.project).toEqual({ state: 'AWARDED', institution: { id: 'ins_2' } });
    expect(awarded.ranking.map(({ rank, total }) => [rank, total])).toEqual([
      [1, '82.40'],
      [2, '78.00'],
    ]);

    const object = (institutionId: string) =>
      courses.give<{ objection: { id: string } | null }>(
        bidder(institutionId),
        'objectToAward',
        { tenderId: tender.id, institutionId, grounds: '评分有误' },
        'objection { id }',
      );
    expect(codesOf(await object('ins_2'))).toEqual(['OBJECTION_NOT_BY_LOSER']);
    const { objection } = await object('ins_1');
    courses.now = new Date('2026-03-13T16:00:00Z');
    expect(await give(county, 'confirmAward', { tenderId: tender.id })).toEqual([
      'OBJECTION_UNDECIDED',
    ]);
    const decided = { objectionId: objection?.id, upheld: true, reason: '复核' };
    expect(await give(county, 'decideObjection', decided)).toEqual([]);
    expect((await stateOf(project, tender)).project.state).toBe('TENDERING');
    expect(await award(second)).toEqual([]);
    expect(await give(county, 'confirmAward', { tenderId: tender.id })).toEqual([
      'AWARD_STILL_OPEN_TO_OBJECTION',
    ]);
    courses.now = new Date('2026-03-19T16:00:00Z');
    expect(await give(county, 'confirmAward', { tenderId: tender.id })).toEqual([]);
    const closed = await stateOf(project, tender);
    expect([closed.state, closed.project.state]).toEqual(['CLOSED', 'COMMISSIONED']);
  });

  test('CRS-02: a closing time moved in the database opens no bid', async () => {
    courses.now = new Date('2026-03-01T00:00:00Z');
    const project = await courses.addProject({ institutionId: null, startsOn: '2026-04-15' });
    const tender = await announced(project);
    expect(await bid(tender, 'ins_1', '150000.00')).toEqual([]);
    const closesAt = new Date('2026-02-28T00:00:00Z');
    await courses.db.model(tenders).updateOne({ _id: tender.id }, { $set: { closesAt } });
    expect(await give(county, 'openBids', { tenderId: tender.id })).toEqual([]);
    const [row] = await courses.db.model(bids).find({ tenderId: tender.id }).lean();
    expect([row?.state, row?.content]).toEqual(['invalid', null]);
  });

  test('CRS-01: an abandoned tender leaves an approved project; only its owner takes steps', async () => {
    courses.now = new Date('2026-03-01T00:00:00Z');
    const project = await courses.addProject({ institutionId: null, startsOn: '2026-04-15' });
    const tender = await announced(project);
    const city: Caller = { subject: 's', grants: [{ role: 'CityAdmin', regionCode: '140100' }] };
    const abandon = (caller: Caller) =>
      courses.ask<{ abandonTender: Answered }>(
        caller,
        'mutation($input: ReasonedTenderStepInput!) { abandonTender(input: $input) { refusals { code rule required actual } } }',
        {
          input: {
            idempotencyKey: `abandon ${caller.subject}`,
            tenderId: tender.id,
            reason: '流标',
          },
        },
      );
    expect(codesOf((await abandon(city)).abandonTender)).toEqual(['PROJECT_STEP_OF_OTHERS']);
    expect(codesOf((await abandon(county)).abandonTender)).toEqual([]);
    expect((await stateOf(project, tender)).project.state).toBe('APPROVED');
  });
});
