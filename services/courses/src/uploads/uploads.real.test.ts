/** Files over HTTP into a store: what is taken, what is kept once, what goes and what stays. [CRS-50, CRS-56] */
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startOfDay } from '@shixun/kernel';
import {
  type Caller,
  FolderStore,
  type ObjectStore,
  SealedObjects,
  spareOf,
} from '@shixun/runtime';
import fastify, { type FastifyInstance } from 'fastify';
import { enrollments } from '../enrollment/store.ts';
import { RealCourses } from '../real-courses.example.ts';
import { removeAbandonedUploadsChore } from './commands-remove.ts';
import { uploadRoutes } from './routes/routes.ts';
import { storedFiles, uploads } from './store.ts';

const bytesMax = 4096;
const start = startOfDay('2026-07-13');
const minute = 60_000;
const day = 24 * 60 * minute;
const teacher = (n: number): Caller => ({ subject: `tch_${n}`, grants: [{ role: 'Teacher' }] });
let courses: RealCourses;
let folder: string;
let objects: ObjectStore;
let app: FastifyInstance;
let origin: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shixun-uploads-'));
  objects = new SealedObjects(new FolderStore(folder), Buffer.alloc(32, 7));
  courses = await RealCourses.open(process.env.MONGODB_URI);
  courses.now = start;
  const project = await courses.addProject({ ownerRegionCode: '140105' });
  const classId = await courses.addClass(project, { state: 'running' });
  const seat = { classId, projectId: project._id, schoolId: 'sch_1', institutionId: 'ins_1' };
  await courses.db.model(enrollments).collection.insertMany(
    [1, 2].map((n) => ({
      ...seat,
      _id: `enr_${n}`,
      teacherId: `tch_${n}`,
      state: 'confirmed',
      ownerRegionCode: '140105',
    })) as never[],
  );
  app = fastify();
  await app.register(async (scope) => uploadRoutes(scope, courses.filesRoom(objects, bytesMax)));
  origin = await app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await app.close();
  await courses.close();
  await rm(folder, { recursive: true, force: true });
});

/** The least that is a PDF by its content. */
const pdf = (text: string) => Buffer.from(`%PDF-1.4\n%${text}\n%%EOF\n`);
type Prepared = { readonly upload: { readonly id: string; readonly uploadUrl: string } };
async function prepare(n = 1) {
  const input = { purpose: 'RESULT', aboutId: `enr_${n}` };
  const fields = 'upload { id uploadUrl }';
  return (await courses.give<Prepared>(teacher(n), 'prepareUpload', input, fields)).upload;
}
/** A whole file with its length, or as it comes. */
const put = (url: string, body: Buffer | Readable) =>
  fetch(`${origin}${url}`, {
    method: 'PUT',
    body: body instanceof Readable ? (Readable.toWeb(body) as BodyInit) : new Uint8Array(body),
    duplex: 'half',
    headers: { 'content-type': 'application/pdf' },
  } as RequestInit);
const refusalsOf = async (answer: Response) =>
  ((await answer.json()) as { refusals: readonly object[] }).refusals;
const keysOf = async (id: string) =>
  spareOf((await courses.db.model(uploads).findById(id).lean()) ?? {});
const stateOf = async (id: string) => (await courses.db.model(uploads).findById(id).lean())?.state;
async function objectsKept(): Promise<number> {
  const all = await readdir(folder, { recursive: true, withFileTypes: true });
  return all.filter((entry) => entry.isFile()).length;
}
const submit = (n: number, uploadId: string, licence = 'CC_BY') =>
  courses.give<{ result: { id: string } }>(
    teacher(n),
    'submitResult',
    {
      enrollmentId: `enr_${n}`,
      uploadId,
      kind: 'LESSON',
      title: '阅读课例',
      stage: 'PRIMARY',
      subject: 'chinese',
      licence,
    },
    'result { id }',
  );

test('CRS-56: a file is what its content says, up to the limit and not a byte more; its hash is kept', async () => {
  const text = (bytes: number) => pdf('x'.repeat(bytes - pdf('').length));
  const at = await prepare();
  expect((await put(at.uploadUrl, text(bytesMax))).status).toBe(201);
  const { upload } = await courses.ask<{ upload: object }>(
    teacher(1),
    `{ upload(id: "${at.id}") { state bytes contentType contentHash uploadUrl } }`,
  );
  expect(upload).toEqual({
    state: 'THERE',
    bytes: bytesMax,
    contentType: 'application/pdf',
    contentHash: createHash('sha256').update(text(bytesMax)).digest('hex'),
    uploadUrl: null,
  });
  const kept = await objectsKept();
  // With its length said before, and without.
  for (const payload of [text(bytesMax + 1), Readable.from([text(bytesMax + 1)])]) {
    const above = await prepare();
    const answer = await put(above.uploadUrl, payload);
    expect(answer.status).toBe(422);
    expect(await refusalsOf(answer)).toMatchObject([
      { code: 'UPLOAD_TOO_LARGE', required: '4096' },
    ]);
  }
  const program = await put((await prepare()).uploadUrl, Buffer.from('MZ named lesson.pdf'));
  expect(await refusalsOf(program)).toMatchObject([
    { code: 'UPLOAD_KIND', actual: 'application/x-msdownload' },
  ]);
  expect(await objectsKept()).toBe(kept);
});

