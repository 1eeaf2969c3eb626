import { centiText, civilDateOf, daysBetween, percentText } from '@shixun/kernel';
import { badInput, type GraphContext, may, type ResolverTable } from '@shixun/runtime';
import { schools } from '../projections/schools.ts';
import { staffRows } from '../supply/store.ts';
import { forecastReaders } from './access.ts';
import { type ForecastDay, type ForecastWeek, forecastDays, forecastWeeks } from './forecast.ts';
import { schoolClassesFrom, schoolClassOf } from './readers.ts';
import { schoolClasses } from './store.ts';

type Asked = { readonly schoolId: string; readonly from: string; readonly to: string };

const daysMax = 184;

async function schoolForecast(context: GraphContext, { schoolId, from, to }: Asked) {
  const length = daysBetween(from, to);
  if (length < 0 || length > daysMax) throw badInput(`to must lie 0 to ${daysMax} days after from`);
  const school = await context.loadOne(schools, schoolId);
  if (school === null) return null;
  const { regionCode } = school;
  if (!may(context.caller, forecastReaders, { schoolId, regionCode })) return null;
  const { figures } = context.policies.effective(regionCode, civilDateOf(context.now));
  const rows = await context.db
    .model(schoolClasses)
    .find(schoolClassesFrom([schoolId], from))
    .lean();
  const staff = (await context.loadOne(staffRows, schoolId))?.staff ?? 0;
  const facts = {
    classes: rows.map(schoolClassOf),
    staff,
    awayShareMax: figures.schoolAwayShareMax,
    minutesPerHour: figures.minutesPerHour,
  };
  const { numerator, denominator } = figures.schoolAwayShareMax;
  return {
    school: { id: schoolId },
    staff,
    ceiling: percentText(numerator, denominator),
    days: forecastDays(facts, { from, to }).map((day) => ({ ...day, staff })),
    weeks: forecastWeeks(facts, { from, to }),
  };
}

export const forecastResolvers: ResolverTable = {
  Query: {
    schoolForecast: (_parent, args: Asked, context) => schoolForecast(context, args),
  },
  SchoolDay: {
    share: ({ away, staff }: ForecastDay & { staff: number }) => percentText(away, staff),
  },
  SchoolWeek: { hours: ({ hoursCenti }: ForecastWeek) => centiText(hoursCenti) },
};
