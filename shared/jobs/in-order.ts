/**
 * Does work on each item, so many at a time, and yields what came of it in the order of the items.
 * Whoever takes the results slowly slows the work down: no more than that waits in memory.
 */
export async function* inOrder<Item, Done>(
  items: AsyncIterable<Item>,
  atOnce: number,
  work: (item: Item) => Promise<Done>,
): AsyncGenerator<Done> {
  const begun: Promise<Done>[] = [];
  for await (const item of items) {
    const done = work(item);
    // Whoever awaits it hears of it; when an earlier one fails nobody does.
    done.catch(() => undefined);
    begun.push(done);
    if (begun.length >= atOnce) yield (await begun.shift()) as Done;
  }
  for (const done of begun) yield await done;
}
