/** Prefixes of ids: `enr_` + UUIDv7. One row per kind of thing, so that an id names what it identifies. */
export const idPrefixes = {
  account: 'acc',
  answer: 'ans',
  assessment: 'asm',
  attendance: 'att',
  class: 'cls',
  completion: 'cmp',
  enrollment: 'enr',
  entry: 'ent',
  event: 'evt',
  expenditure: 'exp',
  finding: 'fnd',
  grade: 'grd',
  homework: 'hwk',
  institution: 'ins',
  leave: 'lve',
  menu: 'mnu',
  menuItem: 'mni',
  module: 'mod',
  notice: 'ntc',
  plan: 'pln',
  policy: 'pol',
  project: 'prj',
  qualification: 'qlf',
  reallocation: 'rlc',
  questionnaire: 'qst',
  school: 'sch',
  session: 'ses',
  spotCheck: 'spc',
  survey: 'svy',
  teacher: 'tch',
  trainer: 'trn',
} as const;

export type IdKind = keyof typeof idPrefixes;

/** A branded id: an `Id<'teacher'>` can't be passed where an `Id<'class'>` is asked for. */
export type Id<Kind extends IdKind> = `${(typeof idPrefixes)[Kind]}_${string}`;

/** True when the text is an id of that kind; ids from outside pass here once, at the door. */
export function isId<Kind extends IdKind>(kind: Kind, text: string): text is Id<Kind> {
  return text.startsWith(`${idPrefixes[kind]}_`) && text.length > 4 && text.length <= 64;
}
