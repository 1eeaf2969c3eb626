import { allFields, everyone, signedIn } from '@shixun/runtime';
import { ownerSteps } from '../projects/access.ts';

/** A waiver is published with its project; the decision asks for the very owner. */
export const waiverAccess = {
  types: {
    FigureWaiver: { fields: allFields(everyone) },
    WaiveFigurePayload: { fields: allFields(signedIn) },
  },
  Query: {},
  Mutation: { waiveFigure: ownerSteps },
};
