import { defineRefusals } from '@shixun/kernel';

/** Refusals of menus, in the order in which they are checked. */
export const codes = defineRefusals({
  REGION_NOT_IN_TABLE: {
    rule: 'REG-01',
    zh: '行政区划表中没有代码 {actual}：第 {digits} 位（{part}）不存在。',
    en: 'There is no region {actual} in the official table: digits {digits} ({part}) name none.',
  },
  REGION_NO_LONGER_IN_FORCE: {
    rule: 'REG-01',
    zh: '行政区划代码 {actual} 自 {until} 起不再使用，现为 {required}。',
    en: 'The code {actual} is not in force any more since {until}; its area belongs to {required}.',
  },
  MENU_SECTOR_WITHOUT_LEVEL: {
    rule: 'REG-02',
    zh: '{sector} 类教育没有 {actual} 一级：负责的是 {required}，其班级不能列入本级菜单。',
    en: 'The {sector} sector has no {actual} level: responsible are {required}, so its classes are on no menu of this one.',
  },
  WINDOW_EMPTY: {
    rule: 'CRS-40',
    zh: '选学窗口须先开后关：开放 {required}，关闭 {actual}。',
    en: 'A window must open before it closes: it opens {required} and closes {actual}.',
  },
  STAGGER_FOR_NOBODY: {
    rule: 'CRS-46',
    zh: '错峰开放须指明区划或学段。',
    en: 'A staggered opening names a region or a stage.',
  },
  STAGGER_OUTSIDE: {
    rule: 'CRS-46',
    zh: '错峰开放的区划 {actual} 不在菜单所属区划 {required} 之内。',
    en: 'The region {actual} of a staggered opening lies outside the menu’s region {required}.',
  },
  STAGGER_OUT_OF_WINDOW: {
    rule: 'CRS-46',
    zh: '错峰开放时间 {actual} 须在菜单开放时间 {required} 之内。',
    en: 'A staggered opening lies in the menu’s window {required}; this one is {actual}.',
  },
  OTHER_REGION: {
    rule: 'REG-01',
    zh: '该班属于 {actual}，不在菜单所属区划 {required} 之内。',
    en: 'The class belongs to {actual}, outside the menu’s region {required}.',
  },
  CLASS_NOT_PUBLISHED: {
    rule: 'CRS-01',
    zh: '只有已公布或已开放的班可以列入菜单，该班为 {actual}。',
    en: 'Only a published or open class can be put on a menu; this one is {actual}.',
  },
  NOT_SELF_SELECTED: {
    rule: 'PLN-07',
    zh: '选派项目不得列入自主选学菜单。',
    en: 'A project whose places are dispatched cannot be on a self-selection menu.',
  },
  MOSTLY_DISPATCHED: {
    rule: 'PLN-07',
    zh: '该项目 {actual} 的名额为选派，达到 {required}，不得列入自主选学菜单。',
    en: '{actual} of the project’s places are dispatched; at {required} it cannot be on a self-selection menu.',
  },
  WINDOW_TOO_LATE: {
    rule: 'CRS-40',
    zh: '选学窗口须在开班日 {required} 之前关闭，菜单关闭于 {actual}。',
    en: 'The window must close before the class begins on {required}; the menu closes {actual}.',
  },
  ON_MENU_ALREADY: {
    rule: null,
    zh: '该班已在此菜单中。',
    en: 'The class is on this menu already.',
  },
});
