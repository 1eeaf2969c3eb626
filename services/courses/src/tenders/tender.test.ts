import { describe, expect, test } from '@jest/globals';
import { national } from '@shixun/kernel';
import { announcementFaults } from './announce.ts';
import { appointReviewer, type ReviewerFacts } from './appoint-reviewer.ts';
import { awardFaults, confirmationFaults, objectionsThrough } from './award.ts';
import { objectToAward, undecidedFaults } from './object.ts';
import { type BroughtBid, openBids } from './open-bids.ts';
import { gradePointsOf, rankBids } from './rank.ts';
import { scoreBid } from './score-bid.ts';
import { type BidFacts, submitBid, withdrawBid } from './submit-bid.ts';
import type { Criterion, RankedBid, ScoredBid } from './tender.ts';

const nationalPolicy = national.figures;
const instant = (text: string) => new Date(text);
const closesAt = instant('2026-04-10T08:00:00.000Z');
const justBefore = instant('2026-04-10T07:59:59.999Z');
const names = (decision: { accepted: boolean; faults?: readonly { code: { name: string } }[] }) =>
  decision.accepted ? [] : (decision.faults ?? []).map(({ code }) => code.name);
const criteria: readonly Criterion[] = [
  { code: 'plan', titleZh: '方案', titleEn: 'Plan', weightPercent: 50 },
  { code: 'price', titleZh: '报价', titleEn: 'Price', weightPercent: 30 },
];

describe('CRS-02: announcing', () => {
  const now = instant('2026-04-05T08:00:00Z');
  const announced = (change: object) => ({
    projectId: 'prj_1',
    closesAt,
    budgetCeilingCents: null,
    requirements: '要求',
    criteria,
    ...change,
  });
  const faultsOf = (change: object) =>
    announcementFaults(announced(change), { startsOn: '2026-05-01' }, nationalPolicy, now);

  test('CRS-02: five full days before closing are enough, a millisecond less is not', () => {
    expect(faultsOf({})).toEqual([]);
    const [fault, ...others] = faultsOf({ closesAt: justBefore });
    expect(others).toEqual([]);
    expect(fault?.code.name).toBe('TENDER_CLOSES_TOO_SOON');
    expect(fault?.figures).toEqual({ required: 5, actual: 4 });
  });

  test('CRS-02: it closes before the project starts', () => {
    const last = instant('2026-04-30T15:59:59.999Z');
    expect(faultsOf({ closesAt: last })).toEqual([]);
    const first = instant('2026-04-30T16:00:00.000Z');
    expect(faultsOf({ closesAt: first }).map(({ code }) => code.name)).toEqual([
      'TENDER_CLOSES_TOO_LATE',
    ]);
  });

  test('CRS-02: the last grade is part of the score: the weights of criteria and grade sum to 100', () => {
    const heavier = criteria.map((each) => ({ ...each, weightPercent: each.weightPercent + 1 }));
    expect(faultsOf({ criteria: heavier })[0]?.figures).toEqual({
      grade: 20,
      required: '100 %',
      actual: '102 %',
    });
    const twice = [criteria[0], criteria[0]].map((each) => ({ ...each, weightPercent: 40 }));
    expect(faultsOf({ criteria: twice }).map(({ code }) => code.name)).toEqual([
      'TENDER_CRITERION_TWICE',
    ]);
  });
});

