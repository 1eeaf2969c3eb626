import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { askTeachers, confirmedBySchool } from '@shixun/infra/story/asking';
import { attempt, command, eventually, type RefusalSeen } from '@shixun/infra/story/world';
import { addDays, civilDateOf, yearOf } from '@shixun/kernel';
import { startTestPlatform, type TestPlatform } from './platform.ts';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform({ kafka: true });
});
afterAll(async () => {
  await platform?.close();
});

test('REG-08, REG-17: an institution applies, is reviewed, is refused what it is not qualified for, and is commissioned once it is', async () => {
  const { world } = platform;
  const { bureau, regionCode } = world.cast;
  const needsSurveyId = await askTeachers(world);
  const today = civilDateOf(await world.now());
  const opensOn = addDays(today, 10);
  const endsOn = addDays(opensOn, 20);
  const scope = {
    levels: ['COUNTY'],
    stages: ['PRIMARY'],
    subjects: ['chinese'],
    modalities: ['CONCENTRATED'],
    validFrom: today,
    validTo: endsOn,
  };
  const register = async (input: object): Promise<string> => {
    const place = { regionCode, kind: 'UNIVERSITY' };
    return (await command(world, bureau, 'RegisterInstitution', { ...place, ...input })).institution
      .id;
  };
  const review = async (institutionId: string, verdict: string) =>
    command(world, bureau, 'ReviewQualification', { institutionId, verdict });
  const applying = await register({ name: '申请中大学', scope });
  const narrow = await register({
    name: '范围较窄大学',
    scope: { ...scope, modalities: ['BLENDED'], validTo: addDays(endsOn, -1) },
  });
  const college = await register({ name: '教师教育学院', parentInstitutionId: applying });
  for (const verdict of ['TAKE_UP', 'GRANT']) await review(narrow, verdict);
  const { institution } = await review(applying, 'TAKE_UP');
  expect(institution.qualification.state).toBe('UNDER_REVIEW');

  const { project } = await command(world, bureau, 'DraftProject', {
    title: '承训资质之旅',
    level: 'COUNTY',
    sector: 'BASIC',
    modality: 'CONCENTRATED',
    stage: 'PRIMARY',
    subject: 'chinese',
    audience: { stages: ['PRIMARY'], subjects: ['chinese'] },
    contentCode: 'institution-journey',
    ownerRegionCode: regionCode,
    year: yearOf(opensOn),
    hours: '90.00',
    startsOn: opensOn,
    endsOn,
  });
  const projectId: string = project.id;
  await confirmedBySchool(world, projectId);
  await eventually('the survey is known where projects are', async () => {
    const answer = await attempt(world, bureau, 'SubmitProject', { projectId, needsSurveyId });
    return answer.refusals.length === 0;
  });
  await command(world, bureau, 'ApproveProject', { projectId });

  const commission = async (institutionId: string) =>
    attempt(world, bureau, 'CommissionInstitution', { projectId, institutionId });
  const known = async (institutionId: string, code: string): Promise<readonly RefusalSeen[]> =>
    eventually(`${code} for ${institutionId}`, async () => {
      const { refusals } = await commission(institutionId);
      return refusals.some((refusal: RefusalSeen) => refusal.code === code) && refusals;
    });
  expect(await known(college, 'UNIVERSITY_PART_COMMISSIONED')).toContainEqual(
    expect.objectContaining({ rule: 'REG-17', required: applying, actual: college }),
  );
  expect(await known(applying, 'INSTITUTION_NOT_QUALIFIED')).not.toEqual([]);
  const lacking = await eventually('the narrow grant is known', async () => {
    const { refusals } = await commission(narrow);
    return refusals.length === 2 && refusals;
  });
  expect(lacking.map(({ rule, required }: RefusalSeen) => [rule, required])).toEqual([
    ['REG-08', 'concentrated'],
    ['REG-08', `${opensOn} – ${endsOn}`],
  ]);
  expect(lacking[1].messageEn).toContain(`missing ${endsOn} – ${endsOn}`);
  expect(lacking[1].messageZh).toContain(`尚缺 ${endsOn} – ${endsOn}`);

  await review(applying, 'GRANT');
  const commissioned = await eventually('the grant is known where projects are', async () => {
    const answer = await commission(applying);
    return answer.refusals.length === 0 && answer.project;
  });
  expect(commissioned.state).toBe('COMMISSIONED');
});
