interface Waiting<Item, Outcome> {
  readonly items: readonly Item[];
  readonly resolve: (outcomes: readonly Outcome[]) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Lets concurrent appends share one commit: whatever arrives in one turn of the event loop, or while a commit
 * is under way, is committed together next. Each caller is answered for its own items, after that commit, and
 * all of them get the error if it fails.
 *
 * @param commit Writes all items in one transaction and gives one outcome an item, in order.
 */
export const groupCommit = <Item, Outcome>(
  commit: (items: readonly Item[]) => readonly Outcome[] | Promise<readonly Outcome[]>,
): ((items: readonly Item[]) => Promise<readonly Outcome[]>) => {
  let waiting: Waiting<Item, Outcome>[] = [];
  let busy = false;

  const commitWaiting = async (): Promise<void> => {
    const group = waiting;
    waiting = [];
    try {
      const outcomes = await commit(
        group.length === 1 ? group[0]!.items : group.flatMap(({ items }) => items),
      );
      let start = 0;
      for (const { items, resolve } of group) {
        resolve(outcomes.slice(start, start + items.length));
        start += items.length;
      }
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
    busy = false;
    if (waiting.length > 0) schedule();
  };

  const schedule = (): void => {
    busy = true;
    setImmediate(commitWaiting);
  };

  return (items) =>
    new Promise((resolve, reject) => {
      // A copy: were the caller's array to shrink meanwhile, every later caller would get another's answers.
      waiting.push({ items: [...items], resolve, reject });
      if (!busy) schedule();
    });
};
