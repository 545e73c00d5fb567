import fc from "fast-check";
import { expect, test } from "vitest";
import { randomSource } from "../../stats/random-source.ts";
import { clusterComments } from "./cluster-comments.ts";
import { commonWords } from "./common-words.ts";

const isCommon = commonWords({ n: 0, withWord: new Map() });
const cluster = (texts: readonly string[], options: object = {}) =>
  clusterComments(texts, { smallest: 3, limit: 20, isCommon, ...options });

const complaints = [
  "the price is wrong",
  "wrong",
  "this is wrong, too",
  "far too long",
  "much too long for me",
  "long and boring",
  "no source",
  "Wrong!",
  "where are the sources",
  "sources missing",
  "it names no source",
];

test("comments that share a telling word are together, in whatever ending, and the cluster is named by it", () => {
  const clusters = cluster(complaints);
  const found = new Map(clusters.map(({ terms, members }) => [terms[0], [...members].sort((a, b) => a - b)]));
  expect(found).toEqual(
    new Map([
      ["source", [6, 8, 9, 10]],
      ["wrong", [0, 1, 2, 7]],
      ["long", [3, 4, 5]],
    ]),
  );
  // Those that say nothing else are most about it.
  expect(clusters.find(({ terms }) => terms[0] === "wrong")!.members.slice(0, 2)).toEqual([1, 7]);
});

test("a few words of complaint are found in long comments of which every other word is another's", () => {
  const random = randomSource(1);
  const planted = ["answer is wrong", "too long for me", "ignores what I asked"];
  const texts = Array.from({ length: 600 }, (_, at) => {
    const others = Array.from({ length: 40 }, () => `word${Math.floor(random() * 2_000)}`);
    return [...others.slice(0, 20), planted[at % 6] ?? "", ...others.slice(20)].join(" ");
  });
  const clusters = cluster(texts, { limit: 3 });
  expect(clusters.map(({ members }) => members.length)).toEqual([100, 100, 100]);
  expect(clusters.map(({ members }) => members[0]! % 6).sort()).toEqual([0, 1, 2]);
});

test("what is common says nothing: with outputs to learn from, their words; without, the shortest", () => {
  const texts = ["the of", "the of", "the of", "and the price", "price", "the price"];
  expect(cluster(texts).map(({ terms }) => terms)).toEqual([["price"]]);
  const learnt = commonWords({
    n: 20,
    withWord: new Map([
      ["price", 4],
      ["rarely", 3],
    ]),
  });
  expect([learnt("price"), learnt("rarely"), learnt("not")]).toEqual([true, false, false]);
  expect(cluster(["price", "price", "price"], { isCommon: learnt })).toEqual([]);
  // What is short in another script may be a whole word.
  expect(isCommon("错误")).toBe(false);
  expect(cluster(["错误", "错误", "错误"]).map(({ terms }) => terms)).toEqual([["错误"]]);
});

test("no comment is in two clusters, none is smaller than asked, and there are no more than asked", () => {
  const word = fc.constantFrom("wrong", "long", "price", "source", "tone", "format", "the", "late");
  const text = fc.array(word, { maxLength: 6 }).map((own) => own.join(" "));
  fc.assert(
    fc.property(
      fc.array(text, { maxLength: 60 }),
      fc.integer({ min: 2, max: 5 }),
      fc.integer({ min: 1, max: 4 }),
      (texts, smallest, limit) => {
        const clusters = cluster(texts, { smallest, limit });
        expect(clusters.length).toBeLessThanOrEqual(limit);
        const all = clusters.flatMap(({ members }) => members);
        expect(new Set(all).size).toBe(all.length);
        for (const { members, terms } of clusters) {
          expect(members.length).toBeGreaterThanOrEqual(smallest);
          expect(new Set(terms).size).toBe(terms.length);
        }
      },
    ),
  );
});

test("the order of the comments changes no cluster", () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([...complaints.keys()], { minLength: complaints.length }), (order) => {
      const shuffled = cluster(order.map((at) => complaints[at]!));
      const own = shuffled.map(({ terms, members }) => ({
        terms,
        members: members.map((at) => order[at]!).sort((a, b) => a - b),
      }));
      const plain = cluster(complaints).map(({ terms, members }) => ({
        terms,
        members: [...members].sort((a, b) => a - b),
      }));
      expect(own).toEqual(plain);
    }),
  );
});

test("comments without words, and too few that share one, make none", () => {
  expect(cluster([])).toEqual([]);
  expect(cluster(["?", "!", "…", ""])).toEqual([]);
  expect(cluster(["wrong", "wrong", "long"])).toEqual([]);
});
