import { type CivilDate, type Decision, decide, fault, type Instant } from '@shixun/kernel';
import { codes } from './refusals.ts';
import { type KnownRegions, regionFaults } from './region-faults.ts';
import { stageFaults } from './sector-faults.ts';
import { type Stagger, staggerFaults } from './window.ts';

export type OpenMenu = {
  readonly title: string;
  readonly regionCode: string;
  readonly opensAt: Instant;
  readonly closesAt: Instant;
  readonly staggers: readonly Stagger[];
  /** True where a draw at the end of the window gives the places. */
  readonly byDraw: boolean;
};

export type OpenMenuFacts = { readonly known: KnownRegions; readonly today: CivilDate };

/** Opens a menu 选学菜单 for a region's teachers, with its window. [REG-01, REG-02, CRS-40, CRS-46] */
export function openMenu(command: OpenMenu, facts: OpenMenuFacts): Decision<OpenMenu> {
  const { regionCode } = command;
  const named = [
    ...regionFaults(regionCode, ['regionCode'], facts),
    ...command.staggers.flatMap((stagger, at) => {
      const path = ['staggers', String(at)];
      return [
        ...(stagger.regionCode === null
          ? []
          : regionFaults(stagger.regionCode, [...path, 'regionCode'], facts)),
        ...(stagger.stage === null
          ? []
          : stageFaults(stagger.stage, regionCode, [...path, 'stage'])),
      ];
    }),
  ];
  const faults = staggerFaults(command);
  if (command.opensAt >= command.closesAt) {
    const figures = {
      required: command.opensAt.toISOString(),
      actual: command.closesAt.toISOString(),
    };
    faults.unshift(fault(codes.WINDOW_EMPTY, ['closesAt'], figures));
  }
  return decide([...named, ...faults], () => command);
}
