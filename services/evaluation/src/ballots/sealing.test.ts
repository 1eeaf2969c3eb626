import { describe, expect, test } from '@jest/globals';
import type { Question } from '../questionnaires/questionnaire.ts';
import type { Answer } from './answers.ts';
import { envelopeId, openAnswers, openKey, sealAnswers, sealKey } from './sealing.ts';

const secret = Buffer.alloc(32, 1);
const otherSecret = Buffer.alloc(32, 2);
const questions: Question[] = [
  {
    code: 'needs',
    kind: 'scale',
    about: 'project',
    zh: '需要',
    en: 'Needs',
    required: true,
    points: 5,
    options: [],
    lengthMax: null,
  },
  {
    code: 'why',
    kind: 'text',
    about: 'project',
    zh: '为什么',
    en: 'Why',
    required: false,
    points: null,
    options: [],
    lengthMax: 500,
  },
];
const points: Answer = { question: 'needs', points: 4, option: null, text: null };
const why = (text: string): Answer => ({ question: 'why', points: null, option: null, text });
const envelope = { surveyId: 'svy_1', id: envelopeId('ballot') };

describe('EVL-02: answers lie sealed until they are counted', () => {
  test('what was sealed is opened with the secret', () => {
    const answers = [points, why('实践课很好，"再多一些"\n')];
    const sealed = sealAnswers(secret, envelope, answers, questions);
    expect(openAnswers(secret, envelope, sealed)).toEqual(answers);
  });

  test('after a rotation of the secret what the former one sealed still opens, and the newest seals', () => {
    const both = Buffer.concat([otherSecret, secret]);
    const sealed = sealAnswers(secret, envelope, [points], questions);
    const key = sealKey(secret, 'svy_1', Buffer.from('private'));
    expect(openAnswers(both, envelope, sealed)).toEqual([points]);
    expect(openKey(both, 'svy_1', key).toString()).toBe('private');
    const newer = sealAnswers(both, envelope, [points], questions);
    expect(openAnswers(otherSecret, envelope, newer)).toEqual([points]);
    expect(() => openAnswers(secret, envelope, newer)).toThrow();
  });

  test('without the secret, or moved to another ballot or survey, it does not open', () => {
    const sealed = sealAnswers(secret, envelope, [points], questions);
    const elsewhere = { ...envelope, id: envelopeId('other') };
    expect(() => openAnswers(otherSecret, envelope, sealed)).toThrow();
    expect(() => openAnswers(secret, elsewhere, sealed)).toThrow();
    expect(() => openAnswers(secret, { ...envelope, surveyId: 'svy_2' }, sealed)).toThrow();
  });

  test('an envelope has the same size for no text and for the longest', () => {
    const short = sealAnswers(secret, envelope, [points], questions);
    const longest = ['\u0001', '"', '教', '👩‍🏫'].map((char) =>
      sealAnswers(
        secret,
        envelope,
        [points, why(char.repeat(Math.floor(500 / char.length)))],
        questions,
      ),
    );
    expect(new Set([short, ...longest].map(({ length }) => length)).size).toBe(1);
  });

  test('the same answers of a ballot give the same envelope in whatever order, others another', () => {
    const sealed = sealAnswers(secret, envelope, [points, why('好')], questions);
    expect(sealAnswers(secret, envelope, [why('好'), points], questions)).toBe(sealed);
    expect(sealAnswers(secret, envelope, [points, why('差')], questions)).not.toBe(sealed);
  });

  test('equal answers of two ballots give envelopes that share nothing', () => {
    const one = sealAnswers(secret, envelope, [points], questions);
    const other = sealAnswers(secret, { ...envelope, id: envelopeId('b') }, [points], questions);
    expect(one.slice(0, 32)).not.toBe(other.slice(0, 32));
  });
});

describe("EVL-02: a survey's private key lies wrapped", () => {
  test('it opens with the secret and for its own survey alone', () => {
    const sealed = sealKey(secret, 'svy_1', Buffer.from('key'));
    expect(openKey(secret, 'svy_1', sealed).toString()).toBe('key');
    expect(() => openKey(secret, 'svy_2', sealed)).toThrow();
    expect(() => openKey(otherSecret, 'svy_1', sealed)).toThrow();
  });
});
