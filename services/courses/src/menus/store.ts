import { defineCollection } from '@shixun/runtime';
import type { Modality, Stage } from '../projects/project.ts';

/** A menu 选学菜单: what a region's teachers may choose from in one window. */
export type MenuRow = {
  readonly _id: string;
  readonly title: string;
  readonly regionCode: string;
  readonly opensAt: Date;
  readonly closesAt: Date;
};

export const menus = defineCollection<MenuRow>(
  'menus',
  { title: String, regionCode: String, opensAt: Date, closesAt: Date },
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
  readonly title: string;
  readonly stage: Stage;
  readonly subject: string;
  readonly modality: Modality;
  readonly institutionId: string | null;
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
    words: [String],
  },
  [
    { keys: { menuId: 1, classId: 1 }, unique: true },
    { keys: { regionCode: 1, closesAt: 1, _id: 1 } },
    { keys: { regionCode: 1, subject: 1, closesAt: 1, _id: 1 } },
    { keys: { regionCode: 1, words: 1, closesAt: 1, _id: 1 } },
    { keys: { classId: 1 } },
  ],
);
