import { type Answered, attempt, command, expectThat, reasonsOf, type World } from './world.ts';

/** What the county declares: 2.5 % of this payroll is CNY 2,500,000.00. */
const payroll = '100000000.00';

/** The county files its yearly plan; the city returns it, the county corrects it, the city accepts it. [PLN-03, PLN-04] */
export async function fileYearPlan(world: World, year: number): Promise<Answered> {
  const { bureau, city, regionCode } = world.cast;
  const content = (places: number, amount: string) => ({
    regionCode,
    year,
    items: [
      {
        code: 'primary-chinese-reading',
        title: '小学语文整本书阅读教学研修',
        stage: 'PRIMARY',
        subject: 'chinese',
        audience: '小店区小学语文教师',
        places,
        hours: '90.00',
      },
    ],
    budget: [{ title: '县级教师培训专项经费', amount }],
    base: payroll,
    evidence: '小店区财政局教育经费预算批复',
  });
  const first = await attempt(world, bureau, 'DraftAnnualPlan', content(6, '2499999.99'));
  if (first.plan === null) {
    const told = {
      zh: `${year} 年度培训计划此前已获接受：`,
      en: `The plan of ${year} stands already:`,
    };
    world.tell(told, reasonsOf(first.refusals));
    return null;
  }
  const planId: string = first.plan.id;
  const below = await command(world, bureau, 'FileAnnualPlan', { planId });
  expectThat(below.plan.funding.gap === '0.01', 'PLN-04: a fen is lacking', below.plan);
  const reason = '培训经费低于教职工工资总额的 2.5%，请补足';
  await command(world, city, 'ReturnAnnualPlan', { planId, reason });
  await command(world, bureau, 'DraftAnnualPlan', content(12, '2500000.00'));
  const filed = await command(world, bureau, 'FileAnnualPlan', { planId });
  expectThat(!filed.plan.funding.below, 'PLN-04: exactly the floor is enough', filed.plan);
  const { plan } = await command(world, city, 'AcceptAnnualPlan', { planId });
  world.tell(
    {
      zh: `${year} 年度培训计划：经费差一分钱被标记并退回，补足 2.5% 后重新报备，上级接受，回执 ${plan.receipt}。`,
      en: `The yearly plan of ${year}: a fen below the floor it is flagged and returned; corrected, filed again and accepted, receipt ${plan.receipt}.`,
    },
    plan.funding,
  );
  return plan;
}