test('CRS-56: a link takes one file, for its own upload, for half an hour; nobody makes one for another’s', async () => {
  const { id, uploadUrl } = await prepare();
  const other = await prepare();
  const moved = uploadUrl.replace(id, other.id);
  expect((await put(moved, pdf('moved'))).status).toBe(403);
  expect((await put(`/uploads/${id}/file`, pdf('bare'))).status).toBe(403);
  expect((await fetch(`${origin}${uploadUrl.replace('/file', '/content')}`)).status).toBe(403);
  courses.now = new Date(start.getTime() + 30 * minute + 1000);
  expect((await put(uploadUrl, pdf('late'))).status).toBe(403);
  courses.now = new Date(start.getTime() + 30 * minute);
  expect((await put(uploadUrl, pdf('in time'))).status).toBe(201);
  expect((await put(uploadUrl, pdf('again'))).status).toBe(409);
  courses.now = start;
  const foreign = { purpose: 'RESULT', aboutId: 'enr_2' };
  const refused = await courses.give(teacher(1), 'prepareUpload', foreign, 'upload { id }');
  expect(refused.refusals).toMatchObject([{ code: 'NOT_FOUND' }]);
});

test('CRS-56: the same content is one object, whoever brings it, at once too; handed in it is a result once', async () => {
  const before = await objectsKept();
  const both = [await prepare(1), await prepare(2)];
  const answers = await Promise.all(both.map(({ uploadUrl }) => put(uploadUrl, pdf('同一课例'))));
  expect(answers.map(({ status }) => status)).toEqual([201, 201]);
  expect(await objectsKept()).toBe(before + 1);
  const rows = await courses.db.model(uploads).find({ _id: { $in: both.map(({ id }) => id) } });
  expect(new Set(rows.map(({ file }) => file?.key)).size).toBe(1);
  expect(rows.flatMap(spareOf)).toEqual([]);
  const [one, two] = both.map(({ id }) => id);
  expect((await submit(1, one ?? '')).refusals).toEqual([]);
  expect((await submit(2, two ?? '')).refusals).toMatchObject([{ code: 'RESULT_DUPLICATE' }]);
});

test('CRS-56: a graded result is fetched by a link of ten minutes; one given for its region alone, from there alone', async () => {
  const institution: Caller = {
    subject: 'i',
    grants: [{ role: 'InstitutionAdmin', institutionId: 'ins_1' }],
  };
  const { id, uploadUrl } = await prepare(1);
  await put(uploadUrl, pdf('本地课例'));
  const handed = await submit(1, id, 'IN_REGION');
  const resultId = handed.result.id;
  const link = async (caller: Caller) => {
    type Found = {
      practiceResults: { edges: { node: { id: string; downloadUrl: string | null } }[] };
    };
    const { practiceResults } = await courses.ask<Found>(
      caller,
      '{ practiceResults(regionCode: "140105") { edges { node { id downloadUrl } } } }',
    );
    return practiceResults.edges.find(({ node }) => node.id === resultId)?.node.downloadUrl;
  };
  const near: Caller = {
    subject: 'tch_near',
    grants: [{ role: 'Teacher', regionCode: '140105001' }],
  };
  const far: Caller = { subject: 'tch_far', grants: [{ role: 'Teacher', regionCode: '140106' }] };
  // Before it is graded others don't find it at all.
  expect(await link(near)).toBeUndefined();
  expect(await link(institution)).toMatch(/^\/uploads\//);
  await courses.give(institution, 'gradeResult', { resultId, grade: 'GOOD' }, 'result { id }');
  expect(await link(far)).toBeNull();
  const url = (await link(near)) ?? '';
  const answer = await fetch(`${origin}${url}`);
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment/);
  expect(await answer.text()).toBe(pdf('本地课例').toString());
  const statusOf = async (changed: string) => (await fetch(`${origin}${changed}`)).status;
  expect(await statusOf(url.replace('signature=', 'signature=x'))).toBe(403);
  expect(await statusOf(url.replace(/until=\d+/, 'until=9999999999'))).toBe(403);
  courses.now = new Date(start.getTime() + 10 * minute + 1000);
  expect(await statusOf(url)).toBe(403);
  courses.now = start;
});

test('CRS-56: two files at once through one link: one is taken whole, with its own hash', async () => {
  const before = await objectsKept();
  const { id, uploadUrl } = await prepare();
  const contents = [pdf('first'), pdf('second')];
  const answers = await Promise.all(contents.map((content) => put(uploadUrl, content)));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  const taken = contents[answers.findIndex(({ status }) => status === 201)];
  const row = await courses.db.model(uploads).findById(id).lean();
  const stored = await objects.get(row?.file?.key ?? '');
  const bytes = Buffer.concat(await stored.toArray());
  expect(bytes.toString()).toBe(taken?.toString());
  expect(row?.file?.contentHash).toBe(createHash('sha256').update(bytes).digest('hex'));
  expect(await objectsKept()).toBe(before + 1);
});

