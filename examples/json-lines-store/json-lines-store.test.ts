import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { testStore } from "@heed/store-testing";
import { afterAll, expect, test } from "vitest";
import { jsonLinesStore } from "./json-lines-store.ts";

const folder = mkdtempSync(join(tmpdir(), "heed-json-lines-"));
afterAll(() => rmSync(folder, { recursive: true }));

testStore("jsonLinesStore(folder)", ({ database, tenant }) =>
  jsonLinesStore(join(folder, database), { tenant }),
);

const fileOf = (name: string) => join(folder, "tenant=default", name);

test("a line that a crash cut off is cut away, and what is appended afterwards is whole", async () => {
  const change = { id: "01JD9Z0000000000000000000A", timestamp: new Date(0), change: "prompt" };
  const line = `${JSON.stringify(change, ["change", "id", "timestamp"])}\n`;
  for (const answer of ["stored", "duplicate"]) {
    const store = jsonLinesStore(folder);
    expect(await store.appendChanges([change])).toEqual([answer]);
    expect(readFileSync(fileOf("changes.jsonl"), "utf8")).toBe(line);
    await store.close();
    appendFileSync(fileOf("changes.jsonl"), line.slice(0, 20));
  }
});

test("a process that runs keeps others out, and one that is gone does not", async () => {
  const lockOf = (pid: number) => fileOf(`${pid}.0@${hostname()}.lock`);
  writeFileSync(lockOf(process.ppid), "");
  await expect(jsonLinesStore(folder).setup?.()).rejects.toMatchObject({ code: "STORE_FAILED" });
  rmSync(lockOf(process.ppid));
  // More than any system gives.
  writeFileSync(lockOf(2 ** 30), "");
  await jsonLinesStore(folder).setup?.();
});
