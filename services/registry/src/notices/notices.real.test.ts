/** The inboxes on a real MongoDB: what comes in, who reads it, what goes out. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { courses, registry as registryEvents } from '@shixun/contracts';
import { type Caller, EventRefused } from '@shixun/runtime';
import { as, city, county, province, RealRegistry } from '../real-registry.example.ts';
import { noticeHandlers } from './events.ts';

let registry: RealRegistry;
beforeAll(async () => {
  registry = await RealRegistry.open(process.env.MONGODB_URI);
  await onRecord('teachers', { _id: 'tch_n' });
  await onRecord('schools', { _id: 'sch_n' });
  await onRecord('institutions', { _id: 'ins_n' });
});
afterAll(() => registry.close());

/** As much of a record as a notice asks about. */
async function onRecord(collection: string, row: { readonly _id: string }) {
  const keys = { identityIndex: row._id, code: row._id, mergedInto: null };
  await registry.db.connection.collection(collection).insertOne({ ...keys, ...row } as never);
}

const { example } = courses.noticeRequested;
type Requested = Partial<typeof example>;
let eventNumber = 0;

/** As the inbox of events brings them, without its memory: an event that comes again is handled again. */
async function hear(type: string, data: readonly object[]) {
  const handler = noticeHandlers.find(({ contract }) => contract.type === type);
  const events = data.map((each) => {
    eventNumber += 1;
    return { envelope: { id: `evt_${eventNumber}`, sequence: '1' }, data: each };
  });
  await registry.unit((unit) => handler?.handle(events as never, unit, registry.room));
}

const tell = (...changes: readonly Requested[]) =>
  hear(
    courses.noticeRequested.type,
    changes.map((change) => ({ ...example, ...change })),
  );

async function read(caller: Caller | null, kind: string, id: string, args = '') {
  const source = `query ($of: NoticeRecipientInput!) { inbox(recipient: $of) { total unread channels
    notices${args} { edges { node { id sequence unread code rule { number } textZh figures { name value } } }
      pageInfo { hasNextPage endCursor } } } }`;
  const { data, errors } = await registry.ask(caller, source, { of: { kind, id } });
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data.inbox;
}

const idsOf = (inbox: { notices: { edges: { node: { id: string } }[] } }) =>
  inbox.notices.edges.map(({ node }) => node.id);

const school = as('SchoolAdmin', { schoolId: 'sch_n' });
const toSchool = (n: number, change: Requested = {}): Requested => ({
  noticeId: `ntc_school_${n}`,
  recipientKind: 'school',
  recipientId: 'sch_n',
  ...change,
});

