import {
  type Command,
  connection,
  type GraphContext,
  type Resolver,
  type ResolverTable,
  visibleTo,
} from '@shixun/runtime';
import { recordsOfPerson } from '../teachers/readers.ts';
import { type TeacherRow, teachers } from '../teachers/store.ts';
import { correctionKeepers } from './access.ts';
import {
  type CorrectionAnswer,
  decideCorrectionCommand,
  requestCorrectionCommand,
} from './commands-correct.ts';
import {
  type DisclosureAnswer,
  exportMyPersonalDataCommand,
  readIdentityNumberCommand,
  readPhoneCommand,
} from './commands-disclose.ts';
import { erasePersonalDataCommand } from './commands-erase.ts';
import { numbersOf, registryExport } from './queries-export.ts';
import { type CorrectionRow, corrections, type DisclosureRow, disclosures } from './store.ts';

type Page = { readonly first?: number | null; readonly after?: string | null };
type Asked = { readonly input: unknown };

function reading(command: Command, shown: 'identityNumber' | 'phone'): Resolver {
  return async (_parent, { input }: Asked, context) => {
    const { answer, refusals } = await context.execute(command, input);
    const disclosed = answer as DisclosureAnswer | null;
    if (disclosed === null) return { [shown]: null, disclosure: null, refusals };
    const numbers = await numbersOf(disclosed.teacherId, context);
    const disclosure = await context.loadOne(disclosures, disclosed.disclosureId);
    return { [shown]: numbers[shown], disclosure, refusals };
  };
}

function correcting(command: Command): Resolver {
  return async (_parent, { input }: Asked, context) => {
    const { answer, refusals } = await context.execute(command, input);
    const correctionId = (answer as CorrectionAnswer | null)?.correctionId;
    const correction =
      correctionId === undefined ? null : await context.loadOne(corrections, correctionId);
    return { correction, refusals };
  };
}

/** A filter for what is kept of the person, under the ids of merged records too. [REG-16] */
async function anyIdOf(teacher: TeacherRow, context: GraphContext) {
  const [own, ...others] = (await recordsOfPerson(context, teacher)).map(({ _id }) => _id);
  return others.length === 0 ? own : { $in: [own, ...others] };
}

const newestFirst = (by: string) =>
  [
    [by, -1],
    ['_id', -1],
  ] as const;

export const personalDataResolvers: ResolverTable = {
  Query: {
    corrections: (_parent, args: Page & { state?: string | null }, context) => {
      const visible = visibleTo(context.caller, correctionKeepers, {
        region: 'regionCode',
        school: 'schoolId',
      });
      const asked = args.state ? { state: args.state } : {};
      return connection(context.db.model(corrections), {
        filter: visible === null ? null : { $and: [visible, asked] },
        sort: [
          ['regionCode', 1],
          ['requestedAt', 1],
          ['_id', 1],
        ],
        first: args.first,
        after: args.after,
      });
    },
  },
  Mutation: {
    readIdentityNumber: reading(readIdentityNumberCommand, 'identityNumber'),
    readPhone: reading(readPhoneCommand, 'phone'),
    exportMyPersonalData: async (_parent, { input }: Asked, context) => {
      const { answer, refusals } = await context.execute(exportMyPersonalDataCommand, input);
      const disclosed = answer as DisclosureAnswer | null;
      if (disclosed === null) return { teacher: null, registry: null, takenAt: null, refusals };
      const teacher = await context.loadOne(teachers, disclosed.teacherId);
      const registry = await registryExport(disclosed.teacherId, context);
      return { teacher, registry, takenAt: context.now, refusals };
    },
    erasePersonalData: async (_parent, { input }: Asked, context) => {
      const { answer, refusals } = await context.execute(erasePersonalDataCommand, input);
      const teacherId = (answer as { teacherId: string } | null)?.teacherId;
      const teacher = teacherId === undefined ? null : await context.loadOne(teachers, teacherId);
      return { teacher, refusals };
    },
    requestCorrection: correcting(requestCorrectionCommand),
    decideCorrection: correcting(decideCorrectionCommand),
  },
  Teacher: {
    personalDataErasedAt: (teacher: TeacherRow) => teacher.personalDataErasedAt ?? null,
    disclosures: async (teacher: TeacherRow, { first, after }: Page, context) =>
      connection(context.db.model(disclosures), {
        filter: { teacherId: await anyIdOf(teacher, context) },
        sort: newestFirst('at'),
        first,
        after,
      }),
    corrections: async (teacher: TeacherRow, { first, after }: Page, context) =>
      connection(context.db.model(corrections), {
        filter: { teacherId: await anyIdOf(teacher, context) },
        sort: newestFirst('requestedAt'),
        first,
        after,
      }),
  },
  Disclosure: { id: ({ _id }: DisclosureRow) => _id },
  PersonalDataCorrection: {
    id: ({ _id }: CorrectionRow) => _id,
    identityNumberMasked: ({ identityMasked }: CorrectionRow) => identityMasked,
    teacher: ({ teacherId }: CorrectionRow, _args, context) => context.loadOne(teachers, teacherId),
    // Empty words are erased ones.
    reason: ({ reason }: CorrectionRow) => reason || null,
    note: ({ note }: CorrectionRow) => note || null,
    nameBefore: ({ before }: CorrectionRow) => before?.name || null,
    identityNumberMaskedBefore: ({ before }: CorrectionRow) => before?.identityMasked ?? null,
    phoneMaskedBefore: ({ before }: CorrectionRow) => before?.phoneMasked ?? null,
  },
};
