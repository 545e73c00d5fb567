import { expect, test } from "vitest";
import { readAll } from "./read-all.ts";
import type { PageRequest } from "./store.ts";

/** Reads the numbers below `count`, and remembers which pages were asked for. */
const numbers = (count: number) => {
  const asked: PageRequest[] = [];
  const read = async (_: object, page: PageRequest) => {
    asked.push(page);
    const first = page.after === undefined ? 0 : Number(page.after) + 1;
    const items = Array.from({ length: Math.min(page.limit, count - first) }, (_, at) => first + at);
    const last = items.at(-1);
    return last !== undefined && last < count - 1 ? { items, next: String(last) } : { items };
  };
  return { asked, all: () => Array.fromAsync(readAll(read, {})) };
};

test.each([0, 1, 4_999, 5_000, 5_001, 12_000])("all of %i items are read, in order", async (count) => {
  const { all } = numbers(count);
  expect(await all()).toEqual(Array.from({ length: count }, (_, at) => at));
});

test("each page continues where the last one ended, and none is asked for in vain", async () => {
  const { all, asked } = numbers(10_000);
  await all();
  expect(asked.map(({ after }) => after)).toEqual([undefined, "4999"]);
});
