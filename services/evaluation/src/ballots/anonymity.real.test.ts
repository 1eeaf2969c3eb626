import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { RealEvaluation, teacher } from '../real-evaluation.example.ts';
import { answersWith, RealBallots } from './real-ballots.example.ts';
import { answerEnvelopes } from './store.ts';

let evaluation: RealEvaluation;
let ballots: RealBallots;

beforeAll(async () => {
  evaluation = await RealEvaluation.open(process.env.MONGODB_URI);
  ballots = new RealBallots(evaluation);
});
afterAll(() => evaluation.close());

describe('EVL-02: nobody with the whole database can tell whose answer it is', () => {
  /** Every text of every document of every collection, by the document it stands in. */
  async function wholeDatabase() {
    const { db } = evaluation.db.connection;
    if (db === undefined) throw new Error('not connected');
    const documents: { collection: string; texts: Set<string>; document: unknown }[] = [];
    for (const { name } of await db.listCollections().toArray()) {
      for (const document of await db.collection(name).find({}).toArray()) {
        documents.push({ collection: name, texts: textsOf(document), document });
      }
    }
    return documents;
  }

  function textsOf(value: unknown): Set<string> {
    if (value instanceof Date) return new Set([value.toISOString()]);
    if (typeof value === 'string') {
      return new Set(value.split(/[^\w-]+/).filter((text) => text.length >= 8));
    }
    if (typeof value !== 'object' || value === null) return new Set();
    return new Set(Object.values(value).flatMap((each) => [...textsOf(each)]));
  }

  test('the envelopes share no value with anything that names a person, time or blinded message, but their survey', async () => {
    const { project, survey } = await ballots.surveyed(4);
    await ballots.answer(survey, project.teacherIds);
    const documents = await wholeDatabase();
    const envelopes = documents.filter(({ collection }) => collection === 'answerEnvelopes');
    const others = documents.filter(({ collection }) => collection !== 'answerEnvelopes');
    expect(envelopes.length).toBeGreaterThanOrEqual(4);
    const elsewhere = new Set(others.flatMap(({ texts }) => [...texts]));
    for (const { texts, document } of envelopes) {
      expect(Object.keys(document as object).sort()).toEqual(['_id', 'sealed', 'surveyId']);
      const { surveyId } = document as { surveyId: string };
      expect([...texts].filter((text) => elsewhere.has(text))).toEqual([surveyId]);
    }
    // The same look finds what is meant to be found: receipts do share the person with the trainees.
    const receipts = documents.filter(({ collection }) => collection === 'ballotReceipts');
    const names = new Set(
      documents
        .filter(({ collection }) => collection === 'trainees')
        .flatMap(({ texts }) => [...texts]),
    );
    expect(receipts.every(({ texts }) => [...texts].some((text) => names.has(text)))).toBe(true);
  });

  test('no answer lies open, and none of the ballots is anywhere', async () => {
    const { project, survey } = await ballots.surveyed(1);
    const ballot = await ballots.ballotFor(survey, project.teacherIds[0] ?? '');
    await ballots.submit(survey._id, ballot, answersWith(2, '独一无二的建议 unmistakable words'));
    const all = JSON.stringify((await wholeDatabase()).map(({ document }) => document));
    expect(all).not.toContain('unmistakable words');
    expect(all).not.toContain('独一无二的建议');
    expect(all).not.toContain(ballot.ballot);
    expect(all).not.toContain(ballot.signature);
    const { privateKey } = { privateKey: Buffer.from(survey.ballotKeySealed, 'base64url') };
    expect(privateKey.includes(Buffer.from(survey.ballotKey, 'base64url').subarray(40, 72))).toBe(
      false,
    );
  });

  test('the box keeps no order of arrival: documents lie in the order of their random names', async () => {
    const { project, survey } = await ballots.surveyed(8);
    const arrived: string[] = [];
    for (const teacherId of project.teacherIds) {
      const ballot = await ballots.ballotFor(survey, teacherId);
      await ballots.submit(survey._id, ballot);
      const lying = await evaluation.db
        .model(answerEnvelopes)
        .collection.find({ surveyId: survey._id })
        .toArray();
      arrived.push(...lying.map(({ _id }) => String(_id)).filter((id) => !arrived.includes(id)));
    }
    const natural = await evaluation.db
      .model(answerEnvelopes)
      .collection.find({ surveyId: survey._id })
      .hint({ $natural: 1 })
      .toArray();
    const names = natural.map(({ _id }) => String(_id));
    expect(names).toEqual([...arrived].sort());
    expect(names).toHaveLength(8);
  });

  test('the audit of a submission names neither person nor envelope', async () => {
    const { project, survey } = await ballots.surveyed(1);
    await ballots.submit(survey._id, await ballots.ballotFor(survey, project.teacherIds[0] ?? ''));
    const [entry] = (await wholeDatabase())
      .filter(({ collection }) => collection === 'audit')
      .map(({ document }) => document as Record<string, unknown>)
      .filter(({ command, stream }) => command === 'submitAnswers' && stream === survey._id);
    expect(entry).toMatchObject({ actor: 'anonymous', facts: '{}' });
  });

  test('a token sent along is not looked at: the same documents, no person', async () => {
    const { project, survey } = await ballots.surveyed(1);
    const [teacherId = ''] = project.teacherIds;
    const { ballot, signature } = await ballots.ballotFor(survey, teacherId);
    const before = await wholeDatabase();
    const payload = await evaluation.mutate(
      teacher(teacherId),
      'submitAnswers',
      { surveyId: survey._id, ballot, signature, answers: answersWith(3) },
      'submission { fresh }',
    );
    expect(payload.submission).toEqual({ fresh: true });
    const known = new Set(before.map(({ document }) => JSON.stringify(document)));
    const written = (await wholeDatabase()).filter(
      ({ document }) => !known.has(JSON.stringify(document)),
    );
    expect(written.map(({ collection }) => collection).sort()).toEqual([
      'answerEnvelopes',
      'audit',
      'streams',
    ]);
    expect(JSON.stringify(written.map(({ document }) => document))).not.toContain(teacherId);
  });
});
