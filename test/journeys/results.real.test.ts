/** Results of practice the way a front end brings and fetches them: a link from the graph, the file through the gateway. [CRS-56] */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Actor, type Answered, ask, command, eventually } from '@shixun/infra/story/world';
import { county, coursesOfCounty } from './county-courses.ts';
import type { Member } from './course.ts';
import { signInTeacher, teachersOfChinese } from './people.ts';
import { startTestPlatform, type TestPlatform } from './platform.ts';

const mebibyte = 2 ** 20;
/** What a deployment takes unless it says otherwise. */
const bytesMax = 64 * mebibyte;
let platform: TestPlatform;
let author: Member;
let resultId: string;

beforeAll(async () => {
  platform = await startTestPlatform({ kafka: true });
  const courses = await coursesOfCounty(platform);
  const course = await courses.open('CONCENTRATED', [
    { key: 'ethics', hours: 1 },
    { key: 'lessons', hours: 3, practical: true, day: 1 },
  ]);
  await course.publish();
  const filter = { regionCode: /^140105/ };
  const [teacher] = await teachersOfChinese(platform, { filter, count: 1 });
  await course.begin(teacher ? [teacher.actor] : []);
  [author] = course.members as [Member];
});
afterAll(async () => {
  await platform?.close();
});

/** The least that is a PDF by its content. */
const lesson = Buffer.from('%PDF-1.4\n%阅读课例\n%%EOF\n');
/** One that goes on and on; nobody is told its length beforehand. */
function* endless(bytes: number) {
  yield lesson;
  const piece = Buffer.alloc(mebibyte, '%');
  for (let left = bytes - lesson.length; left > 0; left -= piece.length) {
    yield piece.subarray(0, left);
  }
}
const at = (path: string) => new URL(path, platform.world.gatewayUrl);
const put = (path: string, body: Buffer | Readable) =>
  fetch(at(path), {
    method: 'PUT',
    headers: { 'content-type': 'application/octet-stream' },
    body: body instanceof Readable ? (Readable.toWeb(body) as BodyInit) : new Uint8Array(body),
    duplex: 'half',
  } as RequestInit);
async function prepare() {
  const asked = { purpose: 'RESULT', aboutId: author.enrollmentId };
  return (await command(platform.world, author.teacher, 'PrepareUpload', asked)).upload;
}
const seen = async (id: string) =>
  (await ask(platform.world, author.teacher, 'Upload', { id })).upload;
const downloadOf = async (reader: Actor) => {
  const asked = { regionCode: county, words: '阅读' };
  const { practiceResults } = await ask(platform.world, reader, 'PracticeResults', asked);
  const nodes = practiceResults.edges.map(({ node }: Answered) => node);
  return nodes.find(({ id }: Answered) => id === resultId);
};

test('CRS-56: a result is uploaded through the gateway and its hash kept; too large or no document, it is refused in both languages', async () => {
  const program = await prepare();
  const noDocument = await put(program.uploadUrl, Buffer.from('MZ named lesson.pdf'));
  const tooLarge = await put((await prepare()).uploadUrl, Readable.from(endless(bytesMax + 1)));
  expect([noDocument.status, tooLarge.status]).toEqual([422, 422]);
  expect(await noDocument.json()).toMatchObject({
    refusals: [
      {
        ...{ rule: 'CRS-56', code: 'UPLOAD_KIND', actual: 'application/x-msdownload' },
        messageZh: expect.stringContaining('不接受这类文件'),
        messageEn: expect.stringContaining('not taken'),
      },
    ],
  });
  expect(await tooLarge.json()).toMatchObject({
    refusals: [
      {
        ...{ rule: 'CRS-56', code: 'UPLOAD_TOO_LARGE', required: String(bytesMax) },
        messageZh: expect.stringContaining('文件过大'),
        messageEn: expect.stringContaining('too large'),
      },
    ],
  });
  expect((await seen(program.id)).state).toBe('REFUSED');

  const { id, uploadUrl } = await prepare();
  expect((await put(uploadUrl.replace('signature=', 'signature=x'), lesson)).status).toBe(403);
  expect((await put(uploadUrl, lesson)).status).toBe(201);
  const contentHash = createHash('sha256').update(lesson).digest('hex');
  const contentType = 'application/pdf';
  const bytes = lesson.length;
  expect(await seen(id)).toMatchObject({ state: 'THERE', bytes, contentType, contentHash });
  const { result } = await command(platform.world, author.teacher, 'SubmitResult', {
    ...{ enrollmentId: author.enrollmentId, uploadId: id, kind: 'LESSON', licence: 'CC_BY' },
    ...{ title: '阅读课例', stage: 'PRIMARY', subject: 'chinese' },
  });
  expect(result.contentHash).toBe(contentHash);
  resultId = result.id;
});

