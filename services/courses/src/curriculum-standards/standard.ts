/** National curriculum standards of teacher training 教师培训课程标准, and what a plan serves of them. [CRS-20] */
import { type CivilDate, type Decision, decide, type Fault, fault } from '@shixun/kernel';
import { codes } from './refusals.ts';

export type Topic = { readonly code: string; readonly titleZh: string; readonly titleEn: string };

/** One version of a standard. It is in force from its first day until the next version's. */
export type Standard = {
  /** The same for all versions of one standard. */
  readonly code: string;
  readonly version: number;
  readonly titleZh: string;
  readonly titleEn: string;
  readonly stage: string;
  /** Null: for every subject of the stage. */
  readonly subject: string | null;
  readonly effectiveFrom: CivilDate;
  readonly topics: readonly Topic[];
};

/** A topic that a module serves. */
export type TopicServed = { readonly standardCode: string; readonly topicCode: string };

/** What is looked at of a module. */
export type ServingModule = {
  readonly key: string;
  readonly title: string;
  readonly topics?: readonly TopicServed[];
};

/** Of each standard the version in force on the date; none where its first version begins later. */
export function standardsOn<S extends Standard>(
  versions: readonly S[],
  date: CivilDate,
): readonly S[] {
  const newest = new Map<string, S>();
  for (const each of versions) {
    const known = newest.get(each.code);
    if (each.effectiveFrom > date || (known && known.version > each.version)) continue;
    newest.set(each.code, each);
  }
  return [...newest.values()];
}

/** Topics that no standard has, and topics whose standard does not have them on the date of the plan. [CRS-20] */
export function topicFaults(
  modules: readonly ServingModule[],
  versions: readonly Standard[],
  date: CivilDate,
): readonly Fault[] {
  const inForce = standardsOn(versions, date);
  const has = (standards: readonly Standard[], { standardCode, topicCode }: TopicServed) =>
    standards.some(
      ({ code, topics }) =>
        code === standardCode && topics.some((topic) => topic.code === topicCode),
    );
  return modules.flatMap((module, at) =>
    (module.topics ?? []).flatMap((served, index) => {
      if (has(inForce, served)) return [];
      const path = ['plan', 'modules', String(at), 'topics', String(index)];
      const actual = `${served.standardCode}/${served.topicCode}`;
      const figures = { module: module.title, actual, required: date };
      const code = has(versions, served)
        ? codes.CURRICULUM_TOPIC_NOT_IN_FORCE
        : codes.CURRICULUM_TOPIC_UNKNOWN;
      return [fault(code, path, figures)];
    }),
  );
}

export type Coverage<S extends Standard> = {
  readonly standard: S;
  readonly covered: readonly { readonly topic: Topic; readonly modules: readonly string[] }[];
  readonly missing: readonly Topic[];
};

/** What a plan covers and what it leaves out of the standards in force for its audience. [CRS-20] */
export function coverageOf<S extends Standard>(
  modules: readonly ServingModule[],
  audience: { readonly stages: readonly string[]; readonly subjects: readonly string[] },
  inForce: readonly S[],
): readonly Coverage<S>[] {
  const concerns = ({ stage, subject }: Standard) =>
    (audience.stages.length === 0 || audience.stages.includes(stage)) &&
    (subject === null || audience.subjects.length === 0 || audience.subjects.includes(subject));
  return inForce.filter(concerns).map((standard) => {
    const covered = standard.topics.map((topic) => ({
      topic,
      modules: modules.filter((module) => serves(module, standard, topic)).map(({ key }) => key),
    }));
    return {
      standard,
      covered: covered.filter((each) => each.modules.length > 0),
      missing: covered.filter((each) => each.modules.length === 0).map(({ topic }) => topic),
    };
  });
}

function serves({ topics = [] }: ServingModule, { code }: Standard, topic: Topic): boolean {
  return topics.some(
    ({ standardCode, topicCode }) => standardCode === code && topicCode === topic.code,
  );
}

export type PublishStandard = Omit<Standard, 'version'>;

/** Adds versions to the library: each begins after the one before it, none reaches into the past. [CRS-20] */
export function publishStandards(
  given: readonly PublishStandard[],
  { known, today }: { readonly known: readonly Standard[]; readonly today: CivilDate },
): Decision<readonly Standard[]> {
  const faults: Fault[] = [];
  const published = given.map((each, index): Standard => {
    const path = ['standards', String(index)];
    const versions = known.filter(({ code }) => code === each.code);
    const last = versions.toSorted((a, b) => b.version - a.version)[0];
    if (given.findIndex(({ code }) => code === each.code) !== index) {
      faults.push(fault(codes.CURRICULUM_STANDARD_TWICE, [...path, 'code'], { actual: each.code }));
    }
    if (each.effectiveFrom < today && last !== undefined) {
      const figures = { required: today, actual: each.effectiveFrom };
      faults.push(
        fault(codes.CURRICULUM_STANDARD_IN_THE_PAST, [...path, 'effectiveFrom'], figures),
      );
    }
    if (last !== undefined && each.effectiveFrom <= last.effectiveFrom) {
      const figures = { required: last.effectiveFrom, actual: each.effectiveFrom };
      faults.push(fault(codes.CURRICULUM_STANDARD_NOT_LATER, [...path, 'effectiveFrom'], figures));
    }
    if (last !== undefined && (last.stage !== each.stage || last.subject !== each.subject)) {
      const figures = {
        required: `${last.stage} ${last.subject ?? '*'}`,
        actual: `${each.stage} ${each.subject ?? '*'}`,
      };
      faults.push(fault(codes.CURRICULUM_STANDARD_OF_OTHERS, [...path, 'stage'], figures));
    }
    const twice = each.topics.find(
      ({ code }, at) => each.topics.findIndex((topic) => topic.code === code) !== at,
    );
    if (twice !== undefined) {
      const figures = { actual: twice.code };
      faults.push(fault(codes.CURRICULUM_TOPIC_TWICE, [...path, 'topics'], figures));
    }
    return { ...each, version: (last?.version ?? 0) + 1 };
  });
  return decide(faults, () => published);
}
