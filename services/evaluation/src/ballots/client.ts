/**
 * The trainee's side of an anonymous ballot (RFC 9474): everything here runs where the trainee is, never in a
 * service. The demo and the tests use it as it stands; a portal ports it.
 *
 *   const ballot = await prepareBallot({ id, ballotKey });          // keep it until the answers are in
 *   issueBallot(surveyId, blindedMessage: ballot.blindedMessage)    // signed in
 *   const { ballot, signature } = await ballot.finish(blindSignature);
 *   submitAnswers(surveyId, ballot, signature, answers)             // not signed in, on a fresh connection, later
 */
import { RSABSSA } from '@cloudflare/blindrsa-ts';

const suite = RSABSSA.SHA384.PSS.Randomized();

/** What the survey publishes: its id and its key (SPKI, base64url). */
export type PublishedSurvey = { readonly id: string; readonly ballotKey: string };

/** What goes with the answers; nothing in it was seen by whoever signed. */
export type SignedBallot = { readonly ballot: string; readonly signature: string };

export type PreparedBallot = {
  /** What the survey's key signs, base64url: a number that says nothing of the ballot. */
  readonly blindedMessage: string;
  /** Takes the blinding off the signature; throws when the signature is not of the survey's key. */
  readonly finish: (blindSignature: string) => Promise<SignedBallot>;
};

/** Draws a ballot number and blinds it for the survey's key. */
export async function prepareBallot(survey: PublishedSurvey): Promise<PreparedBallot> {
  // biome-ignore lint/style/noRestrictedGlobals: this runs on the trainee's own device, not in a decision
  const key = await crypto.subtle.importKey(
    'spki',
    bytes(survey.ballotKey),
    { name: 'RSA-PSS', hash: 'SHA-384' },
    true,
    ['verify'],
  );
  const message = suite.prepare(new TextEncoder().encode(survey.id));
  const { blindedMsg, inv } = await suite.blind(key, message);
  return {
    blindedMessage: text(blindedMsg),
    finish: async (blindSignature) => ({
      ballot: text(message),
      signature: text(await suite.finalize(key, message, bytes(blindSignature), inv)),
    }),
  };
}

function bytes(encoded: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(encoded, 'base64url'));
}

function text(plain: Uint8Array): string {
  return Buffer.from(plain).toString('base64url');
}
