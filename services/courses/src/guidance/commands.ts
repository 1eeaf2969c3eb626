import { defineCommand, notFound } from '@shixun/runtime';
import { z } from 'zod';
import { type MenuItemRow, menuItems } from '../menus/store.ts';
import { type TeacherRow, teachers } from '../projections/teachers.ts';
import { type AdviseFacts, adviseTeacher } from './advise.ts';
import { notices } from './notices.ts';
import { type AdviceRow, advice } from './store.ts';

type Input = { readonly teacherId: string; readonly menuItemId: string; readonly reason: string };
type Facts = AdviseFacts & { readonly teacher: TeacherRow; readonly item: MenuItemRow };

export const adviseTeacherCommand = defineCommand<Input, Facts, null, AdviceRow>({
  name: 'adviseTeacher',
  input: z.object({
    teacherId: z.string(),
    menuItemId: z.string(),
    reason: z.string().trim().min(1).max(300),
  }),
  gather: async ({ teacherId, menuItemId }, unit) => {
    const teacher = await unit.findById(teachers, teacherId);
    if (teacher === null) return notFound('teacher', teacherId, ['teacherId']);
    const item = await unit.findById(menuItems, menuItemId);
    if (item === null) return notFound('menuItem', menuItemId, ['menuItemId']);
    const advised = (await unit.findById(advice, `${teacherId}/${menuItemId}`)) !== null;
    return { teacher, item, status: teacher.status, closesAt: item.closesAt, advised };
  },
  scope: ({ teacher }) => ({ schoolId: teacher.schoolId }),
  decide: (_input, facts, { now }) => adviseTeacher(facts, now),
  record: (_outcome, { teacher, item }, unit, { reason }) => {
    const { _id: teacherId, schoolId } = teacher;
    const { _id: menuItemId, classId, title } = item;
    const _id = `${teacherId}/${menuItemId}`;
    const row = { _id, teacherId, schoolId, menuItemId, classId, reason, advisedAt: unit.now };
    unit.insert(advice, row);
    const figures = { title, menuItemId, reason };
    unit.notify({ notice: notices.ADVISED, to: { teacherId }, subject: menuItemId, figures });
    return row;
  },
  stream: ({ item }) => item._id,
});
