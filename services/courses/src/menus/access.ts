import { allFields, bureaus, by, defineAccess, everyone, signedIn } from '@shixun/runtime';

/** Menus are for whoever is signed in; opening them is the bureau's, in its subtree. */
export const menuAccess = defineAccess({
  types: {
    Menu: { fields: allFields(signedIn) },
    MenuItem: { fields: allFields(signedIn) },
    Obstacle: { fields: allFields(signedIn) },
    MenuStagger: { fields: allFields(signedIn) },
    FacetCount: { fields: allFields(signedIn) },
    MenuFacets: { fields: allFields(signedIn) },
    MenuItemConnection: { fields: allFields(signedIn) },
    MenuItemEdge: { fields: allFields(signedIn) },
    OpenMenuPayload: { fields: allFields(everyone) },
    PutOnMenuPayload: { fields: allFields(everyone) },
  },
  Query: {
    menu: signedIn,
    menuItem: signedIn,
    menuItems: by('Teacher', 'any'),
    menuFacets: by('Teacher', 'any'),
  },
  Mutation: { openMenu: bureaus, putOnMenu: bureaus },
});
