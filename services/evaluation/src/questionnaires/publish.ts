import { type Decision, decide, type Fault, fault } from '@shixun/kernel';
import type { Purpose, Question, Topic } from './questionnaire.ts';
import { codes } from './refusals.ts';

export type PublishQuestionnaire = {
  readonly regionCode: string;
  /** Evaluation when not said. */
  readonly purpose?: Purpose;
  /** A school or an institution that publishes for itself; a bureau otherwise. */
  readonly publisher?: 'bureau' | 'school' | 'institution';
  readonly questions: readonly Question[];
};

/** The version that the new one follows; null for the first of its line. */
export type Predecessor = {
  readonly id: string;
  readonly lineId: string;
  readonly version: number;
  readonly regionCode: string;
  readonly purpose?: Purpose;
  readonly succeededBy: string | null;
} | null;

export type QuestionnairePublished = {
  /** Null: this version begins a line and names it. */
  readonly lineId: string | null;
  readonly version: number;
  readonly questions: readonly Question[];
};

export const questionsMax = 50;
const scalePoints = { min: 2, max: 10 } as const;
const optionsCount = { min: 2, max: 20 } as const;
const textLengthMax = 2000;

/**
 * Publishes a questionnaire, or the successor of one. There is no command that edits: what was published, and so
 * perhaps answered, is never changed, only succeeded. [EVL-13]
 */
export function publishQuestionnaire(
  command: PublishQuestionnaire,
  predecessor: Predecessor,
): Decision<QuestionnairePublished> {
  const { questions } = command;
  const faults = [
    ...successionFaults(command, predecessor),
    ...wholeFaults(command),
    ...questions.flatMap((question, index) => questionFaults(question, index, questions)),
  ];
  return decide(faults, () => ({
    lineId: predecessor?.lineId ?? null,
    version: (predecessor?.version ?? 0) + 1,
    questions,
  }));
}

function successionFaults(command: PublishQuestionnaire, predecessor: Predecessor): Fault[] {
  if (predecessor === null) return [];
  const faults: Fault[] = [];
  if (predecessor.succeededBy !== null) {
    const figures = { successor: predecessor.succeededBy };
    faults.push(fault(codes.QUESTIONNAIRE_SUCCEEDED, ['succeeds'], figures));
  }
  if (predecessor.regionCode !== command.regionCode) {
    const figures = { required: predecessor.regionCode, actual: command.regionCode };
    faults.push(fault(codes.QUESTIONNAIRE_OF_ANOTHER_REGION, ['regionCode'], figures));
  }
  const [required, actual] = [predecessor.purpose ?? 'evaluation', command.purpose ?? 'evaluation'];
  if (required !== actual) {
    faults.push(fault(codes.QUESTIONNAIRE_OF_ANOTHER_PURPOSE, ['purpose'], { required, actual }));
  }
  return faults;
}

function wholeFaults({ questions, purpose, publisher }: PublishQuestionnaire): Fault[] {
  const faults: Fault[] = [];
  if (questions.length < 1 || questions.length > questionsMax) {
    const figures = { required: `1–${questionsMax}`, actual: questions.length };
    faults.push(fault(codes.QUESTIONS_OUT_OF_RANGE, ['questions'], figures));
  }
  if (purpose === 'needs') {
    const asks = questions.some(({ about, kind }) => about === 'needs' && listsOptions(kind));
    return asks ? faults : [...faults, fault(codes.NEEDS_QUESTION_MISSING, ['questions'])];
  }
  if (publisher !== undefined && publisher !== 'bureau') {
    faults.push(fault(codes.EVALUATION_BY_BUREAUS, ['purpose'], { actual: publisher }));
  }
  if (!ratesAlways(questions, 'project')) {
    faults.push(fault(codes.PROJECT_SCALE_MISSING, ['questions']));
  }
  if (!ratesAlways(questions, 'trainers')) {
    faults.push(fault(codes.TRAINERS_SCALE_MISSING, ['questions']));
  }
  return faults;
}

function listsOptions(kind: Question['kind']): boolean {
  return kind === 'choice' || kind === 'choices' || kind === 'rank';
}

function ratesAlways(questions: readonly Question[], about: Topic): boolean {
  return questions.some(
    (question) => question.kind === 'scale' && question.required && question.about === about,
  );
}

function questionFaults(
  question: Question,
  index: number,
  questions: readonly Question[],
): readonly Fault[] {
  const path = ['questions', String(index)];
  const faults: Fault[] = [];
  if (questions.findIndex(({ code }) => code === question.code) !== index) {
    const figures = { actual: question.code };
    faults.push(fault(codes.QUESTION_CODE_REPEATED, [...path, 'code'], figures));
  }
  if ([question, ...question.options].some(({ zh, en }) => zh.trim() === '' || en.trim() === '')) {
    faults.push(fault(codes.QUESTION_TEXT_MISSING, path));
  }
  return [...faults, ...kindFaults(question, path)];
}

function kindFaults(question: Question, path: readonly string[]): Fault[] {
  if (question.kind === 'scale') {
    const { min, max } = scalePoints;
    const points = question.points ?? 0;
    if (points >= min && points <= max) return [];
    const figures = { required: `${min}–${max}`, actual: points };
    return [fault(codes.SCALE_POINTS_OUT_OF_RANGE, [...path, 'points'], figures)];
  }
  if (question.kind === 'text') {
    const length = question.lengthMax ?? 0;
    if (length >= 1 && length <= textLengthMax) return [];
    const figures = { required: `1–${textLengthMax}`, actual: length };
    return [fault(codes.TEXT_LENGTH_OUT_OF_RANGE, [...path, 'lengthMax'], figures)];
  }
  return [...optionFaults(question, [...path, 'options']), ...choicesFaults(question, path)];
}

function optionFaults({ options }: Question, path: readonly string[]): Fault[] {
  const faults = options.flatMap((option, index) =>
    options.findIndex(({ code }) => code === option.code) === index
      ? []
      : [fault(codes.OPTION_CODE_REPEATED, [...path, String(index)], { actual: option.code })],
  );
  const { min, max } = optionsCount;
  if (options.length >= min && options.length <= max) return faults;
  const figures = { required: `${min}–${max}`, actual: options.length };
  return [fault(codes.CHOICE_OPTIONS_OUT_OF_RANGE, path, figures), ...faults];
}

function choicesFaults({ kind, choicesMax, options }: Question, path: readonly string[]): Fault[] {
  const max = choicesMax ?? null;
  if (kind !== 'choices' || max === null || (max >= 1 && max <= options.length)) return [];
  const figures = { required: `1–${options.length}`, actual: max };
  return [fault(codes.CHOICES_MAX_OUT_OF_RANGE, [...path, 'choicesMax'], figures)];
}
