import { allFields, bureaus, by, defineAccess, type Row, signedIn } from '@shixun/runtime';

export const teamReaders: Row = [
  ...bureaus,
  by('QualityMonitor', 'region'),
  by('Auditor', 'region'),
];

export const countyTeamAccess = defineAccess({
  types: {
    CountyTeam: { fields: allFields(signedIn) },
    CountyTeamSubject: { fields: allFields(signedIn) },
    CountyTeamMember: { fields: allFields(signedIn) },
    CountyTeamMemberConnection: { fields: allFields(signedIn) },
    CountyTeamMemberEdge: { fields: allFields(signedIn) },
    CountyTeamConnection: { fields: allFields(signedIn) },
    CountyTeamEdge: { fields: allFields(signedIn) },
    CountyTeamPayload: { fields: allFields(signedIn) },
  },
  Query: { countyTeams: teamReaders },
  Mutation: { nameTeamMember: bureaus, removeTeamMember: bureaus },
});
