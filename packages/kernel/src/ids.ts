/** Prefixes of ids: `enr_` + UUIDv7. One row per kind of thing, so that an id names what it identifies. */
export const idPrefixes = {
  account: 'acc',
  annualPlan: 'apl',
  answer: 'ans',
  appeal: 'apl',
  area: 'ara',
  assessment: 'asm',
  attendance: 'att',
  bid: 'bid',
  bidSheet: 'bsh',
  centre: 'ctr',
  class: 'cls',
  completion: 'cmp',
  correction: 'cor',
  consortium: 'csm',
  disclosure: 'dsc',
  enrollment: 'enr',
  entry: 'ent',
  event: 'evt',
  expenditure: 'exp',
  finding: 'fnd',
  grade: 'grd',
  homework: 'hwk',
  import: 'imp',
  institution: 'ins',
  leave: 'lve',
  menu: 'mnu',
  menuItem: 'mni',
  merge: 'mrg',
  monitor: 'mon',
  module: 'mod',
  needsSurvey: 'nsv',
  notice: 'ntc',
  pairing: 'par',
  plan: 'pln',
  policy: 'pol',
  policyDraft: 'pdr',
  poolMembership: 'epm',
  project: 'prj',
  qualification: 'qlf',
  reallocation: 'rlc',
  questionnaire: 'qst',
  regionChange: 'rgc',
  school: 'sch',
  session: 'ses',
  spotCheck: 'spc',
  staffMove: 'stm',
  survey: 'svy',
  teacher: 'tch',
  teachingAssignment: 'tas',
  tender: 'tnd',
  tenderObjection: 'tob',
  trainer: 'trn',
  workshop: 'wks',
  trainerEntry: 'tre',
} as const;

export type IdKind = keyof typeof idPrefixes;

/** A branded id: an `Id<'teacher'>` can't be passed where an `Id<'class'>` is asked for. */
export type Id<Kind extends IdKind> = `${(typeof idPrefixes)[Kind]}_${string}`;

/** True when the text is an id of that kind; ids from outside pass here once, at the door. */
export function isId<Kind extends IdKind>(kind: Kind, text: string): text is Id<Kind> {
  return text.startsWith(`${idPrefixes[kind]}_`) && text.length > 4 && text.length <= 64;
}
