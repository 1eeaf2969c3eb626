/** Makes the next item while the last one is being worked on; never more than one, so what is held stays as it is. */
export async function* readAhead<Item>(items: AsyncGenerator<Item>): AsyncGenerator<Item> {
  let coming = items.next();
  try {
    for (;;) {
      const { done, value } = await coming;
      if (done === true) return;
      coming = items.next();
      // Whoever asks for it hears of its failure; until then it is nobody's.
      coming.catch(() => undefined);
      yield value;
    }
  } finally {
    await items.return(undefined);
  }
}
