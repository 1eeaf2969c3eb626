/** Results of practice 实践成果: handed in, reviewed, graded, collected into packages. [CRS-56] */
import { type Decision, decide, type Fault, fault } from '@shixun/kernel';
import type { Condition } from '../completion/decide-completion.ts';
import type { ClassState, Stage } from '../projects/project.ts';
import { codes } from './refusals.ts';

export const resultKinds = ['lesson', 'micro_lesson', 'micro_case', 'micro_story'] as const;
/** Lesson 课例, micro-lesson 微课, micro-case 微案例, micro-story 微故事. */
export type ResultKind = (typeof resultKinds)[number];

export const resultGrades = ['qualified', 'good', 'excellent'] as const;
/** 合格, 优质, 精品. */
export type ResultGrade = (typeof resultGrades)[number];

export const licences = ['cc_by', 'cc_by_nc', 'in_region'] as const;
/** Under which the author gives it: with attribution, so without commerce, or within the region alone. */
export type Licence = (typeof licences)[number];

export type ResultState = 'submitted' | 'graded' | 'returned';

export type SubmitFacts = {
  /** Null while the file is not there; the upload has to be the trainee's own. */
  readonly file: { readonly contentHash: string } | null;
  /** Another result with the same content. */
  readonly sameAs: string | null;
  readonly violated: boolean;
  readonly classState: ClassState;
};

/** From the first day, and after the last one too: practice goes on when the training is over. */
const takesResults: readonly ClassState[] = ['running', 'closing', 'closed'];

/** Hands in a result; a file that was handed in before, by whomever, is not a result again. */
export function submitResult<Command>(command: Command, facts: SubmitFacts): Decision<Command> {
  const faults: Fault[] = [];
  if (!takesResults.includes(facts.classState)) {
    const figures = { required: takesResults.join(' / '), actual: facts.classState };
    faults.push(fault(codes.RESULT_CLASS_NOT_BEGUN, ['enrollmentId'], figures));
  }
  if (facts.file === null) faults.push(fault(codes.RESULT_FILE_MISSING, ['uploadId']));
  if (facts.sameAs !== null) {
    faults.push(fault(codes.RESULT_DUPLICATE, ['uploadId'], { actual: facts.sameAs }));
  }
  if (facts.violated) faults.push(fault(codes.RESULT_EXCLUDED, ['enrollmentId']));
  return decide(faults, () => command);
}

/** Grades a result, or returns it with a remark; a graded one keeps its grade. */
export function gradeResult(
  command: { readonly grade: ResultGrade | null; readonly remark: string | null },
  { state }: { readonly state: ResultState },
): Decision<{ readonly state: ResultState; readonly grade: ResultGrade | null }> {
  const { grade, remark } = command;
  const faults: Fault[] = [];
  if (state !== 'submitted') {
    const figures = { required: 'submitted', actual: state };
    faults.push(fault(codes.RESULT_NOT_SUBMITTED, ['resultId'], figures));
  }
  if (grade === null && !remark) faults.push(fault(codes.RESULT_REMARK_MISSING, ['remark']));
  return decide(faults, () => ({ state: grade === null ? 'returned' : 'graded', grade }));
}

/**
 * Results as the proof of completion shows them. No condition rests on them: one that is reviewed late is seen there at
 * once, and nothing is decided anew.
 */
export function shownInProof(
  proof: Condition,
  results: readonly {
    readonly _id: string;
    readonly title: string;
    readonly contentHash: string;
    readonly state: ResultState;
    readonly grade: ResultGrade | null;
  }[],
): Condition {
  if (results.length === 0) return proof;
  const shown = { rule: 'CRS-56', met: true, required: 'none' } as const;
  const parts = results.map(({ _id, title, contentHash, state, grade }): Condition => {
    const evidence = [_id, contentHash];
    return { ...shown, about: title, actual: grade ?? state, evidence, parts: [] };
  });
  const graded = results.filter(({ state }) => state === 'graded').length;
  const actual = `${graded} of ${results.length} graded`;
  const evidence = results.map(({ _id }) => _id);
  return {
    ...proof,
    parts: [...proof.parts, { ...shown, about: '实践成果', actual, evidence, parts }],
  };
}

export type PackageMember = {
  readonly _id: string;
  readonly state: ResultState;
  readonly stage: Stage;
  readonly subject: string;
  readonly inRegion: boolean;
};

/** Collects graded results of one stage and subject from the region into a package. */
export function publishPackage<
  Command extends {
    readonly resultIds: readonly string[];
    readonly stage: Stage;
    readonly subject: string;
  },
>(command: Command, members: readonly PackageMember[]): Decision<Command> {
  const known = new Map(members.map((member) => [member._id, member]));
  const faults = command.resultIds.flatMap((id, at) => {
    const path = ['resultIds', String(at)];
    const member = known.get(id);
    if (!member?.inRegion) return [fault(codes.RESULT_UNKNOWN, path, { actual: id })];
    if (member.state !== 'graded') {
      return [fault(codes.RESULT_NOT_GRADED, path, { actual: member.state })];
    }
    if (member.stage === command.stage && member.subject === command.subject) return [];
    const required = `${command.stage} ${command.subject}`;
    const actual = `${member.stage} ${member.subject}`;
    return [fault(codes.RESULT_OF_OTHER_SUBJECT, path, { required, actual })];
  });
  return decide(faults, () => command);
}
