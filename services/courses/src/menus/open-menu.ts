import { type Decision, decide, fault, type Instant } from '@shixun/kernel';
import { codes } from './refusals.ts';
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

/** Opens a menu 选学菜单 for a region's teachers, with its window. [CRS-40, CRS-46] */
export function openMenu(command: OpenMenu): Decision<OpenMenu> {
  const faults = staggerFaults(command);
  if (command.opensAt >= command.closesAt) {
    const figures = {
      required: command.opensAt.toISOString(),
      actual: command.closesAt.toISOString(),
    };
    faults.unshift(fault(codes.WINDOW_EMPTY, ['closesAt'], figures));
  }
  return decide(faults, () => command);
}
