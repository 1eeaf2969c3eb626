import {
  type Decision,
  decide,
  type Fault,
  fault,
  type Instant,
  isWithin,
  percentText,
  type Ratio,
  startOfDay,
} from '@shixun/kernel';
import type { Channel, ClassState } from '../projects/project.ts';
import { isMostlyDispatched, type Places } from '../supply/places.ts';
import { codes } from './refusals.ts';
import { stageFaults } from './sector-faults.ts';

export type PutOnMenuFacts = {
  readonly menu: { readonly regionCode: string; readonly closesAt: Instant };
  readonly trainingClass: {
    readonly ownerRegionCode: string;
    readonly stage: string;
    readonly state: ClassState;
    readonly channel: Channel;
    readonly opensOn: string;
  };
  readonly onMenu: boolean;
  /** The places of the whole project, and those of them that are dispatched. [PLN-07] */
  readonly places: Places;
  readonly dispatchedShareBelow: Ratio;
};

export type PutOnMenu = { readonly menuId: string; readonly classId: string };

/** Puts a class on a menu, so that teachers can choose it. [REG-02, CRS-40, PLN-07] */
export function putOnMenu(
  command: PutOnMenu,
  { menu, trainingClass, onMenu, places, dispatchedShareBelow }: PutOnMenuFacts,
): Decision<PutOnMenu> {
  const faults: Fault[] = [...stageFaults(trainingClass.stage, menu.regionCode, ['classId'])];
  const { ownerRegionCode, state, channel, opensOn } = trainingClass;
  if (!isWithin(ownerRegionCode, menu.regionCode)) {
    const figures = { required: menu.regionCode, actual: ownerRegionCode };
    faults.push(fault(codes.OTHER_REGION, ['classId'], figures));
  }
  if (state !== 'published' && state !== 'open') {
    faults.push(
      fault(codes.CLASS_NOT_PUBLISHED, ['classId'], { required: 'published', actual: state }),
    );
  }
  if (channel !== 'self_selected') faults.push(fault(codes.NOT_SELF_SELECTED, ['classId']));
  else if (isMostlyDispatched(places, dispatchedShareBelow)) {
    const { numerator, denominator } = dispatchedShareBelow;
    const figures = {
      required: percentText(numerator, denominator),
      actual: percentText(places.mandated, places.places),
    };
    faults.push(fault(codes.MOSTLY_DISPATCHED, ['classId'], figures));
  }
  if (menu.closesAt > startOfDay(opensOn)) {
    const figures = { required: opensOn, actual: menu.closesAt.toISOString() };
    faults.push(fault(codes.WINDOW_TOO_LATE, ['menuId'], figures));
  }
  if (onMenu) faults.push(fault(codes.ON_MENU_ALREADY, ['classId']));
  return decide(faults, () => command);
}
