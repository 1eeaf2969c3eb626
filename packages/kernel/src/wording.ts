/** Puts figures into the sentences of refusals and notices, in both languages. */
import type { Figures } from './decision.ts';
import type { Bilingual } from './rules/index.ts';
import { inChinese } from './terms.ts';

/**
 * Fills `{name}` in both templates with the figure of that name; a name without a figure stays as it is written.
 * A figure that is itself a sentence comes in both languages: `reason` and `reasonZh`.
 */
export function wording(template: Bilingual, figures: Figures): Bilingual {
  return {
    zh: closed(fill(template.zh, chineseFirst(figures), inChinese)),
    en: fill(template.en, figures, (text) => text),
  };
}

/** A figure as text; null when there is none of that name. */
export function figure(figures: Figures, name: string): string | null {
  const value = figures[name];
  return value === undefined ? null : String(value);
}

function chineseFirst(figures: Figures): Figures {
  return figures['reasonZh'] === undefined ? figures : { ...figures, reason: figures['reasonZh'] };
}

/** Chinese words stand without the spaces that a template leaves around figures. */
function closed(text: string): string {
  return text.replaceAll(/(?<=[\p{Script=Han}、]) (?=[\p{Script=Han}、])/gu, '');
}

function fill(template: string, figures: Figures, word: (text: string) => string): string {
  return template.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    const value = figure(figures, name);
    return value === null ? whole : word(value);
  });
}
