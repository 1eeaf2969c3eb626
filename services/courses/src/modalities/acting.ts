/** As whom somebody acts for a class: the roles that a template names, each within its own scope. */
import { isWithin } from '@shixun/kernel';
import type { Actor } from '../projects/owner.ts';
import type { StageRole } from './template.ts';

/** A grant of the caller as far as acting looks, with the person that it names. */
type ActingCaller = {
  readonly subject: string;
  readonly grants: readonly (Actor['grants'][number] & {
    readonly personId?: string | undefined;
  })[];
};

/** Those for whom somebody may act: of the class as a whole, or of the one that evidence is about. */
export type ActingScope = {
  readonly regionCodes: readonly string[];
  readonly schoolIds: readonly string[];
  readonly institutionId: string | null;
  readonly classHeadId: string;
  readonly trainerIds: readonly string[];
  readonly hostId: string | null;
  /** The trainee whom the evidence is about; null when it is about none. */
  readonly teacherId: string | null;
};

/** The roles that the caller fills here. The host of a workshop is a teacher; being its host is the role. */
export function actingRoles(caller: ActingCaller | null, scope: ActingScope): StageRole[] {
  if (caller === null) return [];
  const roles = caller.grants.flatMap((grant): StageRole[] => {
    const person = grant.personId ?? caller.subject;
    const host: StageRole[] = person === scope.hostId ? ['WorkshopHost'] : [];
    switch (grant.role) {
      case 'ProvinceAdmin':
      case 'CityAdmin':
      case 'CountyAdmin': {
        const own = grant.regionCode;
        const inside = own !== undefined && scope.regionCodes.some((code) => isWithin(code, own));
        return inside ? [grant.role] : [];
      }
      case 'SchoolAdmin':
        return grant.schoolId !== undefined && scope.schoolIds.includes(grant.schoolId)
          ? ['SchoolAdmin']
          : [];
      case 'InstitutionAdmin':
        return grant.institutionId !== undefined && grant.institutionId === scope.institutionId
          ? ['InstitutionAdmin']
          : [];
      case 'ClassHead':
        return person === scope.classHeadId ? ['ClassHead'] : [];
      case 'Trainer':
        return scope.trainerIds.includes(person) ? ['Trainer'] : [];
      case 'Teacher':
        return person === scope.teacherId ? ['Teacher', ...host] : host;
      case 'WorkshopHost':
        return host;
      default:
        return [];
    }
  });
  return [...new Set(roles)];
}