describe('GOV-04: a notice reaches the inbox', () => {
  test('in both languages, with rule and facts, once, however often its event comes', async () => {
    const teacher = as('Teacher', { personId: 'tch_n' });
    const own = { recipientId: 'tch_n', noticeId: 'ntc_twice' };
    await tell(own, own);
    await tell(own);
    const inbox = await read(teacher, 'TEACHER', 'tch_n');
    expect(inbox).toMatchObject({ total: 1, unread: 1, channels: ['SMS'] });
    expect(inbox.notices.edges).toEqual([
      {
        node: {
          id: 'ntc_twice',
          sequence: 1,
          unread: true,
          code: 'WAITLIST_OFFERED',
          rule: { number: 'CRS-42' },
          textZh: example.textZh,
          figures: [{ name: 'answerBy', value: '2026-09-03T10:00:00.000Z' }],
        },
      },
    ]);
    const out = await registry.told(registryEvents.noticeDelivered.type);
    expect(out.filter(({ noticeId }) => noticeId === 'ntc_twice')).toEqual([
      expect.objectContaining({ recipientId: 'tch_n', channels: ['sms'], textEn: example.textEn }),
    ]);
  });

  test('its owner reads it: not another person, not another organisation, no bureau above', async () => {
    await tell({ noticeId: 'ntc_reg', recipientKind: 'region', recipientId: '140105' });
    expect(idsOf(await read(county, 'REGION', '140105'))).toEqual(['ntc_reg']);
    for (const caller of [city, province, school, as('Teacher', { personId: '140105' })]) {
      expect(await read(caller, 'REGION', '140105')).toBeNull();
    }
    expect(await read(as('Teacher', { personId: 'tch_other' }), 'TEACHER', 'tch_n')).toBeNull();
    const input = { recipient: { kind: 'REGION', id: '140105' } };
    const marked = await registry.command(
      province,
      'markAllNoticesRead',
      input,
      'inbox { unread }',
    );
    expect(marked).toMatchObject({ inbox: null, refusals: [{ code: 'NOT_FOUND' }] });
    const { data } = await registry.ask(county, '{ inboxes { kind recipientId unread } }');
    expect(data.inboxes).toEqual([{ kind: 'REGION', recipientId: '140105', unread: 1 }]);
  });

  test('marks and counts agree: some read, unread again, all read, and what comes after', async () => {
    await tell(toSchool(1), toSchool(2), toSchool(3));
    const mark = async (name: string, noticeIds?: readonly string[]) => {
      const input = { recipient: { kind: 'SCHOOL', id: 'sch_n' }, ...(noticeIds && { noticeIds }) };
      return registry.command(school, name, input, 'inbox { unread }');
    };
    const unread = async () =>
      idsOf(await read(school, 'SCHOOL', 'sch_n', '(filter: { unread: true })'));
    expect((await mark('markNoticesRead', ['ntc_school_2'])).inbox.unread).toBe(2);
    expect((await mark('markNoticesRead', ['ntc_school_2'])).inbox.unread).toBe(2);
    expect(await unread()).toEqual(['ntc_school_3', 'ntc_school_1']);
    expect((await mark('markAllNoticesRead')).inbox.unread).toBe(0);
    expect(await unread()).toEqual([]);
    expect((await mark('markNoticesUnread', ['ntc_school_1'])).inbox.unread).toBe(1);
    await tell(toSchool(4));
    expect(await unread()).toEqual(['ntc_school_4', 'ntc_school_1']);
    expect((await read(school, 'SCHOOL', 'sch_n')).unread).toBe(2);
    expect((await mark('markAllNoticesRead')).inbox.unread).toBe(0);
    expect(await unread()).toEqual([]);
    expect((await mark('markNoticesRead', ['ntc_twice'])).refusals).toMatchObject([
      { code: 'NOTICE_UNKNOWN', rule: 'GOV-04', path: ['noticeIds', '0'] },
    ]);
  });

  test('filters and pages: by rule, since an instant, newest first', async () => {
    registry.now = new Date('2026-09-02T02:00:00.000Z');
    await tell(toSchool(5, { rule: 'CRS-54' }), toSchool(6));
    const list = async (args: string) => read(school, 'SCHOOL', 'sch_n', args);
    expect(idsOf(await list('(filter: { rule: "CRS-54" })'))).toEqual(['ntc_school_5']);
    const since = '(filter: { since: "2026-09-02T02:00:00Z", unread: true }, first: 1';
    const first = await list(`${since})`);
    expect(idsOf(first)).toEqual(['ntc_school_6']);
    const after = `${since}, after: "${first.notices.pageInfo.endCursor}")`;
    expect(idsOf(await list(after))).toEqual(['ntc_school_5']);
    expect(idsOf(await list('(filter: { since: "2026-09-02T02:00:01Z" })'))).toEqual([]);
  });

  test('the recipient chooses how it leaves the application, or that it does not', async () => {
    const choose = (channels: readonly string[]) => {
      const input = { recipient: { kind: 'SCHOOL', id: 'sch_n' }, channels };
      return registry.command(school, 'chooseNoticeChannels', input, 'inbox { channels }');
    };
    const lastOut = async () => (await registry.told(registryEvents.noticeDelivered.type)).at(-1);
    expect((await choose(['MAIL', 'SMS'])).inbox.channels).toEqual(['SMS', 'MAIL']);
    await tell(toSchool(7));
    expect(await lastOut()).toMatchObject({ noticeId: 'ntc_school_7', channels: ['sms', 'mail'] });
    await choose([]);
    await tell(toSchool(8));
    expect(await lastOut()).toMatchObject({ noticeId: 'ntc_school_8', channels: [] });
  });

  test('REG-09: the institution hears of every move of its qualification', async () => {
    const moved = { ...registryEvents.qualificationMoved.example, institutionId: 'ins_n' };
    await hear(registryEvents.qualificationMoved.type, [moved]);
    const [request] = await registry.told(registryEvents.noticeRequested.type);
    expect(request).toMatchObject({
      code: 'QUALIFICATION_MOVED',
      recipientKind: 'institution',
      recipientId: 'ins_n',
    });
  });
});

