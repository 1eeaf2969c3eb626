import { defineService } from '@shixun/runtime';
import { access } from './access.ts';
import { completionConfirmedHandler, completionWithdrawnHandler } from './ledger/events.ts';
import { ledgerResolvers } from './ledger/resolvers.ts';
import { accountBooks, ledgerEntries } from './ledger/store.ts';
import { requireBalance } from './ledger/store-guard.ts';
import { teacherResolvers } from './projections/resolvers.ts';
import { teacherRecordedHandler, teachers } from './projections/teachers.ts';
import { standingResolvers } from './standing/resolvers.ts';

/** Hours, credits and standing: the ledger. */
export const service = defineService({
  name: 'credits',
  directory: import.meta.dirname,
  resolvers: [teacherResolvers, ledgerResolvers, standingResolvers],
  access,
  collections: [ledgerEntries, accountBooks, teachers],
  handlers: [completionConfirmedHandler, completionWithdrawnHandler, teacherRecordedHandler],
  prepare: ({ db }) => requireBalance(db),
});
