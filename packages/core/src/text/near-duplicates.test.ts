import { expect, test } from "vitest";
import { randomSource } from "../stats/random-source.ts";
import { nearDuplicates } from "./near-duplicates.ts";

test("texts that are alike are in the cluster of the first of them, all others by themselves", () => {
  expect([...nearDuplicates(["neverbuythisthing", "whatalovelyanswer", "neverbuythisthingy"], 0.5)]).toEqual([
    0, 1, 0,
  ]);
  expect([...nearDuplicates([], 0.5)]).toEqual([]);
});

test("a chain of texts that are alike is one cluster", () => {
  const long = "theanswerisnotwhatiaskedforandthemodelmadeuphalfofitpleasefix";
  const chain = Array.from({ length: 8 }, (_, at) => long.slice(at * 4, at * 4 + 30));
  expect(new Set(nearDuplicates(chain, 0.5)).size).toBe(1);
});

test("what is alike is found among thousands of others, at a similarity of 1 only the same letters", () => {
  const random = randomSource(2);
  const other = (): string =>
    Array.from({ length: 40 }, () => String.fromCharCode(97 + Math.floor(random() * 26))).join("");
  const texts = Array.from({ length: 3_000 }, other);
  const near = texts.slice(0, 100).map((text) => `${text.slice(0, 20)}${text.slice(21)}`);
  const clusters = nearDuplicates([...texts, ...near], 0.5);
  expect([...clusters]).toEqual([...texts.keys(), ...near.keys()]);
  expect([...nearDuplicates([texts[0]!, near[0]!], 1)]).toEqual([0, 1]);
});

test("another order gives the same clusters", () => {
  const texts = ["neverbuythisthing", "whatalovelyanswer", "neverbuythisthingy", "whatalovelyanswers"];
  const groupsOf = (order: readonly string[]) => {
    const clusters = nearDuplicates(order, 0.5);
    return [...Map.groupBy(order, (_, at) => clusters[at]!).values()].map((own) => own.sort()).sort();
  };
  expect(groupsOf(texts.toReversed())).toEqual(groupsOf(texts));
});
