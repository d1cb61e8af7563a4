/**
 * Works through generators, `limit` at the same time and in their order, and yields what they yield as it comes. Returns what
 * they returned, in their order. When one fails the others are ended, and its error is thrown.
 */
export async function* sideBySide<T, R>(
  work: readonly (() => AsyncGenerator<T, R, undefined>)[],
  limit: number,
): AsyncGenerator<T, R[], undefined> {
  const results: R[] = new Array(work.length);
  const active = new Map<AsyncGenerator<T, R, undefined>, Promise<Step<T, R>>>();
  const advance = (generator: AsyncGenerator<T, R, undefined>, index: number) => {
    active.set(generator, generator.next().then((result) => ({ generator, index, result })));
  };
  let next = 0;
  const begin = () => {
    const start = work[next];
    if (start) advance(start(), next++);
  };
  try {
    while (next < Math.min(limit, work.length)) begin();
    while (active.size > 0) {
      const { generator, index, result } = await Promise.race(active.values());
      if (result.done) {
        active.delete(generator);
        results[index] = result.value;
        begin();
      } else {
        advance(generator, index);
        yield result.value;
      }
    }
    return results;
  } finally {
    const open = [...active];
    await Promise.allSettled(open.map(([, step]) => step));
    await Promise.allSettled(open.map(([generator]) => generator.return(undefined as R)));
  }
}

interface Step<T, R> {
  generator: AsyncGenerator<T, R, undefined>;
  index: number;
  result: IteratorResult<T, R>;
}
