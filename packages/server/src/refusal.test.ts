import { readFileSync } from "node:fs";
import { HeedError } from "@heed/core";
import { errorCodeSchema } from "@heed/schema";
import { expect, test } from "vitest";
import { refusal } from "./refusal.ts";

test("the README says of every code what it is answered with", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const table = Object.fromEntries(
    [...readme.matchAll(/^\| `([A-Z_]+)` .*\| (\d+) +\|$/gm)].map(([, code, status]) => [
      code,
      Number(status),
    ]),
  );
  const statuses = errorCodeSchema.options.map((code) => [code, refusal(new HeedError(code, "")).status]);
  expect(table).toEqual(Object.fromEntries(statuses));
});
