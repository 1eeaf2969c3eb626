import { accept, type Decision, fault, type Instant, refuse } from '@shixun/kernel';
import type { EnrollmentState } from './enrollment.ts';
import { codes } from './refusals.ts';

export type OfferFacts = { readonly state: EnrollmentState; readonly respondBy: Instant | null };

export type OfferAnswered = { readonly state: 'confirmed' | 'declined' };

/** Takes or declines the place that the waitlist brought, within its response time. [CRS-42] */
export function answerOffer(
  command: { readonly accept: boolean },
  { state, respondBy }: OfferFacts,
  now: Instant,
): Decision<OfferAnswered> {
  if (state !== 'offered' || respondBy === null) {
    return refuse(fault(codes.NO_OFFER, ['enrollmentId'], { required: 'offered', actual: state }));
  }
  if (now >= respondBy) {
    const figures = { required: respondBy.toISOString(), actual: now.toISOString() };
    return refuse(fault(codes.OFFER_LAPSED, ['enrollmentId'], figures));
  }
  return accept({ state: command.accept ? 'confirmed' : 'declined' });
}