test('CRS-56: graded it is fetched through the gateway, and its package is pushed to the teachers of its stage and subject alone', async () => {
  const { world, services } = platform;
  const { institution, bureau } = world.cast;
  const teachers = services.registry.db.connection.collection<{ _id: string }>('teachers');
  const wanted = { stage: 'primary', subjects: 'chinese', regionCode: /^140105/, status: 'active' };
  const near = await teachers.find(wanted as object).toArray();
  const other = await teachers.findOne({ ...wanted, subjects: { $ne: 'chinese' } } as object);
  const reader = await signInTeacher(platform, near.at(-1)?._id ?? '');
  const stranger = await signInTeacher(platform, other?._id ?? '');

  expect(await downloadOf(reader)).toBeUndefined();
  await command(world, institution, 'GradeResult', { resultId, grade: 'EXCELLENT' });
  const { downloadUrl } = await downloadOf(reader);
  const answer = await fetch(at(downloadUrl));
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(lesson);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'application/pdf',
    'content-disposition': expect.stringMatching(/^attachment/),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  expect((await fetch(at(downloadUrl.replace('signature=', 'signature=x')))).status).toBe(403);

  const { resourcePackage } = await command(world, bureau, 'PublishResourcePackage', {
    ...{ regionCode: county, title: '阅读资源包', stage: 'PRIMARY', subject: 'chinese' },
    resultIds: [resultId],
  });
  // Ten minutes and a bit: the link is over, and the push has its turn.
  await world.advance(11 / (24 * 60));
  expect((await fetch(at(downloadUrl))).status).toBe(403);
  const packages = async () => {
    const { resourcePackages } = await ask(world, reader, 'ResourcePackages', {
      regionCode: county,
    });
    const nodes = resourcePackages.edges.map(({ node }: Answered) => node);
    return nodes.find(({ id }: Answered) => id === resourcePackage.id);
  };
  await eventually('all of them are told', async () => (await packages()).pushed >= near.length);
  const { pushed, results } = await packages();
  expect(pushed).toBe(near.length);
  expect(results.map(({ id }: Answered) => id)).toEqual([resultId]);
  const told = async (teacher: Actor) => {
    const recipient = { kind: 'TEACHER', id: teacher.id };
    const { inbox } = await ask(world, teacher, 'Inbox', { recipient, first: 50 });
    const notices = inbox.notices.edges.map(({ node }: Answered) => node);
    return notices.filter(({ subject }: Answered) => subject === resourcePackage.id);
  };
  const [notice] = await eventually('it is in the inbox', async () => {
    const notices = await told(reader);
    return notices.length > 0 && notices;
  });
  expect(notice).toMatchObject({
    ...{ code: 'PACKAGE_FOR_YOU', rule: { number: 'CRS-56' } },
    textZh: expect.stringContaining('阅读资源包'),
    textEn: expect.stringContaining('for your stage and subject'),
  });
  expect(await told(stranger)).toEqual([]);
});
