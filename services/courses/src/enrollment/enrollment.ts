/**
 * States of an enrollment 报名: confirmed has a place; waitlisted waits; offered holds a freed place until answered;
 * pending_school holds a place until the school has answered; withdrawn, declined and lapsed have ended.
 */
export const enrollmentStates = [
  'confirmed',
  'waitlisted',
  'offered',
  'pending_school',
  'withdrawn',
  'declined',
  'lapsed',
] as const;
export type EnrollmentState = (typeof enrollmentStates)[number];