describe('CRS-02: bids are sealed until the closing time', () => {
  const facts: BidFacts = {
    tender: { state: 'announced', closesAt },
    project: {
      level: 'county',
      stage: 'junior',
      subject: 'chinese',
      modality: 'concentrated',
      startsOn: '2026-05-01',
      endsOn: '2026-05-20',
    },
    bidder: {
      _id: 'ins_1',
      qualification: {
        state: 'qualified',
        levels: ['county'],
        stages: ['junior'],
        subjects: ['chinese'],
        modalities: ['concentrated'],
        validFrom: '2026-01-01',
        validTo: '2026-12-31',
      },
    },
  };
  const bid = { tenderId: 'tnd_1', institutionId: 'ins_1', sealedBid: 'abc' };

  test('CRS-02: handed in a millisecond before closing it counts, at the closing time no more', () => {
    expect(names(submitBid(bid, facts, justBefore))).toEqual([]);
    expect(names(submitBid(bid, facts, closesAt))).toEqual(['TENDER_CLOSED_FOR_BIDS']);
    expect(names(withdrawBid(facts.tender, { state: 'sealed' }, justBefore))).toEqual([]);
    expect(names(withdrawBid(facts.tender, { state: 'sealed' }, closesAt))).toEqual([
      'TENDER_CLOSED_FOR_BIDS',
    ]);
    expect(names(withdrawBid(facts.tender, null, justBefore))).toEqual(['BID_MISSING']);
  });

  test('REG-08: a bidder whose qualification ends a day before the project does not bid', () => {
    const { qualification } = facts.bidder;
    const ends = (validTo: string) => ({
      ...facts,
      bidder: { _id: 'ins_1', qualification: qualification && { ...qualification, validTo } },
    });
    expect(names(submitBid(bid, ends('2026-05-20'), justBefore))).toEqual([]);
    expect(names(submitBid(bid, ends('2026-05-19'), justBefore))).toEqual([
      'INSTITUTION_NOT_QUALIFIED',
    ]);
  });

  test('REG-17: a college of a university does not bid', () => {
    const college = { ...facts, bidder: { ...facts.bidder, parentInstitutionId: 'ins_uni' } };
    expect(submitBid(bid, college, justBefore).accepted).toBe(false);
  });

  test('CRS-02: nobody opens a millisecond before the closing time; at that instant all open at once', () => {
    const tender = { state: 'announced', closesAt, budgetCeilingCents: 100_00 } as const;
    const brought = (bidId: string, words: object | null): BroughtBid => ({
      bidId,
      digest: bidId,
      institutionName: '晋阳师范学院',
      plain: words && JSON.stringify(words),
    });
    const words = { price: '100.00', proposal: '晋阳师范学院的方案', trainerIds: ['trn_1'] };
    const bids = [
      brought('a', words),
      brought('b', { ...words, price: '100.01' }),
      brought('c', null),
      brought('d', { price: '1.5' }),
    ];
    expect(names(openBids(tender, bids, justBefore))).toEqual(['TENDER_STILL_SEALED']);
    const decision = openBids(tender, bids, closesAt);
    if (!decision.accepted) throw new Error('refused');
    const byId = new Map(decision.outcome.map((each) => [each.bidId, each]));
    expect(byId.get('a')).toEqual({
      bidId: 'a',
      number: 1,
      content: { priceCents: 100_00, proposal: '〔投标人〕的方案', trainerIds: ['trn_1'] },
      fault: null,
    });
    expect(byId.get('b')?.fault).toBe('price above the ceiling');
    expect(byId.get('c')?.fault).toBe('not sealed for this tender by this bidder');
    expect(byId.get('d')?.content).toBeNull();
    expect(names(openBids({ ...tender, state: 'opened' }, bids, closesAt))).toEqual([
      'TENDER_STATE_WRONG',
    ]);
  });
});

describe('CRS-02: experts without a tie', () => {
  const facts: ReviewerFacts = {
    tender: { state: 'opened', reviewerIds: [] },
    reviewerId: 'trn_9',
    expert: { inPool: true, institutionId: 'ins_9' },
    bids: [{ number: 1, institutionId: 'ins_1', trainerIds: ['trn_1'] }],
    taughtFor: new Set(),
  };
  const tieOf = (change: Partial<ReviewerFacts>) => {
    const decision = appointReviewer({ ...facts, ...change });
    return decision.accepted
      ? []
      : decision.faults.map(({ code, figures }) => [code.name, figures]);
  };

  test('CRS-02: works there, is in its team, taught in its classes: each tie is named', () => {
    expect(tieOf({})).toEqual([]);
    expect(tieOf({ expert: { inPool: true, institutionId: 'ins_1' } })).toEqual([
      ['REVIEWER_TIED', { bid: 1, tie: 'works there 在其任职' }],
    ]);
    expect(tieOf({ reviewerId: 'trn_1', taughtFor: new Set(['ins_1']) })).toHaveLength(2);
  });

  test('CRS-02: only an expert of the pool, once, after the bids are open', () => {
    expect(tieOf({ expert: null })).toEqual([['REVIEWER_NOT_IN_POOL', {}]]);
    expect(tieOf({ expert: { inPool: false, institutionId: null } })).toHaveLength(1);
    expect(tieOf({ tender: { state: 'opened', reviewerIds: ['trn_9'] } })).toHaveLength(1);
    expect(tieOf({ tender: { state: 'announced', reviewerIds: [] } })).toHaveLength(1);
  });

  test('CRS-02: a sheet gives points for every criterion once, by an appointed expert', () => {
    const tender = { state: 'opened', reviewerIds: ['trn_9'], criteria } as const;
    const sheet = { tenderId: 'tnd_1', number: 1, remarks: '好' };
    const all = criteria.map(({ code }) => ({ criterion: code, pointsCenti: 80_00 }));
    const score = (points: typeof all, reviewerId: string | null, bidId: string | null = 'bid_1') =>
      names(scoreBid({ ...sheet, points }, { tender, reviewerId, bidId }));
    expect(score(all, 'trn_9')).toEqual([]);
    expect(score(all.slice(1), 'trn_9')).toEqual(['SHEET_INCOMPLETE']);
    expect(score([...all, ...all.slice(1)], 'trn_9')).toEqual(['SHEET_INCOMPLETE']);
    expect(score(all, 'trn_8')).toEqual(['REVIEWER_NOT_APPOINTED']);
    expect(score(all, null)).toEqual(['REVIEWER_NOT_APPOINTED']);
    expect(score(all, 'trn_9', null)).toEqual(['SHEET_BID_UNKNOWN']);
  });
});

