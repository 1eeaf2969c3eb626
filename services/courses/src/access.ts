import { mergeAccess } from '@shixun/runtime';
import { annualPlanAccess } from './annual-plans/access.ts';
import { budgetsAccess } from './budgets/access.ts';
import { completionAccess } from './completion/access.ts';
import { consortiumAccess } from './consortia/access.ts';
import { deliveryAccess } from './delivery/access.ts';
import { drawAccess } from './draws/access.ts';
import { enrollmentAccess } from './enrollment/access.ts';
import { forecastAccess } from './forecast/access.ts';
import { menuAccess } from './menus/access.ts';
import { plansAccess } from './plans/access.ts';
import { projectsAccess } from './projects/access.ts';
import { supplyAccess } from './supply/access.ts';
import { tendersAccess } from './tenders/access.ts';
import { waiverAccess } from './waivers/access.ts';

/** Who may do what in courses: a row for every field and command. */
export const access = mergeAccess(
  projectsAccess,
  annualPlanAccess,
  budgetsAccess,
  supplyAccess,
  forecastAccess,
  consortiumAccess,
  plansAccess,
  menuAccess,
  drawAccess,
  enrollmentAccess,
  deliveryAccess,
  completionAccess,
  tendersAccess,
  waiverAccess,
);
