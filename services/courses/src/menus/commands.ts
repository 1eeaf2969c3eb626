import { civilDateOf } from '@shixun/kernel';
import { defineCommand, notFound } from '@shixun/runtime';
import { z } from 'zod';
import { announceDraw, type SealedDraw, sealedDraw } from '../draws/commands-announce.ts';
import { institutionGrades } from '../projections/institution-grades.ts';
import { regions } from '../projections/regions.ts';
import { classes, projects, type TrainingClassRow } from '../projects/store.ts';
import { placesOf } from '../supply/places.ts';
import { raiseVersions } from './commands-versions.ts';
import { rankOf } from './facets.ts';
import { type OpenMenu, type OpenMenuFacts, openMenu } from './open-menu.ts';
import { type PutOnMenu, type PutOnMenuFacts, putOnMenu } from './put-on-menu.ts';
import { regionCodesFor } from './region-faults.ts';
import { type MenuItemRow, type MenuRow, menuItems, menus } from './store.ts';
import { searchTermsOf } from './words.ts';

export const openMenuCommand = defineCommand<OpenMenu, OpenMenuFacts, OpenMenu, MenuRow>({
  name: 'openMenu',
  input: z.object({
    title: z.string().trim().min(1).max(100),
    regionCode: z.string().regex(/^\d{6}$/),
    opensAt: z.date(),
    closesAt: z.date(),
    staggers: z
      .array(
        z.object({
          regionCode: z
            .string()
            .regex(/^\d{6}(\d{3})?$/)
            .nullish()
            .transform((code) => code ?? null),
          stage: z
            .string()
            .nullish()
            .transform((stage) => stage ?? null),
          opensAt: z.date(),
        }),
      )
      .max(200),
    byDraw: z.boolean(),
  }),
  gather: async ({ regionCode, staggers }, unit) => {
    const named = [regionCode, ...staggers.flatMap((line) => line.regionCode ?? [])];
    const rows = await unit.find(regions, { _id: { $in: regionCodesFor(named) } });
    return { known: new Map(rows.map((row) => [row._id, row])), today: civilDateOf(unit.now) };
  },
  scope: (_facts, { regionCode }) => ({ regionCode }),
  decide: openMenu,
  record: (outcome, _facts, unit) => {
    const row = { _id: unit.newId('menu'), ...outcome };
    unit.insert(menus, row);
    return row;
  },
  stream: (_facts, _outcome, row) => row._id,
});

type Facts = PutOnMenuFacts & {
  readonly menu: MenuRow;
  readonly trainingClass: TrainingClassRow;
  readonly ratingRank: number;
  readonly draw: SealedDraw;
};

export const putOnMenuCommand = defineCommand<PutOnMenu, Facts, PutOnMenu, MenuItemRow>({
  name: 'putOnMenu',
  input: z.object({ menuId: z.string(), classId: z.string() }),
  gather: async ({ menuId, classId }, unit, { policies, personalDataKey }) => {
    const menu = await unit.findById(menus, menuId);
    if (menu === null) return notFound('menu', menuId, ['menuId']);
    const trainingClass = await unit.findById(classes, classId);
    if (trainingClass === null) return notFound('class', classId, ['classId']);
    const onMenu = (await unit.findOne(menuItems, { menuId, classId })) !== null;
    const { projectId } = trainingClass;
    const project = await unit.findById(projects, projectId);
    const siblings = await unit.find(classes, { projectId });
    const { figures } = policies.effective(menu.regionCode, civilDateOf(unit.now));
    const { institutionId } = trainingClass;
    const graded = institutionId ? await unit.findById(institutionGrades, institutionId) : null;
    return {
      menu,
      ratingRank: rankOf(graded?.grade),
      draw: sealedDraw(unit, personalDataKey),
      trainingClass,
      onMenu,
      places: project === null ? { places: 0, mandated: 0 } : placesOf(project, siblings),
      dispatchedShareBelow: figures.menuDispatchedShareBelow,
    };
  },
  scope: ({ menu }) => ({ regionCode: menu.regionCode }),
  decide: putOnMenu,
  record: (outcome, { menu, trainingClass, ratingRank, draw }, unit) => {
    const { projectTitle, name, place, projectId, stage, subject, modality } = trainingClass;
    const row = {
      _id: unit.newId('menuItem'),
      ...outcome,
      projectId,
      regionCode: menu.regionCode,
      opensAt: menu.opensAt,
      closesAt: menu.closesAt,
      title: projectTitle,
      stage,
      subject,
      modality,
      institutionId: trainingClass.institutionId,
      level: trainingClass.level,
      channel: trainingClass.channel,
      placeRegionCode: trainingClass.ownerRegionCode,
      opensOn: trainingClass.opensOn,
      ratingRank,
      staggers: menu.staggers ?? [],
      byDraw: menu.byDraw ?? false,
      words: searchTermsOf(`${projectTitle} ${name} ${place}`),
    };
    if (row.byDraw) announceDraw(row, draw, unit);
    unit.insert(menuItems, row);
    raiseVersions(unit, [row.regionCode]);
    return row;
  },
  stream: ({ menu }) => menu._id,
});
