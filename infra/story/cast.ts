import type { DemoPeople, DemoPerson } from '../province/demo-people.ts';
import type { Actor, Cast } from './world.ts';

/** Signs the demo's people in, for the parts they play in the story. */
export async function castOf(
  people: DemoPeople,
  tokenOf: (person: DemoPerson) => Promise<string>,
): Promise<Cast> {
  const signIn = async (person: DemoPerson): Promise<Actor> => {
    const { subject: id, name } = person;
    return { id, name, token: await tokenOf(person) };
  };
  const byRole = async (role: DemoPerson['role']): Promise<Actor> => {
    const person = people.staff.find((each) => each.role === role);
    if (!person) throw new Error(`the demo has no ${role}`);
    return signIn(person);
  };
  const teachers = await Promise.all(people.teachers.map(signIn));
  const outsider = teachers.at(-1);
  if (!outsider) throw new Error('the demo has no teachers');
  const { township } = people;
  return {
    regionCode: people.regionCode,
    institutionId: people.institutionId,
    trainerIds: people.trainerIds,
    bureau: await byRole('CountyAdmin'),
    city: await byRole('CityAdmin'),
    auditor: await byRole('Auditor'),
    school: await byRole('SchoolAdmin'),
    schoolId: people.schoolId,
    institution: await byRole('InstitutionAdmin'),
    classHead: await byRole('ClassHead'),
    evaluator: await byRole('ThirdPartyEvaluator'),
    monitor: await byRole('QualityMonitor'),
    teachers: teachers.slice(0, -1),
    outsider,
    township: {
      regionCode: township.regionCode,
      schoolId: township.schoolId,
      school: await signIn(township.school),
      teachers: await Promise.all(township.teachers.map(signIn)),
    },
  };
}
