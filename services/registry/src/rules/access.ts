import { allFields, defineAccess, everyone } from '@shixun/runtime';

/** Every rule is public. */
export const ruleAccess = defineAccess({
  types: { Rule: { fields: allFields(everyone) } },
  Query: { rules: everyone, rule: everyone },
  Mutation: {},
});
