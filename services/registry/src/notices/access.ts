import { allFields, bureaus, by, defineAccess, signedIn } from '@shixun/runtime';

/** The owner of an inbox; of bureaus only the one whose inbox it is, which `recipients.ts` sees to. */
const owners = [
  by('Teacher', 'own'),
  by('Trainer', 'own'),
  by('SchoolAdmin', 'school'),
  by('InstitutionAdmin', 'institution'),
  ...bureaus,
];
/** Reached only through an inbox, which is answered to its owner alone. */
const reached = { fields: allFields(signedIn) };

export const noticeAccess = defineAccess({
  types: {
    Inbox: reached,
    Notice: reached,
    NoticeFigure: reached,
    NoticeConnection: reached,
    NoticeEdge: reached,
    MarkNoticesReadPayload: reached,
    MarkNoticesUnreadPayload: reached,
    MarkAllNoticesReadPayload: reached,
    ChooseNoticeChannelsPayload: reached,
  },
  Query: { inbox: owners, inboxes: owners },
  Mutation: {
    markNoticesRead: owners,
    markNoticesUnread: owners,
    markAllNoticesRead: owners,
    chooseNoticeChannels: owners,
  },
});
