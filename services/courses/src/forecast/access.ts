import { allFields, bureaus, by, defineAccess, type Row, signedIn } from '@shixun/runtime';

/** The school itself, the bureaus above it, and who watches for them. */
export const forecastReaders: Row = [
  by('SchoolAdmin', 'school'),
  ...bureaus,
  by('QualityMonitor', 'region'),
];

export const forecastAccess = defineAccess({
  types: {
    SchoolForecast: { fields: allFields(signedIn) },
    SchoolDay: { fields: allFields(signedIn) },
    SchoolWeek: { fields: allFields(signedIn) },
  },
  Query: { schoolForecast: forecastReaders },
  Mutation: {},
});
