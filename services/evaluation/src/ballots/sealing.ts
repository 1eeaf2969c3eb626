/**
 * What is kept under the service's ballot secret (32 bytes, from the environment, never in the database; several while
 * a rotation is under way: the first seals, the others still open what they sealed): surveys' private keys, and answers until they are counted. Whoever has the whole database, its journal of writes included,
 * sees only that some envelope came at some moment. [EVL-02]
 */
import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync } from 'node:crypto';
import { eachMaster } from '@shixun/runtime';
import type { Question } from '../questionnaires/questionnaire.ts';
import type { Answer } from './answers.ts';

const nonceBytes = 12;
const tagBytes = 16;

type Keys = { readonly content: Buffer; readonly nonce: Buffer };

/** Seals a survey's private key; the survey's id is bound to it. */
export function sealKey(secret: Buffer, surveyId: string, privateKey: Buffer): string {
  return seal(subkey(currentOf(secret), 'survey keys'), surveyId, privateKey);
}

export function openKey(secret: Buffer, surveyId: string, sealed: string): Buffer {
  return openWithAny(secret, { purpose: 'survey keys', bound: surveyId }, sealed);
}

/** Names an envelope after its ballot: the same ballot can't lie in the box twice, and the name has no order. */
export function envelopeId(ballot: string): string {
  return createHash('sha256').update(ballot).digest('base64url');
}

/**
 * Seals answers. Every envelope of a survey has the same size, so that a long text can't be recognised by it, and
 * the same answers of the same ballot give the same envelope, so that a retry can be told from a second vote.
 */
export function sealAnswers(
  secret: Buffer,
  envelope: { readonly surveyId: string; readonly id: string },
  answers: readonly Answer[],
  questions: readonly Question[],
): string {
  const order = new Map(questions.map(({ code }, index) => [code, index]));
  const sorted = answers
    .toSorted((a, b) => (order.get(a.question) ?? 0) - (order.get(b.question) ?? 0))
    .map(({ question, points, option, text, options }) => [
      question,
      points,
      option,
      text,
      ...(options ? [options] : []),
    ]);
  const plain = Buffer.alloc(plainBytes(questions), ' ');
  const written = plain.write(JSON.stringify(sorted));
  if (written >= plain.length) throw new Error('the answers are longer than their questionnaire');
  return seal(subkey(currentOf(secret), `answers ${envelope.surveyId}`), envelope.id, plain);
}

export function openAnswers(
  secret: Buffer,
  envelope: { readonly surveyId: string; readonly id: string },
  sealed: string,
): readonly Answer[] {
  const purpose = `answers ${envelope.surveyId}`;
  const plain = openWithAny(secret, { purpose, bound: envelope.id }, sealed);
  type Written = [string, number | null, string | null, string | null, string[]?];
  return (JSON.parse(plain.toString('utf8')) as Written[]).map(
    ([question, points, option, text, options]) => ({
      question,
      points,
      option,
      text,
      ...(options ? { options } : {}),
    }),
  );
}

/** More than any answers to these questions can take: JSON writes a character in six bytes at most. */
function plainBytes(questions: readonly Question[]): number {
  const sizes = questions.map(({ code, lengthMax, options }) => {
    const longest = Math.max(lengthMax ?? 0, ...options.map((option) => option.code.length));
    // A rank or several choices may name every option, each with its quotes and comma.
    const listed = options.reduce((sum, option) => sum + option.code.length + 3, 0);
    return 6 * (code.length + longest) + listed + 64;
  });
  return sizes.reduce((sum, size) => sum + size, 64);
}

function currentOf(secrets: Buffer): Buffer {
  return eachMaster(secrets)[0] ?? secrets;
}

/** Throws when none of the secrets sealed it. */
function openWithAny(
  secrets: Buffer,
  { purpose, bound }: { readonly purpose: string; readonly bound: string },
  sealed: string,
): Buffer {
  let failure: unknown;
  for (const secret of eachMaster(secrets)) {
    try {
      return open(subkey(secret, purpose), bound, sealed);
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

/** What a secret is used for gets keys of its own, one to encrypt and one to make nonces. */
function subkey(secret: Buffer, purpose: string): Keys {
  const derived = Buffer.from(hkdfSync('sha256', secret, '', `shixun ballots: ${purpose}`, 64));
  return { content: derived.subarray(0, 32), nonce: derived.subarray(32) };
}

/** AES-256-GCM whose nonce is made from the content (as SIV does it), so that nothing random is needed or repeated. */
function seal(keys: Keys, bound: string, plain: Buffer): string {
  const made = createHmac('sha256', keys.nonce).update(`${bound}\n`).update(plain).digest();
  const nonce = made.subarray(0, nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', keys.content, nonce).setAAD(Buffer.from(bound));
  const sealed = [nonce, cipher.update(plain), cipher.final()];
  return Buffer.concat([...sealed, cipher.getAuthTag()]).toString('base64url');
}

/** Throws when the secret is another one, or when anything was changed or moved. */
function open(keys: Keys, bound: string, sealed: string): Buffer {
  const bytes = Buffer.from(sealed, 'base64url');
  const nonce = bytes.subarray(0, nonceBytes);
  const decipher = createDecipheriv('aes-256-gcm', keys.content, nonce, {
    authTagLength: tagBytes,
  })
    .setAAD(Buffer.from(bound))
    .setAuthTag(bytes.subarray(-tagBytes));
  const content = bytes.subarray(nonceBytes, -tagBytes);
  return Buffer.concat([decipher.update(content), decipher.final()]);
}
