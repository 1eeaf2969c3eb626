import { accept, type Decision, fault, type Instant, refuse } from '@shixun/kernel';
import { codes } from './refusals.ts';

export type OpenMenu = {
  readonly title: string;
  readonly regionCode: string;
  readonly opensAt: Instant;
  readonly closesAt: Instant;
};

/** Opens a menu 选学菜单 for a region's teachers, with its window. [CRS-40] */
export function openMenu(command: OpenMenu): Decision<OpenMenu> {
  if (command.opensAt < command.closesAt) return accept(command);
  const figures = {
    required: command.opensAt.toISOString(),
    actual: command.closesAt.toISOString(),
  };
  return refuse(fault(codes.WINDOW_EMPTY, ['closesAt'], figures));
}