const rules = { criteria, gradeWeightPercent: 20, gradePoints: gradePointsOf(nationalPolicy) };
const sheetsOf = (plan: number, price: number, count = 3) =>
  Array.from({ length: count }, (_, index) => ({
    reviewerId: `trn_${index}`,
    points: [
      { criterion: 'plan', pointsCenti: plan },
      { criterion: 'price', pointsCenti: price },
    ],
  }));
const bidOf = (number: number, change: Partial<ScoredBid> = {}): ScoredBid => ({
  bidId: `bid_${number}`,
  number,
  institutionId: `ins_${number}`,
  priceCents: 100_00,
  submittedAt: instant('2026-04-01T00:00:00Z'),
  sheets: sheetsOf(80_00, 80_00),
  grade: 'B',
  excluded: null,
  ...change,
});

describe('CRS-02: ranking', () => {
  test('CRS-02: the last published grade decides between equal sheets', () => {
    const ranking = rankBids([bidOf(1, { grade: 'C' }), bidOf(2, { grade: 'A' })], rules);
    expect(ranking.map(({ number, totalCenti }) => [number, totalCenti])).toEqual([
      [2, 84_00],
      [1, 76_00],
    ]);
  });

  test('CRS-02: means are exact; equals go by price, then by time', () => {
    const thirds = [80_00, 80_00, 80_01].map((plan, index) => ({
      ...sheetsOf(plan, 80_00, 1)[0],
      reviewerId: `trn_${index}`,
    })) as ScoredBid['sheets'];
    const [ranked] = rankBids([bidOf(1, { sheets: thirds })], rules);
    expect(ranked?.components[0]?.pointsCenti).toBe(80_00);
    const cheaper = bidOf(3, { priceCents: 99_99 });
    const later = bidOf(2, { submittedAt: instant('2026-04-01T00:00:00.001Z') });
    expect(rankBids([later, bidOf(1), cheaper], rules).map(({ number }) => number)).toEqual([
      3, 1, 2,
    ]);
  });

  test('REG-08: a bidder that lost its qualification meanwhile is listed and has no rank', () => {
    const gone = bidOf(1, { excluded: 'INSTITUTION_NOT_QUALIFIED', grade: 'A' });
    expect(rankBids([gone, bidOf(2)], rules).map(({ number, rank }) => [number, rank])).toEqual([
      [2, 1],
      [1, null],
    ]);
  });
});

describe('CRS-02: award', () => {
  const tender = { state: 'opened', reviewersMin: 3 } as const;
  const chosen = { number: 1, reason: '总分第一' };
  const award = (ranking: readonly RankedBid[], command = chosen) =>
    awardFaults(command, tender, ranking).map(({ code, figures }) => [code.name, figures]);

  test('CRS-02: three score sheets for every bid are enough, two are not', () => {
    expect(award(rankBids([bidOf(1), bidOf(2, { grade: 'D' })], rules))).toEqual([]);
    const two = bidOf(2, { grade: 'D', sheets: sheetsOf(1, 1, 2) });
    expect(award(rankBids([bidOf(1), two], rules))).toEqual([
      ['SHEETS_TOO_FEW', { bid: 2, required: 3, actual: 2 }],
    ]);
  });

  test('CRS-02: the award goes to the first of the ranking, with a reason', () => {
    const ranking = rankBids([bidOf(1), bidOf(2, { grade: 'A' })], rules);
    expect(award(ranking)).toEqual([['AWARD_NOT_FIRST', { required: 2, actual: 1 }]]);
    expect(award(ranking, { number: 2, reason: ' ' })).toEqual([['TENDER_REASON_MISSING', {}]]);
    expect(award([])).toEqual([['BIDS_MISSING', {}]]);
  });

  test('CRS-02: a loser objects through the last day, once; confirmation waits for the day after', () => {
    const through = objectionsThrough('2026-04-20', 5);
    expect(through).toBe('2026-04-25');
    const awarded = { state: 'awarded', objectionsThrough: through } as const;
    const object = (
      today: string,
      bid: { won: boolean } | null = { won: false },
      objected = false,
    ) => names(objectToAward({ grounds: '理由' }, { tender: awarded, bid, objected }, today));
    expect(object('2026-04-25')).toEqual([]);
    expect(object('2026-04-26')).toEqual(['OBJECTION_TOO_LATE']);
    expect(object('2026-04-25', { won: true })).toEqual(['OBJECTION_NOT_BY_LOSER']);
    expect(object('2026-04-25', null)).toEqual(['OBJECTION_NOT_BY_LOSER']);
    expect(object('2026-04-25', { won: false }, true)).toEqual(['OBJECTION_MADE']);
    const confirm = (today: string, open = 0) =>
      confirmationFaults(awarded, open, today).map(({ code }) => code.name);
    expect(confirm('2026-04-25')).toEqual(['AWARD_STILL_OPEN_TO_OBJECTION']);
    expect(confirm('2026-04-26')).toEqual([]);
    expect(confirm('2026-04-26', 1)).toEqual(['OBJECTION_UNDECIDED']);
    expect(undecidedFaults({ state: 'upheld' })).toHaveLength(1);
    expect(undecidedFaults({ state: 'open' })).toEqual([]);
  });
});
