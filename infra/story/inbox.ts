import { type Actor, type Answered, ask, command, eventually, type World } from './world.ts';

/** Waits for a notice of that kind in somebody's inbox, and marks it read. [GOV-04] */
export async function noticeOf(world: World, teacher: Actor, code: string): Promise<object> {
  const recipient = { kind: 'TEACHER', id: teacher.id };
  const notice = await eventually(`${teacher.name} is told: ${code}`, async () => {
    const { inbox } = await ask(world, teacher, 'Inbox', { recipient, filter: { unread: true } });
    const nodes: Answered[] = (inbox?.notices.edges ?? []).map(({ node }: Answered) => node);
    return nodes.find((each) => each.code === code);
  });
  await command(world, teacher, 'MarkNoticesRead', { recipient, noticeIds: [notice.id] });
  const { titleZh, titleEn, textZh, textEn } = notice;
  return { titleZh, titleEn, textZh, textEn };
}