test('CRS-56: a line that breaks leaves nothing, and the file comes again through the same link', async () => {
  const before = await objectsKept();
  const { uploadUrl } = await prepare();
  const broken = Readable.from(
    (async function* () {
      yield pdf('half');
      throw new Error('the line broke');
    })(),
  );
  await expect(put(uploadUrl, broken)).rejects.toThrow();
  expect((await put(uploadUrl, pdf('whole'))).status).toBe(201);
  expect(await objectsKept()).toBe(before + 1);
});

test('CRS-56: an attempt that breaks off does not spoil one that began earlier; whoever is whole later is told', async () => {
  const before = await objectsKept();
  const { id, uploadUrl } = await prepare();
  const rest = Promise.withResolvers<void>();
  const slow = async function* () {
    yield pdf('slow').subarray(0, 10);
    await rest.promise;
    yield pdf('slow').subarray(10);
  };
  const begun = put(uploadUrl, Readable.from(slow()));
  while ((await keysOf(id)).length === 0);
  const broken = async function* () {
    yield pdf('half');
    throw new Error('the line broke');
  };
  await expect(put(uploadUrl, Readable.from(broken()))).rejects.toThrow();
  rest.resolve();
  expect((await begun).status).toBe(201);
  expect((await put(uploadUrl, pdf('late'))).status).toBe(409);
  expect(await objectsKept()).toBe(before + 1);
});

test('GOV-03: an object that cannot be put away holds up no other, and is tried again', async () => {
  const keys = ['uploads/stuck/1', 'uploads/loose/1'];
  const rows = [await prepare(), await prepare()];
  for (const [at, key] of keys.entries()) {
    await objects.put(key, Readable.from([pdf('left')]));
    const left = { $set: { state: 'removed', removeAt: null, spare: [key] } };
    await courses.db.model(uploads).updateOne({ _id: rows[at]?.id ?? '' }, left);
  }
  const stuck = Object.create(objects, {
    remove: {
      value: async (key: string) => {
        if (key === keys[0]) throw new Error('the store is out of order');
        await objects.remove(key);
      },
    },
  });
  const there = () => Promise.all(keys.map(async (key) => (await objects.head(key)) !== null));
  await expect(courses.runChore(removeAbandonedUploadsChore, stuck)).rejects.toThrow('1 failed');
  expect(await there()).toEqual([true, false]);
  await courses.runChore(removeAbandonedUploadsChore, objects);
  expect(await there()).toEqual([false, false]);
});

test('CRS-56: what never came goes after a day, what nobody used after thirty, not before; what is handed in stays', async () => {
  const chore = () => courses.runChore(removeAbandonedUploadsChore, objects);
  const awaited = await prepare();
  // Killed while it came: the key is noted, as versions with place for one noted it, and the object is there.
  await courses.db
    .model(uploads)
    .collection.updateOne({ _id: awaited.id as never }, { $set: { spare: 'uploads/k/1' } });
  await objects.put('uploads/k/1', Readable.from([pdf('killed')]));
  const shared = [await prepare(1), await prepare(2)];
  for (const { uploadUrl } of shared) await put(uploadUrl, pdf('shared'));
  const used = await prepare(2);
  await put(used.uploadUrl, pdf('used'));
  expect((await submit(2, used.id)).refusals).toEqual([]);

  courses.now = new Date(start.getTime() + day - 1);
  await chore();
  expect(await stateOf(awaited.id)).toBe('awaiting_file');
  courses.now = new Date(start.getTime() + day);
  await chore();
  expect(await stateOf(awaited.id)).toBe('removed');
  expect(await objects.head('uploads/k/1')).toBeNull();

  const kept = await objectsKept();
  courses.now = new Date(start.getTime() + 30 * day - 1);
  await chore();
  expect(await objectsKept()).toBe(kept);
  // One of the two that share a content is used meanwhile: the object stays for that one.
  expect((await submit(1, shared[0]?.id ?? '')).refusals).toEqual([]);
  courses.now = new Date(start.getTime() + 30 * day);
  await chore();
  await chore();
  expect(await stateOf(shared[1]?.id ?? '')).toBe('removed');
  expect(await stateOf(shared[0]?.id ?? '')).toBe('there');
  const late = await submit(2, shared[1]?.id ?? '');
  expect(late.refusals).toMatchObject([{ code: 'RESULT_FILE_MISSING' }]);
  // Four results were handed in: their objects are all that is left, and can be read.
  const left = await courses.db.model(uploads).find({ state: 'there' }).lean();
  expect(left).toHaveLength(4);
  for (const { file } of left) expect(await objects.head(file?.key ?? '')).not.toBeNull();
  expect(await objectsKept()).toBe(4);
  expect(await courses.db.model(storedFiles).countDocuments()).toBe(4);
});
