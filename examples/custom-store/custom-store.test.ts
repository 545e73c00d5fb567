import { readFileSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { testStore } from "@heed/store-testing";
import { expect, test } from "vitest";
import { type KeyValue, keyValueStore } from "./custom-store.ts";

/** A map of texts in memory, which answers later, as one over a network does. */
const mapOfTexts = (): KeyValue => {
  const texts = new Map<string, string>();
  const later = async <Answer>(work: () => Answer): Promise<Answer> => {
    await setImmediate();
    return work();
  };
  return {
    add: (key, value) => later(() => !texts.has(key) && texts.set(key, value) === texts),
    get: (key) => later(() => texts.get(key)),
    delete: (key) => later(() => texts.delete(key)),
    values: (prefix) =>
      later(() => [...texts].flatMap(([key, text]) => (key.startsWith(prefix) ? [text] : []))),
  };
};

const databases = new Map<string, KeyValue>();

testStore("keyValueStore(database)", ({ database, tenant }) => {
  const opened = databases.get(database) ?? mapOfTexts();
  databases.set(database, opened);
  return keyValueStore(opened, { tenant });
});

test("the README of @heed/store-testing ends in this store", () => {
  const readme = readFileSync(new URL("../../packages/store-testing/README.md", import.meta.url), "utf8");
  const source = readFileSync(new URL("custom-store.ts", import.meta.url), "utf8");
  expect(readme.endsWith(`\`\`\`ts\n${source}\`\`\`\n`)).toBe(true);
});
