const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

/** The words of a text, Chinese ones cut as a reader would; lower case, each once. */
export function wordsOf(text: string): string[] {
  const words = [...segmenter.segment(text.normalize('NFKC').toLowerCase())]
    .filter(({ isWordLike }) => isWordLike)
    .map(({ segment }) => segment);
  return [...new Set(words)];
}
