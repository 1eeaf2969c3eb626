import { describe, expect, test } from '@jest/globals';
import { type Decision, national } from '@shixun/kernel';
import { openMenu } from './open-menu.ts';
import { type PutOnMenuFacts, putOnMenu } from './put-on-menu.ts';
import { type KnownRegion, regionFaults } from './region-faults.ts';
import { stageFaults } from './sector-faults.ts';
import { wordsOf } from './words.ts';

const codesOf = (decision: Decision<unknown>) =>
  decision.accepted ? [] : decision.faults.map(({ code }) => code.name);
const instant = (text: string) => new Date(text);
const facts: PutOnMenuFacts = {
  menu: { regionCode: '140100', closesAt: instant('2026-07-12T16:00:00Z') },
  trainingClass: {
    ownerRegionCode: '140105',
    stage: 'junior',
    state: 'published',
    channel: 'self_selected',
    opensOn: '2026-07-13',
  },
  onMenu: false,
  places: { places: 40, mandated: 0 },
  dispatchedShareBelow: national.figures.menuDispatchedShareBelow,
};
const put = (change: Partial<PutOnMenuFacts>) =>
  putOnMenu({ menuId: 'mnu_1', classId: 'cls_1' }, { ...facts, ...change });
const withClass = (change: Partial<PutOnMenuFacts['trainingClass']>) => ({
  trainingClass: { ...facts.trainingClass, ...change },
});

test('CRS-40: a menu must open before it closes', () => {
  const menu = {
    title: 'x',
    regionCode: '140105',
    opensAt: instant('2026-06-01T00:00:00Z'),
    staggers: [],
    byDraw: false,
  };
  const known = new Map([['140105', { abolishedOn: null, successorCodes: [] }]]);
  const open = (closesAt: Date) =>
    codesOf(openMenu({ ...menu, closesAt }, { known, today: '2026-05-01' }));
  expect(open(instant('2026-06-01T00:00:00.001Z'))).toEqual([]);
  expect(open(menu.opensAt)).toEqual(['WINDOW_EMPTY']);
});

test('CRS-40: the window closes before the class begins: midnight in Shanghai is the last instant', () => {
  expect(codesOf(put({}))).toEqual([]);
  const late = { ...facts.menu, closesAt: instant('2026-07-12T16:00:00.001Z') };
  expect(codesOf(put({ menu: late }))).toEqual(['WINDOW_TOO_LATE']);
});

test('PLN-07: a dispatched class is no choice', () => {
  expect(codesOf(put(withClass({ channel: 'dispatched' })))).toEqual(['NOT_SELF_SELECTED']);
});

test('PLN-07: exactly 80 % of the places dispatched is no choice any more, just under is one', () => {
  const dispatched = (mandated: number) => put({ places: { places: 1000, mandated } });
  expect(codesOf(dispatched(799))).toEqual([]);
  expect(dispatched(800)).toMatchObject({
    accepted: false,
    faults: [
      {
        code: { name: 'MOSTLY_DISPATCHED', rule: 'PLN-07' },
        figures: { required: '80 %', actual: '80 %' },
      },
    ],
  });
});

test('REG-01: another region’s class is not put on the menu; every fault is named', () => {
  const decision = put({
    ...withClass({ ownerRegionCode: '140202', state: 'running' }),
    onMenu: true,
  });
  expect(codesOf(decision)).toEqual(['OTHER_REGION', 'CLASS_NOT_PUBLISHED', 'ON_MENU_ALREADY']);
});

test('CRS-40: Chinese is cut into words without spaces', () => {
  expect(wordsOf('小学语文整本书阅读')).toEqual(expect.arrayContaining(['小学', '语文', '阅读']));
  expect(wordsOf('ＡＢＣ abc')).toEqual(['abc']);
});

describe('REG-01: the regions that a menu names are in the official table, and in force on the day', () => {
  const standing = { abolishedOn: null, successorCodes: [] };
  const known = new Map<string, KnownRegion>([
    ...(['140000', '140100', '140105', '140105001'] as const).map(
      (code) => [code, standing] as const,
    ),
    ['140102', { abolishedOn: '2026-05-02', successorCodes: ['140105', '140106'] }],
  ]);
  const faults = (code: string, today = '2026-05-01') =>
    regionFaults(code, ['regionCode'], { known, today }).map(({ code: { name }, figures }) => [
      name,
      figures['part'] ?? figures['required'],
      figures['digits'],
    ]);

  test('REG-01: the failing part of the code is named: province, city, county or township', () => {
    expect(faults('140105')).toEqual([]);
    expect(faults('150105')).toEqual([['REGION_NOT_IN_TABLE', '150000', '1–2']]);
    expect(faults('149905')).toEqual([['REGION_NOT_IN_TABLE', '149900', '3–4']]);
    expect(faults('140199')).toEqual([['REGION_NOT_IN_TABLE', '140199', '5–6']]);
    expect(faults('140105099')).toEqual([['REGION_NOT_IN_TABLE', '140105099', '7–9']]);
  });

  test('REG-01: in force until the day before it ends; from that day on its successors are named', () => {
    expect(faults('140102', '2026-05-01')).toEqual([]);
    expect(faults('140102', '2026-05-02')).toEqual([
      ['REGION_NO_LONGER_IN_FORCE', '140105, 140106', undefined],
    ]);
  });
});

describe('REG-02: a menu holds what its region’s level is responsible for', () => {
  test.each([
    ['140000', 'higher', []],
    ['140100', 'higher', ['MENU_SECTOR_WITHOUT_LEVEL']],
    ['140100', 'vocational', []],
    ['140105', 'vocational', ['MENU_SECTOR_WITHOUT_LEVEL']],
    ['140105', 'senior', []],
  ] as const)('REG-02: on the menu of %s a class for %s: %j', (regionCode, stage, expected) => {
    const codes = stageFaults(stage, regionCode, ['classId']).map(({ code }) => code.name);
    expect(codes).toEqual(expected);
    const menu = { ...facts.menu, regionCode };
    const given = codesOf(put({ menu, ...withClass({ stage, ownerRegionCode: regionCode }) }));
    expect(given).toEqual(expected);
  });
});
