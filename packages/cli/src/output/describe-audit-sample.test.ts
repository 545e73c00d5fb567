import { drawAuditSample } from "@heed/core";
import { expect, test } from "vitest";
import { times, votedStore } from "../voted-store.ts";
import { describeAuditSample } from "./describe-audit-sample.ts";

test("lists each drawn request on a line of its own, and what to do with them", async () => {
  const text = describeAuditSample(await drawAuditSample(await votedStore(times(40, () => ({}))), { n: 4 }));
  expect(text).toContain("Judge these 4 requests, drawn by chance from 40 (10.0 % of them; seed 1).");
  expect(text.match(/^ {2}r\d+$/gm)).toHaveLength(4);
  expect(text).toContain('Record each judgement as the score "audit"');
});

test("nothing to draw from is an answer", async () => {
  expect(describeAuditSample(await drawAuditSample(await votedStore([]), { n: 4 }))).toContain(
    "Not enough data: no request was logged.",
  );
});
