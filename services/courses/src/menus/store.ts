import { defineCollection } from '@shixun/runtime';
import type { Channel, Level, Modality, Stage } from '../projects/project.ts';
import type { Stagger } from './window.ts';

/** A menu 选学菜单: what a region's teachers may choose from in one window. */
export type MenuRow = {
  readonly _id: string;
  readonly title: string;
  readonly regionCode: string;
  readonly opensAt: Date;
  readonly closesAt: Date;
  /** Later openings for some, in the order in which they are looked through. [CRS-46] */
  readonly staggers?: readonly Stagger[];
  /** True where a draw at the end of the window gives the places. [CRS-46] */
  readonly byDraw?: boolean;
};

const stagger = {
  _id: false,
  regionCode: { type: String, default: null },
  stage: { type: String, default: null },
  opensAt: Date,
};

export const menus = defineCollection<MenuRow>(
  'menus',
  {
    title: String,
    regionCode: String,
    opensAt: Date,
    closesAt: Date,
    staggers: [stagger],
    byDraw: { type: Boolean, default: false },
  },
  [{ keys: { regionCode: 1, closesAt: 1, _id: 1 } }],
);

/** A class on a menu, with what teachers search by. */
export type MenuItemRow = {
  readonly _id: string;
  readonly menuId: string;
  readonly classId: string;
  readonly projectId: string;
  readonly regionCode: string;
  readonly opensAt: Date;
  readonly closesAt: Date;
  readonly staggers?: readonly Stagger[];
  readonly byDraw?: boolean;
  readonly title: string;
  readonly stage: Stage;
  readonly subject: string;
  readonly modality: Modality;
  readonly institutionId: string | null;
  readonly level: Level;
  readonly channel: Channel;
  /** Region of the class: how far it is for a teacher. */
  readonly placeRegionCode: string;
  readonly opensOn: string;
  /** 1 to 4 for the institution's last published grade A to D, 5 without one: the best first. */
  readonly ratingRank: number;
  /** The words of title and place, as a Chinese reader would cut them. */
  readonly words: readonly string[];
};

export const menuItems = defineCollection<MenuItemRow>(
  'menuItems',
  {
    menuId: String,
    classId: String,
    projectId: String,
    regionCode: String,
    opensAt: Date,
    closesAt: Date,
    title: String,
    stage: String,
    subject: String,
    modality: String,
    institutionId: { type: String, default: null },
    staggers: [stagger],
    byDraw: { type: Boolean, default: false },
    level: String,
    channel: String,
    placeRegionCode: String,
    opensOn: String,
    ratingRank: Number,
    words: [String],
  },
  [
    { keys: { menuId: 1, classId: 1 }, unique: true },
    { keys: { regionCode: 1, closesAt: 1, _id: 1 } },
    { keys: { regionCode: 1, subject: 1, closesAt: 1, _id: 1 } },
    { keys: { regionCode: 1, words: 1, closesAt: 1, _id: 1 } },
    { keys: { regionCode: 1, words: 1, ratingRank: 1, closesAt: 1, _id: 1 } },
    { keys: { regionCode: 1, opensOn: 1, _id: 1 } },
    { keys: { regionCode: 1, ratingRank: 1, closesAt: 1, _id: 1 } },
    { keys: { institutionId: 1, closesAt: 1, _id: 1 } },
    { keys: { classId: 1 } },
  ],
);

/** How often the items of a region's menus have changed; whatever changes one raises it in the same transaction. */
export type MenuVersionRow = { readonly _id: string; readonly version: number };

export const menuVersions = defineCollection<MenuVersionRow>(
  'menuVersions',
  { version: Number },
  [],
);