describe('GOV-04: who is told', () => {
  const boxOf = async (noticeId: string) =>
    (await registry.told(registryEvents.noticeDelivered.type))
      .filter((each) => each.noticeId === noticeId)
      .map(({ recipientKind, recipientId }) => `${recipientKind}/${recipientId}`);

  test.each(['teacher', 'trainer', 'school', 'institution', 'region'] as const)(
    'a %s who is not on record has no inbox: the event is refused, and takes effect once there is one',
    async (recipientKind) => {
      const asked = { noticeId: `ntc_new_${recipientKind}`, recipientKind, recipientId: 'new_1' };
      const refused = tell(asked);
      await expect(refused).rejects.toThrow(EventRefused);
      await expect(refused).rejects.toThrow(`no ${recipientKind} new_1 is on record`);
      expect(await boxOf(asked.noticeId)).toEqual([]);
      await onRecord(`${recipientKind}s`, { _id: 'new_1' });
      await tell(asked);
      expect(await boxOf(asked.noticeId)).toEqual([`${recipientKind}/new_1`]);
    },
  );

  test('REG-16: a teacher merged twice over is told where the person goes on', async () => {
    await onRecord('teachers', { _id: 'tch_old', mergedInto: 'tch_mid' } as never);
    await onRecord('teachers', { _id: 'tch_mid', mergedInto: 'tch_n' } as never);
    await tell({ noticeId: 'ntc_merged', recipientId: 'tch_old' });
    expect(await boxOf('ntc_merged')).toEqual(['teacher/tch_n']);
  });

  test.each([
    [{ state: 'merged', successors: ['sch_n'] }, 'sch_n'],
    [{ state: 'split', successors: ['sch_n', 'sch_other'] }, 'sch_gone'],
    [{ state: 'closed' }, 'sch_gone'],
  ])('REG-05: of a school that ended as %j is told %s', async (ended, told) => {
    const noticeId = `ntc_of_${ended.state}`;
    const rows = registry.db.connection.collection('schools');
    await rows.deleteOne({ _id: 'sch_gone' as never });
    await onRecord('schools', { _id: 'sch_gone', ...ended });
    await tell({ noticeId, recipientKind: 'school', recipientId: 'sch_gone' });
    expect(await boxOf(noticeId)).toEqual([`school/${told}`]);
  });

  test('REG-01: a bureau is told until its region’s last day, then the one that took the area over', async () => {
    const ended = { abolishedOn: '2026-10-01', successors: ['140106'] };
    await onRecord('regions', { _id: '140199', ...ended } as never);
    const toRegion = { recipientKind: 'region', recipientId: '140199' } as const;
    registry.now = new Date('2026-09-30T15:59:59.000Z');
    await tell({ ...toRegion, noticeId: 'ntc_last_day' });
    registry.now = new Date('2026-09-30T16:00:00.000Z');
    await tell({ ...toRegion, noticeId: 'ntc_first_day' });
    expect(await boxOf('ntc_last_day')).toEqual(['region/140199']);
    expect(await boxOf('ntc_first_day')).toEqual(['region/140106']);
  });
});
