import { mergeAccess } from '@shixun/runtime';
import { annualPlanAccess } from './annual-plans/access.ts';
import { archivesAccess } from './archives/access.ts';
import { budgetsAccess } from './budgets/access.ts';
import { completionAccess } from './completion/access.ts';
import { consortiumAccess } from './consortia/access.ts';
import { curriculumAccess } from './curriculum-standards/access.ts';
import { deliveryAccess } from './delivery/access.ts';
import { dispatchAccess } from './dispatch/access.ts';
import { drawAccess } from './draws/access.ts';
import { dutiesAccess } from './duties/access.ts';
import { enrollmentAccess } from './enrollment/access.ts';
import { forecastAccess } from './forecast/access.ts';
import { guidanceAccess } from './guidance/access.ts';
import { menuAccess } from './menus/access.ts';
import { modalityAccess } from './modalities/access.ts';
import { planChangesAccess } from './plan-changes/access.ts';
import { plansAccess } from './plans/access.ts';
import { projectsAccess } from './projects/access.ts';
import { resourcesAccess } from './resources/access.ts';
import { supplyAccess } from './supply/access.ts';
import { tendersAccess } from './tenders/access.ts';
import { trackingAccess } from './tracking/access.ts';
import { uploadsAccess } from './uploads/access.ts';
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
  modalityAccess,
  planChangesAccess,
  curriculumAccess,
  menuAccess,
  drawAccess,
  dispatchAccess,
  guidanceAccess,
  enrollmentAccess,
  deliveryAccess,
  completionAccess,
  archivesAccess,
  trackingAccess,
  uploadsAccess,
  resourcesAccess,
  dutiesAccess,
  tendersAccess,
  waiverAccess,
);
