/** Attendance as it is taken in a room: a code on the screen, the class head's word, a tablet without a network. */
import { generateKeyPairSync, sign } from 'node:crypto';
import { startOfDay } from '@shixun/kernel';
import type { Trainee } from './choosing.ts';
import type { Published, Session } from './planning.ts';
import { ask, attempt, command, eventually, type World } from './world.ts';

/** When a session begins. */
export function startOf({ date, startMinute }: Session): Date {
  return new Date(startOfDay(date).getTime() + startMinute * 60_000);
}

/** When the trainees come into the room: the code is on the screen already, and nobody is late. */
export function doorsOpen(session: Session): Date {
  return new Date(startOf(session).getTime() - 10 * 60_000);
}

/** Each trainee types the code that the class head shows; it changes twice a minute. [CRS-50] */
export async function checkInByCode(
  world: World,
  classId: string,
  { id: sessionId }: Session,
  trainees: readonly Trainee[],
): Promise<void> {
  const { classHead } = world.cast;
  const room = { classId, sessionId };
  for (const { teacher, enrollmentId } of trainees) {
    await eventually(`${teacher.name} is checked in`, async () => {
      const { attendanceCode } = await ask(world, classHead, 'AttendanceCode', room);
      const input = { enrollmentId, sessionId, code: attendanceCode.code };
      const { refusals } = await attempt(world, teacher, 'CheckIn', input);
      return refusals.length === 0;
    });
  }
}

export type Mark = { readonly enrollmentId: string; readonly presentMinutes: number };

/** A tablet of the class took attendance and logs without a network; what it signed is sent later. [CRS-50] */
export async function sendFromTablet(
  world: World,
  { classId }: Published,
  { sessions, logDays }: { sessions: readonly Session[]; logDays: readonly string[] },
  marksOf: (session: Session) => readonly Mark[],
): Promise<void> {
  const { classHead } = world.cast;
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const { device } = await command(world, classHead, 'RegisterAttendanceDevice', {
    classId,
    name: '教室平板',
    publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
  });
  const content = JSON.stringify({
    classId,
    deviceId: device.id,
    number: 1,
    sessions: sessions.map((session) => ({
      sessionId: session.id,
      takenAt: startOf(session).toISOString(),
      marks: marksOf(session),
    })),
    logs: logDays.map((date) => ({ date, performance: '按课程表实施', incidents: '' })),
  });
  const signature = sign(null, Buffer.from(content), privateKey).toString('base64');
  const batch = { classId, deviceId: device.id, content, signature };
  await command(world, classHead, 'SendAttendanceBatch', batch);
}
