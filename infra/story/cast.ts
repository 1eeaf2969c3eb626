import type { Grant } from '@shixun/runtime';
import type { DemoPeople, DemoPerson } from '../province/demo-people.ts';
import type { Actor, Cast } from './world.ts';

type Issue = (subject: { sub: string; name: string; grants: readonly Grant[] }) => Promise<string>;

/** Signs the demo's people in, for the parts they play in the story. */
export async function castOf(people: DemoPeople, issueToken: Issue): Promise<Cast> {
  const signIn = async (person: DemoPerson): Promise<Actor> => {
    const { subject: sub, name, grants } = person;
    return { id: sub, name, token: await issueToken({ sub, name, grants }) };
  };
  const byRole = async (role: DemoPerson['role']): Promise<Actor> => {
    const person = people.staff.find((each) => each.role === role);
    if (!person) throw new Error(`the demo has no ${role}`);
    return signIn(person);
  };
  const teachers = await Promise.all(people.teachers.map(signIn));
  const outsider = teachers.at(-1);
  if (!outsider) throw new Error('the demo has no teachers');
  return {
    regionCode: people.regionCode,
    institutionId: people.institutionId,
    trainerIds: people.trainerIds,
    bureau: await byRole('CountyAdmin'),
    city: await byRole('CityAdmin'),
    school: await byRole('SchoolAdmin'),
    schoolId: people.schoolId,
    institution: await byRole('InstitutionAdmin'),
    classHead: await byRole('ClassHead'),
    evaluator: await byRole('ThirdPartyEvaluator'),
    monitor: await byRole('QualityMonitor'),
    teachers: teachers.slice(0, -1),
    outsider,
  };
}
