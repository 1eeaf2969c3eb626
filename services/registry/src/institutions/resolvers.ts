import {
  civilDateOf,
  type QualificationState,
  qualificationCovers,
  qualificationStateOn,
  type TrainingNeed,
} from '@shixun/kernel';
import {
  type Command,
  connection,
  type GraphContext,
  type Resolver,
  type ResolverTable,
  within,
} from '@shixun/runtime';
import { appeals } from '../appeals/store.ts';
import { regions } from '../regions/store.ts';
import {
  applyForQualificationCommand,
  type InstitutionAnswer,
  registerInstitutionCommand,
  reviewQualificationCommand,
} from './commands.ts';
import { pendingApplication, type QualificationRecord } from './institution.ts';
import { lifeCycle, nextMoves } from './life-cycle.ts';
import { nextActions } from './next-actions.ts';
import { type InstitutionRow, institutions, type MoveRow, qualificationMoves } from './store.ts';

type InstitutionFilter = {
  readonly regionCode?: string | null;
  readonly kind?: string | null;
  readonly parentInstitutionId?: string | null;
  readonly state?: string | null;
  readonly level?: string | null;
  readonly stage?: string | null;
  readonly subject?: string | null;
  readonly modality?: string | null;
};
type Page = { readonly first?: number | null; readonly after?: string | null };

/** The filter of the directory in the words of the collection. */
function institutionFilter(filter: InstitutionFilter): Readonly<Record<string, unknown>> {
  return {
    ...(filter.regionCode ? { regionCode: within(filter.regionCode) } : {}),
    ...(filter.kind ? { kind: filter.kind } : {}),
    ...(filter.parentInstitutionId ? { parentInstitutionId: filter.parentInstitutionId } : {}),
    ...(filter.state ? { 'qualification.state': filter.state } : {}),
    ...(filter.level ? { 'qualification.levels': filter.level } : {}),
    ...(filter.stage ? { 'qualification.stages': filter.stage } : {}),
    ...(filter.subject ? { 'qualification.subjects': filter.subject } : {}),
    ...(filter.modality ? { 'qualification.modalities': filter.modality } : {}),
  };
}

const institutionSort = [
  ['regionCode', 1],
  ['_id', 1],
] as const;

export const institutionResolvers: ResolverTable = {
  Query: {
    institution: (_parent, { id }: { id: string }, context) => context.loadOne(institutions, id),
    institutions: (_parent, args: Page & { filter?: InstitutionFilter | null }, context) =>
      connection(context.db.model(institutions), {
        filter: institutionFilter(args.filter ?? {}),
        sort: institutionSort,
        first: args.first,
        after: args.after,
      }),
    qualificationLifeCycle: () => lifeCycle,
  },
  Mutation: {
    registerInstitution: answeringInstitution(registerInstitutionCommand),
    applyForQualification: answeringInstitution(applyForQualificationCommand),
    reviewQualification: answeringInstitution(reviewQualificationCommand),
  },
  Institution: {
    __resolveReference: ({ id }: { id: string }, context: GraphContext) =>
      context.loadOne(institutions, id),
    id: (institution: InstitutionRow) => institution._id,
    region: ({ regionCode }: InstitutionRow, _args, context) =>
      context.loadOne(regions, regionCode),
    university: ({ parentInstitutionId }: InstitutionRow, _args, context) =>
      parentInstitutionId ? context.loadOne(institutions, parentInstitutionId) : null,
    nextActions: actionsToday,
    uncovered: ({ qualification }: InstitutionRow, { need }: { need: TrainingNeed }, { now }) =>
      qualificationCovers(
        { ...qualification, state: qualificationStateOn(qualification, civilDateOf(now)) },
        need,
      ),
    application: (institution: InstitutionRow) => pendingApplication(institution),
    moves: (institution: InstitutionRow, { first, after }: Page, context) =>
      connection(context.db.model(qualificationMoves), {
        filter: { institutionId: institution._id },
        sort: [['_id', 1]],
        first,
        after,
      }),
  },
  Qualification: {
    state: stateToday,
    validFrom: (record: QualificationRecord) => (granted(record) ? record.validFrom : null),
    validTo: (record: QualificationRecord) => (granted(record) ? record.validTo : null),
    nextMoves: (record: QualificationRecord, _args, context) =>
      nextMoves(stateToday(record, {}, context)),
  },
  QualificationMove: {
    id: (move: MoveRow) => move._id,
    findingIds: ({ findingIds }: MoveRow) => findingIds ?? [],
    reason: ({ reason }: MoveRow) => (reason === '' ? null : reason),
  },
  QualificationTransition: {
    meaningZh: ({ zh }: { zh: string }) => zh,
    meaningEn: ({ en }: { en: string }) => en,
  },
};

/** The table of the life cycle, read for this institution today. */
async function actionsToday(institution: InstitutionRow, _args: unknown, context: GraphContext) {
  const today = civilDateOf(context.now);
  const [lodged] = (await context.loadMany(appeals, 'institutionId', institution._id)).filter(
    ({ state }) => state === 'lodged',
  );
  const appealed =
    lodged === undefined ? null : await context.loadOne(qualificationMoves, lodged.moveId);
  const { figures } = context.policies.effective(institution.regionCode, today);
  const { qualification, application, parentInstitutionId = null } = institution;
  const standing = { ...qualification, state: stateToday(qualification, {}, context) };
  return nextActions(
    { qualification: standing, application, parentInstitutionId, appealed },
    today,
    figures,
  );
}

function stateToday(
  record: QualificationRecord,
  _args: unknown,
  { now }: GraphContext,
): QualificationState {
  return qualificationStateOn(record, civilDateOf(now));
}

function granted({ state }: QualificationRecord): boolean {
  return !['none', 'applied', 'under_review'].includes(state);
}

/** The stored answer names the institution; the payload reads it anew. */
function answeringInstitution(command: Command): Resolver {
  return async (_parent, { input }: { input: unknown }, context) => {
    const { answer, refusals } = await context.execute(command, input);
    const id = (answer as InstitutionAnswer | null)?.institutionId;
    const institution = id === undefined ? null : await context.loadOne(institutions, id);
    return { institution, refusals };
  };
}
