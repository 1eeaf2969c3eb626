import { allFields, bureaus, by, defineAccess, signedIn } from '@shixun/runtime';

/** Communities are seen by everybody who is signed in; their members by who may list teachers. */
export const communityAccess = defineAccess({
  types: {
    Community: { fields: allFields(signedIn) },
    CommunityConnection: { fields: allFields(signedIn) },
    CommunityEdge: { fields: allFields(signedIn) },
    SetAreaPayload: { fields: allFields(signedIn) },
    OpenWorkshopPayload: { fields: allFields(signedIn) },
  },
  Query: { community: signedIn },
  Mutation: {
    setArea: bureaus,
    openWorkshop: [...bureaus, by('SchoolAdmin', 'school')],
  },
});
