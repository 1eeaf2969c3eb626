/** Who may do what in this service: a row for every field and command. [REG-01] */
import { allFields, bureaus, defineAccess, type Scope, signedIn } from '@shixun/runtime';
import type { PlacedEntry } from './ledger/place.ts';
import { ledgerCheckers, ledgerReaders } from './ledger/readers.ts';
import type { TeacherPlace } from './projections/teacher-place.ts';

/** Reached only through a field that is guarded itself. */
const reached = { fields: allFields(signedIn) };

export const access = defineAccess({
  types: {
    Teacher: {
      scope: ({ id, schoolId, regionCode }: TeacherPlace): Scope => ({
        personId: id,
        schoolId,
        regionCode,
      }),
      fields: {
        id: signedIn,
        ledgerEntries: ledgerReaders,
        creditStanding: ledgerReaders,
        creditsByYear: ledgerReaders,
      },
    },
    LedgerEntry: {
      scope: ({ teacherId, schoolId, regionCode }: PlacedEntry): Scope => ({
        personId: teacherId,
        schoolId,
        regionCode,
      }),
      fields: allFields(ledgerReaders),
    },
    Completion: reached,
    LedgerEntryConnection: reached,
    LedgerEntryEdge: reached,
    LedgerPosting: reached,
    CategoryAmount: reached,
    ChannelAmount: reached,
    LevelAmount: reached,
    CreditStanding: reached,
    CycleStanding: reached,
    YearCredits: reached,
    LedgerCheck: reached,
    LedgerDifference: reached,
    ReverseEntryPayload: reached,
    CorrectEntryPayload: reached,
  },
  Query: {
    ledgerEntry: signedIn,
    ledgerCheck: ledgerCheckers,
  },
  Mutation: {
    reverseEntry: bureaus,
    correctEntry: bureaus,
  },
});
