import { expect, test } from '@jest/globals';
import { type Decision, national } from '@shixun/kernel';
import { openMenu } from './open-menu.ts';
import { type PutOnMenuFacts, putOnMenu } from './put-on-menu.ts';
import { wordsOf } from './words.ts';

const codesOf = (decision: Decision<unknown>) =>
  decision.accepted ? [] : decision.faults.map(({ code }) => code.name);
const instant = (text: string) => new Date(text);
const facts: PutOnMenuFacts = {
  menu: { regionCode: '140100', closesAt: instant('2026-07-12T16:00:00Z') },
  trainingClass: {
    ownerRegionCode: '140105',
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
  expect(codesOf(openMenu({ ...menu, closesAt: instant('2026-06-01T00:00:00.001Z') }))).toEqual([]);
  expect(codesOf(openMenu({ ...menu, closesAt: menu.opensAt }))).toEqual(['WINDOW_EMPTY']);
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
