import { createHash } from 'node:crypto';
import type { CivilDate } from '@shixun/kernel';
import { defineCollection, type RowBase, type Unit } from '@shixun/runtime';
import { sealKey } from '../ballots/sealing.ts';
import type { BallotKeyPair } from '../ballots/signing.ts';
import type { ProjectRow } from '../projections/projects.ts';
import type { SurveyOpened } from './open.ts';
import type { SurveyFacts, SurveyState } from './survey.ts';
import type { QuestionTally } from './tally.ts';

/** What the count left: sums, and a digest of the box that was counted. */
export type Count = {
  readonly countedAt: Date;
  readonly traineesCount: number;
  readonly answersCount: number;
  /** Envelopes that did not open: somebody wrote into the database by hand. Not among the answers. */
  readonly spoiledCount: number;
  readonly tallies: readonly QuestionTally[];
  /** SHA-256 over every envelope, in the order of their names: whoever recounts can see that none was changed. */
  readonly boxDigest: string;
};

/** The survey 调查 of one project. */
export type SurveyRow = RowBase & {
  readonly projectId: string;
  /** The region whose bureau owns the project. */
  readonly regionCode: string;
  readonly institutionId: string | null;
  readonly questionnaireId: string;
  readonly state: SurveyState;
  readonly classIds: readonly string[];
  readonly opensOn: CivilDate;
  readonly closesOn: CivilDate;
  /** Signs this survey's ballots: SPKI, base64url. */
  readonly ballotKey: string;
  /** The private half, under the service's secret. Never leaves the service. */
  readonly ballotKeySealed: string;
  readonly count: Count | null;
};

const text = { type: String, required: true };

export const surveys = defineCollection<SurveyRow>(
  'surveys',
  {
    projectId: text,
    regionCode: text,
    institutionId: { type: String, default: null },
    questionnaireId: text,
    state: text,
    classIds: { type: [String], required: true },
    opensOn: text,
    closesOn: text,
    ballotKey: text,
    ballotKeySealed: text,
    count: { type: Object, default: null },
  },
  [{ keys: { projectId: 1 }, unique: true }],
);

/** A survey that is about to begin: where it belongs and what was decided. */
export function recordSurvey(
  unit: Unit,
  project: ProjectRow,
  opened: SurveyOpened,
  key: BallotKeyPair & { readonly secret: Buffer },
): SurveyRow {
  const id = unit.newId('survey');
  const row: SurveyRow = {
    _id: id,
    projectId: project._id,
    regionCode: project.ownerRegionCode,
    institutionId: project.institutionId,
    ...opened,
    state: 'open',
    ballotKey: key.publicKey,
    ballotKeySealed: sealKey(key.secret, id, key.privateKey),
    count: null,
  };
  unit.insert(surveys, row);
  return row;
}

/** What decisions look at. */
export function surveyFacts({ _id, ...row }: SurveyRow): SurveyFacts {
  return { id: _id, ...row };
}

export function boxDigest(envelopes: readonly { _id: string; sealed: string }[]): string {
  const hash = createHash('sha256');
  const named = envelopes.map(({ _id, sealed }) => `${_id} ${sealed}\n`).sort();
  for (const line of named) hash.update(line);
  return hash.digest('hex');
}
