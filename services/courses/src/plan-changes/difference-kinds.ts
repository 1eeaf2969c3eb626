/** What kinds of difference two versions of a plan can have, and how one is kept. [CRS-19] */

/** `…_moved` and `…_shifted` keep a meeting; `…_dropped` and `…_added` do not. */
export const differenceKinds = [
  'session_room_moved',
  'session_shifted',
  'session_substituted',
  'session_trainer_replaced',
  'session_moved',
  'session_length_changed',
  'session_dropped',
  'session_added',
  'module_dropped',
  'module_added',
  'module_hours_changed',
  'module_changed',
  'hours_changed',
  'class_dropped',
  'class_added',
  'class_place_moved',
  'class_dates_changed',
  'class_head_changed',
  'trainer_dropped',
  'trainer_added',
  'text_changed',
] as const;
export type DifferenceKind = (typeof differenceKinds)[number];

export type Difference = {
  readonly kind: DifferenceKind;
  /** What it is about: a class, a module, a part of the plan; for a meeting its class and module. */
  readonly about: string;
  readonly before: string | null;
  readonly after: string | null;
  /** Which class, and which of its meetings; null where it is about neither. */
  readonly session: SessionPlace | null;
};

/** A class and its meeting by their places in the two versions; null where a version does not have them. */
export type SessionPlace = {
  readonly classBefore: number | null;
  readonly classAfter: number | null;
  readonly before: number | null;
  readonly after: number | null;
};
