/** One of several replicas of an enrollment rush: takes tasks from its parent and says how long they took. */
import { connectDatabase } from '@shixun/runtime';
import { enrollmentRequest, measured, rawRequest, type Task } from './enrollment-rush.ts';

const db = await connectDatabase({
  uri: process.env['MONGODB_URI'] ?? '',
  database: process.env['BENCH_DATABASE'] ?? '',
});
process.on('message', async ({ requests, waiting, rawId, prepared }: Task) => {
  const request = rawId === null ? enrollmentRequest(db, prepared) : rawRequest(db, rawId);
  process.send?.(await measured(requests, waiting, request));
});
