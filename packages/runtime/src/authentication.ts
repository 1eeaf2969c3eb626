import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { ZodError } from 'zod';
import { type Caller, claimsSchema } from './caller.ts';

/** The token is absent where one is needed, or doesn't verify. The reason goes to the log, not to the client. */
export class Unauthenticated extends Error {
  override readonly name = 'Unauthenticated';
}

/** The issuer can't be asked: nothing is known against the token, and the same request may pass in a moment. */
export class IssuerAway extends Error {
  override readonly name = 'IssuerAway';
}

export type AuthenticationConfig = {
  readonly issuer: string;
  readonly audience: string;
  readonly jwksUrl: string;
};

/** Reads a request's `Authorization` header: null when there is none, the caller when its token verifies. */
export type Authenticate = (authorization: string | undefined) => Promise<Caller | null>;

const tokenBytesMax = 8192;
const leewaySeconds = 30;
const cachedTokensMax = 10_000;

/**
 * Verifies bearer tokens against the issuer's published keys (RFC 8725: one algorithm, issuer, audience and expiry
 * asked for; the key is found by `kid` among the configured set only). Each service does this for itself, so that
 * no header set on the way is ever believed.
 */
export function authenticator(
  config: AuthenticationConfig,
  keys: JWTVerifyGetKey = createRemoteJWKSet(new URL(config.jwksUrl), {
    timeoutDuration: 2000,
    cooldownDuration: 5000,
  }),
): Authenticate {
  const verified = new Map<string, { readonly caller: Caller; readonly expiresAt: number }>();
  return async (authorization) => {
    if (authorization === undefined) return null;
    const token = /^Bearer ([\w.-]+)$/.exec(authorization)?.[1];
    if (token === undefined || token.length > tokenBytesMax) throw new Unauthenticated('malformed');
    const known = verified.get(token);
    if (known && known.expiresAt > Date.now()) return known.caller;
    verified.delete(token);
    const fresh = await verify(token, config, keys);
    // The map keeps insertion order, so the first key is the oldest; verifying again is only slower.
    if (verified.size >= cachedTokensMax) verified.delete(verified.keys().next().value ?? '');
    verified.set(token, fresh);
    return fresh.caller;
  };
}

async function verify(token: string, config: AuthenticationConfig, keys: JWTVerifyGetKey) {
  try {
    const { payload } = await jwtVerify(token, keys, {
      algorithms: ['ES256'],
      issuer: config.issuer,
      audience: config.audience,
      requiredClaims: ['exp', 'sub'],
      clockTolerance: leewaySeconds,
    });
    const { sub, grants } = claimsSchema.parse(payload);
    // A key can be withdrawn, so a verified token is believed for a minute at most before it is looked at again.
    const expiresAt = Math.min((payload.exp ?? 0) * 1000, Date.now() + 60_000);
    return { caller: { subject: sub, grants }, expiresAt };
  } catch (cause) {
    if (isTokenAtFault(cause)) throw new Unauthenticated('the token does not verify', { cause });
    throw new IssuerAway('the issuer’s keys can’t be read', { cause });
  }
}

function isTokenAtFault(error: unknown): boolean {
  if (error instanceof ZodError) return true;
  const issuerAway = error instanceof errors.JWKSTimeout || isGeneric(error);
  return error instanceof errors.JOSEError && !issuerAway;
}

/** What jose says of an answer of the issuer that is no key set. */
function isGeneric(error: unknown): boolean {
  return error instanceof errors.JOSEError && error.code === 'ERR_JOSE_GENERIC';
}
