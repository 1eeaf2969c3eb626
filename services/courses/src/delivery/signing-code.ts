/**
 * The rotating code 动态签到码 on the screen of the room: a time-based one-time password (RFC 6238) of the class and
 * session. Its secret is derived from the service's own and kept nowhere. [CRS-50]
 */
import { hkdfSync } from 'node:crypto';
import type { Instant } from '@shixun/kernel';
import { Secret, TOTP } from 'otpauth';

const periodSeconds = 30;
const secretBytes = 32;

/** Where a code is shown. */
export type CodeRoom = { readonly classId: string; readonly sessionId: string };

/** The code that the screen shows, and how much longer. */
export function shownCode(serviceSecret: Buffer, room: CodeRoom, now: Instant) {
  const timestamp = now.getTime();
  const period = periodSeconds * 1000;
  return {
    code: totpOf(serviceSecret, room).generate({ timestamp }),
    leftMs: period - (timestamp % period),
  };
}

/** True for the code shown now, and for the one before it: typing takes a while. Not for one that is to come. */
export function codeHolds(
  serviceSecret: Buffer,
  room: CodeRoom,
  given: { code: string; now: Instant },
) {
  const delta = totpOf(serviceSecret, room).validate({
    token: given.code,
    timestamp: given.now.getTime(),
    window: 1,
  });
  return delta === 0 || delta === -1;
}

function totpOf(serviceSecret: Buffer, { classId, sessionId }: CodeRoom): TOTP {
  const secret = serviceSecret.subarray(0, secretBytes);
  const key = hkdfSync('sha256', secret, 'shixun-courses', `check-in/${classId}/${sessionId}`, 20);
  return new TOTP({
    secret: new Secret({ buffer: key }),
    algorithm: 'SHA1',
    digits: 6,
    period: periodSeconds,
  });
}
