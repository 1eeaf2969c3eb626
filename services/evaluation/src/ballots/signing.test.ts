import { RSABSSA } from '@cloudflare/blindrsa-ts';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { prepareBallot } from './client.ts';
import {
  type BallotKeyPair,
  generateBallotKey,
  isGenuine,
  modulusBytes,
  readBlindedMessage,
  signBlinded,
} from './signing.ts';

let key: BallotKeyPair;
let otherKey: BallotKeyPair;
const survey = () => ({ id: 'svy_1', ballotKey: key.publicKey, publicKey: key.publicKey });

async function ballotOf(id: string, keyPair: BallotKeyPair) {
  const prepared = await prepareBallot({ id, ballotKey: keyPair.publicKey });
  const signed = await prepared.finish(signBlinded(keyPair.privateKey, prepared.blindedMessage));
  return { prepared, ...signed };
}

beforeAll(async () => {
  [key, otherKey] = await Promise.all([generateBallotKey(), generateBallotKey()]);
});

describe('EVL-02: blind signatures as RFC 9474 has them', () => {
  test('a ballot signed blind verifies, and the signer has seen neither number nor signature', async () => {
    const { prepared, ballot, signature } = await ballotOf('svy_1', key);
    expect(isGenuine(ballot, signature, survey())).toBe(true);
    const seen = [prepared.blindedMessage, signBlinded(key.privateKey, prepared.blindedMessage)];
    expect(seen).not.toContain(ballot);
    expect(seen).not.toContain(signature);
  });

  test('the signer signs as the reference arithmetic of the library does', async () => {
    const prepared = await prepareBallot(survey());
    const privateKey = await crypto.subtle.importKey(
      'pkcs8',
      new Uint8Array(key.privateKey),
      { name: 'RSA-PSS', hash: 'SHA-384' },
      true,
      ['sign'],
    );
    const blinded = Uint8Array.from(Buffer.from(prepared.blindedMessage, 'base64url'));
    const expected = await RSABSSA.SHA384.PSS.Randomized().blindSign(privateKey, blinded);
    expect(signBlinded(key.privateKey, prepared.blindedMessage)).toBe(
      Buffer.from(expected).toString('base64url'),
    );
  });

  test('the same blinded message gets the same signature: a retry gives nothing away', async () => {
    const { blindedMessage } = await prepareBallot(survey());
    expect(signBlinded(key.privateKey, blindedMessage)).toBe(
      signBlinded(key.privateKey, blindedMessage),
    );
  });

  test('blinded messages of one ballot differ: any ballot could lie behind any of them', async () => {
    const [first, second] = await Promise.all([prepareBallot(survey()), prepareBallot(survey())]);
    expect(first.blindedMessage).not.toBe(second.blindedMessage);
  });

  test('a ballot signed with the key of another survey is not genuine', async () => {
    const { ballot, signature } = await ballotOf('svy_1', otherKey);
    expect(isGenuine(ballot, signature, survey())).toBe(false);
  });

  test('a ballot that names another survey is not genuine, though the key signed it', async () => {
    const { ballot, signature } = await ballotOf('svy_2', key);
    expect(isGenuine(ballot, signature, survey())).toBe(false);
    expect(isGenuine(ballot, signature, { ...survey(), id: 'svy_2' })).toBe(true);
  });

  test('one bit of ballot or signature changed is a forgery', async () => {
    const { ballot, signature } = await ballotOf('svy_1', key);
    const flip = (text: string) => {
      const bytes = Buffer.from(text, 'base64url');
      bytes[0] = (bytes[0] ?? 0) ^ 1;
      return bytes.toString('base64url');
    };
    expect(isGenuine(flip(ballot), signature, survey())).toBe(false);
    expect(isGenuine(ballot, flip(signature), survey())).toBe(false);
    expect(isGenuine(ballot, '', survey())).toBe(false);
    expect(isGenuine('', signature, survey())).toBe(false);
  });

  test('another spelling of the same ballot is not genuine: it would be spent twice', async () => {
    const { ballot, signature } = await ballotOf('svy_1', key);
    expect(isGenuine(`${ballot}=`, signature, survey())).toBe(false);
    expect(isGenuine(` ${ballot}`, signature, survey())).toBe(false);
  });

  test('the client refuses a signature that is not the published key’s', async () => {
    const prepared = await prepareBallot(survey());
    const wrong = signBlinded(key.privateKey, (await prepareBallot(survey())).blindedMessage);
    await expect(prepared.finish(wrong)).rejects.toThrow('invalid signature');
  });
});

describe('EVL-02: only a number between 1 and the modulus is signed', () => {
  const number = (hex: string) =>
    Buffer.from(hex.padStart(2 * modulusBytes, '0'), 'hex').toString('base64url');

  test('2 is signed; 0, 1 and the largest number of that length are not', () => {
    expect(readBlindedMessage(key.publicKey, number('02'))).toBe(number('02'));
    expect(readBlindedMessage(key.publicKey, number('00'))).toBeNull();
    expect(readBlindedMessage(key.publicKey, number('01'))).toBeNull();
    expect(readBlindedMessage(key.publicKey, number('ff'.repeat(modulusBytes)))).toBeNull();
  });

  test('a message one byte short or in another spelling is not signed', () => {
    const short = Buffer.alloc(modulusBytes - 1, 7).toString('base64url');
    expect(readBlindedMessage(key.publicKey, short)).toBeNull();
    expect(readBlindedMessage(key.publicKey, `${number('02')}==`)).toBeNull();
    expect(readBlindedMessage(key.publicKey, '')).toBeNull();
  });
});
