import {
  allFields,
  bureaus,
  by,
  defineAccess,
  everyone,
  type Row,
  signedIn,
} from '@shixun/runtime';

/** Who sees a tender from within: the bureaus of its subtree and their supervisors. */
export const tenderOfficers: Row = [
  ...bureaus,
  by('QualityMonitor', 'region'),
  by('Auditor', 'region'),
];

/** Rows of tenders. Announcement and ranking are public; what is in between has its own check in its resolver. */
export const tendersAccess = defineAccess({
  types: {
    Tender: { fields: allFields(everyone) },
    TenderCriterion: { fields: allFields(everyone) },
    RankedBid: { fields: allFields(everyone) },
    RankedComponent: { fields: allFields(everyone) },
    Bid: { fields: allFields(signedIn) },
    ReviewBid: { fields: allFields(signedIn) },
    ScoreSheet: { fields: allFields(signedIn) },
    CriterionPoints: { fields: allFields(signedIn) },
    TenderObjection: { fields: allFields(signedIn) },
    TenderConnection: { fields: allFields(everyone) },
    TenderEdge: { fields: allFields(everyone) },
    TenderPayload: { fields: allFields(signedIn) },
    BidPayload: { fields: allFields(signedIn) },
    ScoreSheetPayload: { fields: allFields(signedIn) },
    TenderObjectionPayload: { fields: allFields(signedIn) },
  },
  Query: { tender: everyone, tenders: everyone },
  Mutation: {
    announceTender: bureaus,
    submitBid: by('InstitutionAdmin', 'institution'),
    withdrawBid: by('InstitutionAdmin', 'institution'),
    openBids: bureaus,
    appointReviewer: bureaus,
    scoreBid: by('ExpertReviewer', 'any'),
    awardTender: bureaus,
    objectToAward: by('InstitutionAdmin', 'institution'),
    decideObjection: bureaus,
    confirmAward: bureaus,
    abandonTender: bureaus,
  },
});
