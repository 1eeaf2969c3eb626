/** Whose inbox it is, and who reads it. [GOV-04] */
import type { NoticeRecipientKind } from '@shixun/contracts';
import type { Caller, Grant, Role, Scope } from '@shixun/runtime';

export type Addressee = { readonly kind: NoticeRecipientKind; readonly id: string };

/** `school/sch_…`: the id of the inbox. */
export function inboxKey({ kind, id }: Addressee): string {
  return `${kind}/${id}`;
}

const bureauRoles: readonly Role[] = ['ProvinceAdmin', 'CityAdmin', 'CountyAdmin'];

/**
 * The inboxes that are the caller's own: a person's, and those of the school, institution or bureau he or she
 * administers. A bureau above does not read the inbox of one below it: what it must know it is told itself.
 */
export function ownAddressees(caller: Caller | null): readonly Addressee[] {
  const all = (caller?.grants ?? []).flatMap((grant) => addresseeOf(grant, caller?.subject) ?? []);
  return [...new Map(all.map((each) => [inboxKey(each), each])).values()];
}

export function isOwn(caller: Caller | null, addressee: Addressee): boolean {
  const key = inboxKey(addressee);
  return ownAddressees(caller).some((own) => inboxKey(own) === key);
}

/** Where the inbox belongs, in the words of the access table. */
export function scopeOf({ kind, id }: Addressee): Scope {
  if (kind === 'school') return { schoolId: id };
  if (kind === 'institution') return { institutionId: id };
  return kind === 'region' ? { regionCode: id } : { personId: id };
}

function addresseeOf(grant: Grant, subject: string | undefined): Addressee | null {
  const { role, regionCode, schoolId, institutionId } = grant;
  const personId = grant.personId ?? subject;
  if (role === 'Teacher') return addressee('teacher', personId);
  if (role === 'Trainer') return addressee('trainer', personId);
  if (role === 'SchoolAdmin') return addressee('school', schoolId);
  if (role === 'InstitutionAdmin') return addressee('institution', institutionId);
  return bureauRoles.includes(role) ? addressee('region', regionCode) : null;
}

function addressee(kind: NoticeRecipientKind, id: string | undefined): Addressee | null {
  return id === undefined ? null : { kind, id };
}
