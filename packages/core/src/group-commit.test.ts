import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { groupCommit } from "./group-commit.ts";

/** A commit that doubles, and remembers what it was given. */
const recorded = (commit = (items: readonly number[]) => items.map((item) => item * 2)) => {
  const commits: number[][] = [];
  const append = groupCommit((items: readonly number[]) => {
    commits.push([...items]);
    return commit(items);
  });
  return { commits, append };
};

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

describe("sharing", () => {
  test("concurrent calls share one commit, and each is answered for its own items", async () => {
    const { commits, append } = recorded();
    expect(await Promise.all([append([1, 2]), append([]), append([3])])).toEqual([[2, 4], [], [6]]);
    expect(commits).toEqual([[1, 2, 3]]);
  });

  test("calls one after the other have a commit each", async () => {
    const { commits, append } = recorded();
    await append([1]);
    await append([2]);
    expect(commits).toEqual([[1], [2]]);
  });

  test("what arrives while a commit is under way is committed together next, never beside it", async () => {
    const gate = Promise.withResolvers<void>();
    const commits: number[][] = [];
    let running = 0;
    const append = groupCommit(async (items: readonly number[]) => {
      expect(++running).toBe(1);
      commits.push([...items]);
      await gate.promise;
      running--;
      return items;
    });
    const first = append([1]);
    await nextTurn();
    const [second, third] = [append([2]), append([3])];
    await nextTurn();
    expect(commits).toEqual([[1]]);
    gate.resolve();
    expect(await Promise.all([first, second, third])).toEqual([[1], [2], [3]]);
    expect(commits).toEqual([[1], [2, 3]]);
  });

  test("nobody is answered before the commit", async () => {
    const gate = Promise.withResolvers<void>();
    const append = groupCommit(async (items: readonly number[]) => gate.promise.then(() => items));
    let answered = false;
    const answer = append([1]).then(() => {
      answered = true;
    });
    await nextTurn();
    await nextTurn();
    expect(answered).toBe(false);
    gate.resolve();
    await answer;
  });
});

describe("failing", () => {
  test.each([
    ["throws", () => failing()],
    ["rejects", () => Promise.reject(new Error("disk full"))],
  ])("a commit that %s fails everybody in its group, and nobody in the next", async (_, fail) => {
    let broken = true;
    const append = groupCommit((items: readonly number[]) => (broken ? fail() : [...items]));
    const settled = await Promise.allSettled([append([1]), append([2])]);
    expect(settled.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    for (const one of settled) expect((one as PromiseRejectedResult).reason.message).toBe("disk full");
    broken = false;
    expect(await append([3])).toEqual([3]);
  });

  const failing = (): never => {
    throw new Error("disk full");
  };

  test("what waits behind a failing commit is still committed", async () => {
    const gate = Promise.withResolvers<void>();
    const append = groupCommit(async (items: readonly number[]) => {
      if (items.includes(1)) await gate.promise;
      return items;
    });
    const first = append([1]);
    await nextTurn();
    const second = append([2]);
    gate.reject(new Error("disk full"));
    await expect(first).rejects.toThrow("disk full");
    expect(await second).toEqual([2]);
  });
});

test("an array that its caller changes while it waits is committed as it was given", async () => {
  const { commits, append } = recorded();
  const buffer = [1, 2];
  const answers = [append(buffer), append([3])];
  buffer.length = 0;
  expect(await Promise.all(answers)).toEqual([[2, 4], [6]]);
  expect(commits).toEqual([[1, 2, 3]]);
});

test("for any calls at any turns, everything is committed once, in order, and answered for its own", async () => {
  const calls = fc.array(fc.record({ items: fc.array(fc.integer(), { maxLength: 4 }), turns: fc.nat(2) }), {
    maxLength: 10,
  });
  await fc.assert(
    fc.asyncProperty(calls, async (given) => {
      const { commits, append } = recorded();
      const answers: Promise<readonly number[]>[] = [];
      for (const { items, turns } of given) {
        for (let turn = 0; turn < turns; turn++) await nextTurn();
        answers.push(append(items));
      }
      expect(await Promise.all(answers)).toEqual(given.map(({ items }) => items.map((item) => item * 2)));
      expect(commits.flat()).toEqual(given.flatMap(({ items }) => items));
    }),
    { numRuns: 50 },
  );
});
