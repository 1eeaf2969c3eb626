import type { Figures } from './decision.ts';
import { type Bilingual, type RuleNumber, ruleByNumber } from './rules/index.ts';
import { figure, wording } from './wording.ts';

/**
 * What one notice says, in words a teacher or a bureau understands. `{name}` is replaced by the figure of that name:
 * ids, dates, numbers and titles of projects; never a person's name, telephone or identity number. [GOV-04]
 */
export type NoticeText = {
  /** The rule that has somebody told. */
  readonly rule: RuleNumber;
  readonly zh: string;
  readonly en: string;
  /** Its heading; the rule's own title when not said. */
  readonly title?: Bilingual;
};

/** A notice code as defined by `defineNotices`. */
export type NoticeCode = NoticeText & { readonly name: string; readonly title: Bilingual };

/** The notices 通知 of one capability. The generated reference lists them. */
export function defineNotices<const T extends Readonly<Record<string, NoticeText>>>(
  texts: T,
): { readonly [K in keyof T]: NoticeCode } {
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => {
      const title = text.title ?? ruleByNumber(text.rule)?.title;
      if (title === undefined) throw new Error(`${name}: there is no rule ${text.rule}`);
      return [name, { ...text, name, title }];
    }),
  ) as { readonly [K in keyof T]: NoticeCode };
}

/** A notice in words, heading and text in both languages. */
export type NoticeWords = { readonly title: Bilingual; readonly text: Bilingual };

/**
 * Puts a notice into words. Throws when a figure that a template names is missing: half a sentence must not reach a
 * person, and the command that would tell it fails in its first test.
 */
export function wordNotice(notice: NoticeCode, figures: Figures): NoticeWords {
  const { title } = notice;
  for (const name of figuresNamed([title.zh, title.en, notice.zh, notice.en])) {
    if (figure(figures, name) === null) throw new Error(`${notice.name} lacks the figure ${name}`);
  }
  return { title: wording(title, figures), text: wording(notice, figures) };
}

function figuresNamed(templates: readonly string[]): string[] {
  return templates.flatMap((text) =>
    [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ''),
  );
}
