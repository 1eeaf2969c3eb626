/** One of several replicas of an enrollment rush: takes tasks from its parent and says how long they took. */
import { enrollTeacherCommand } from '@shixun/courses/enrollment';
import { connectDatabase, createLogger, Replicas } from '@shixun/runtime';
import Fastify from 'fastify';
import {
  benchSecret,
  enrollmentRequest,
  enrollmentRoom,
  measured,
  rawRequest,
  type Task,
} from './enrollment-rush.ts';

const db = await connectDatabase({
  uri: process.env['MONGODB_URI'] ?? '',
  database: process.env['BENCH_DATABASE'] ?? '',
});
const settings = {
  db,
  secret: benchSecret,
  gatewayCredential: '',
  log: createLogger('courses', 'warn'),
};
const replicas = new Replicas(settings);
const room = enrollmentRoom(db, replicas);
const app = Fastify();
replicas.routes(app, room, [enrollTeacherCommand]);
await replicas.join(await app.listen({ host: '127.0.0.1', port: 0 }));

process.on('message', async ({ requests, waiting, rawId, prepared }: Task) => {
  const request = rawId === null ? enrollmentRequest(room, prepared) : rawRequest(db, rawId);
  process.send?.(await measured(requests, waiting, request));
});
