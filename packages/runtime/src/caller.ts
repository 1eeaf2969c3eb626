import { z } from 'zod';

/** The roles of the platform, as the rules name them. */
export const roles = [
  'ProvinceAdmin',
  'CityAdmin',
  'CountyAdmin',
  'QualityMonitor',
  'Auditor',
  'SchoolAdmin',
  'InstitutionAdmin',
  'ProjectLeader',
  'ClassHead',
  'Trainer',
  'WorkshopHost',
  'ExpertReviewer',
  'ThirdPartyEvaluator',
  'Teacher',
  'Platform',
] as const;

export type Role = (typeof roles)[number];

/** One role with the scope it holds in: a region's subtree, a school, an institution, a person, a platform. */
export type Grant = {
  readonly role: Role;
  readonly regionCode?: string | undefined;
  readonly schoolId?: string | undefined;
  readonly institutionId?: string | undefined;
  readonly personId?: string | undefined;
  readonly platformId?: string | undefined;
};

/** Who asks: what the verified token says, and nothing else. */
export type Caller = { readonly subject: string; readonly grants: readonly Grant[] };

const id = z.string().min(1).max(64).optional();

/** The claims a token must carry; a role that the platform doesn't know is refused rather than ignored. */
export const claimsSchema = z.object({
  sub: z.string().min(1).max(128),
  grants: z
    .array(
      z.strictObject({
        role: z.enum(roles),
        regionCode: id,
        schoolId: id,
        institutionId: id,
        personId: id,
        platformId: id,
      }),
    )
    .max(50)
    .default([]),
});
