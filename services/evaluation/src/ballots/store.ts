import { defineCollection, type RowBase } from '@shixun/runtime';

/** Who has had a ballot for which survey. What the ballot was used for is nowhere. [EVL-02] */
export type ReceiptRow = RowBase & {
  readonly surveyId: string;
  readonly teacherId: string;
  /** What was signed, so that a lost reply can be given again: a uniformly random number to everybody else. */
  readonly blindedMessage: string;
};

/** One ballot per person and survey: the id says so. */
export const receiptId = (surveyId: string, teacherId: string) => `${surveyId}:${teacherId}`;

const text = { type: String, required: true };

export const ballotReceipts = defineCollection<ReceiptRow>(
  'ballotReceipts',
  { surveyId: text, teacherId: text, blindedMessage: text },
  [{ keys: { surveyId: 1 } }],
);

/** One person's answers, sealed. No person, no time, no counter: the name is the hash of a number nobody has seen. */
export type EnvelopeRow = RowBase & {
  readonly surveyId: string;
  readonly sealed: string;
};

export const answerEnvelopes = defineCollection<EnvelopeRow>(
  'answerEnvelopes',
  { surveyId: text, sealed: text },
  [{ keys: { surveyId: 1 } }],
);
// MongoDB otherwise keeps documents in the order in which they came. Clustered, they lie in the order of their names.
answerEnvelopes.schema.set('collectionOptions', {
  clusteredIndex: { key: { _id: 1 }, unique: true },
});
