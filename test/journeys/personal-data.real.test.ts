/** A thousand planted numbers go in through the gateway, well and badly: none is found where it must not be. [GOV-03] */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { checkDigit } from '@shixun/registry/bulk';
import { startTestPlatform, type TestPlatform } from './platform.ts';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform({ kafka: false });
}, 120_000);
afterAll(async () => {
  await platform?.close();
}, 60_000);

const mutation = `mutation RegisterTeacher($input: RegisterTeacherInput!) {
  registerTeacher(input: $input) { teacher { id } refusals { code messageZh messageEn path required actual } }
}`;

/** An address of no county, and a range of numbers nobody has. */
function plant(n: number) {
  const first17 = `14000019900101${String(n).padStart(3, '0')}`;
  const right = first17 + checkDigit(first17);
  const wrong = first17 + (checkDigit(first17) === '1' ? '2' : '1');
  return {
    identityNumber: n % 2 === 0 ? right : wrong,
    phone: `1770000${String(n).padStart(4, '0')}`,
  };
}

/** Text in which base64 hides nothing. */
function opened(text: string): string {
  const hidden = text.match(/[A-Za-z0-9+/_-]{16,}={0,2}/g) ?? [];
  return [text, ...hidden.map((part) => Buffer.from(part, 'base64').toString('latin1'))].join('\n');
}

test('GOV-03: of 1,000 planted values none is in a database or the metrics', async () => {
  const { world, services } = platform;
  const schools = services.registry.db.connection.collection('schools');
  const { regionCode } = world.cast;
  const school = await schools.findOne({
    kind: 'primary',
    regionCode: { $regex: `^${regionCode}` },
  });
  const url = new URL('/graphql', world.gatewayUrl);
  const headers = {
    'content-type': 'application/json',
    authorization: `Bearer ${world.cast.bureau.token}`,
  };
  const planted: string[] = [];
  const send = async (body: string) => {
    const answer = await fetch(url, { method: 'POST', headers, body });
    await answer.text();
  };
  for (let n = 0; n < 500; n += 1) {
    const person = plant(n);
    planted.push(person.identityNumber, person.phone);
    const input = {
      idempotencyKey: `planted-${n}`,
      name: '种植者',
      ...person,
      schoolId: String(school?._id),
      since: '2020-09-01',
      stage: 'PRIMARY',
      subjects: ['chinese'],
      careerStage: 'YOUNG',
      // Every fifth carries a number where none belongs, every seventh is no JSON.
      ...(n % 5 === 1 ? { stage: person.identityNumber } : {}),
      ...(n % 5 === 3 ? { [person.phone]: person.identityNumber } : {}),
    };
    const body = JSON.stringify({ query: mutation, variables: { input } });
    await send(n % 7 === 1 ? body.slice(0, -3) : body);
  }
  const places = new Map<string, string>();
  for (const [service, { db, app }] of Object.entries(services)) {
    places.set(`${service} metrics`, (await app.inject({ url: '/metrics' })).body);
    for (const { name } of await db.connection.listCollections()) {
      const rows = await db.connection.collection(name).find().toArray();
      places.set(`${service}.${name}`, JSON.stringify(rows));
    }
  }
  const values = new Set(planted);
  const shape = /1400001990\d{7}[\dX]|1770000\d{4}/g;
  const found = (of: ReadonlyMap<string, string>) =>
    [...of].flatMap(([place, text]) => {
      const alike = opened(text).match(shape) ?? [];
      return alike.some((value) => values.has(value)) ? [place] : [];
    });
  expect(
    await services.registry.db.connection.collection('teachers').countDocuments({ name: '种植者' }),
  ).toBeGreaterThan(50);
  expect(planted).toHaveLength(1_000);
  expect(found(places)).toEqual([]);
  // The search finds what is there: open, and in base64.
  const [number = ''] = planted;
  const hidden = Buffer.from(`{"a":"${number}"}`).toString('base64');
  expect(
    found(
      new Map([
        ['open', `x${number}y`],
        ['hidden', `"${hidden}"`],
      ]),
    ),
  ).toEqual(['open', 'hidden']);
}, 200_000);
