const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

/** The words of a text, Chinese ones cut as a reader would; lower case, each once. */
export function wordsOf(text: string): string[] {
  const words = [...segmenter.segment(text.normalize('NFKC').toLowerCase())]
    .filter(({ isWordLike }) => isWordLike)
    .map(({ segment }) => segment);
  return [...new Set(words)];
}

/**
 * What a text is found by: its words, and each pair of neighbouring characters in its longer Chinese words, so that
 * 主任 finds 班主任 though a reader would not cut there.
 */
export function searchTermsOf(text: string): string[] {
  const words = wordsOf(text);
  const pairs = words
    .filter((word) => /^\p{Script=Han}{3,}$/u.test(word))
    .flatMap((word) => [...word].slice(1).map((character, at) => `${[...word][at]}${character}`));
  return [...new Set([...words, ...pairs])];
}
