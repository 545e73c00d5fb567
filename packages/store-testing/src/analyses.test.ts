import * as core from "@heed/core";
import { expect, test } from "vitest";
import { analyses } from "./analyses.ts";

/** What core exports beside questions to a store. */
const others = [
  "HeedError",
  "batchSize",
  "canonicalJson",
  "copyStore",
  "countRequests",
  "eraseUser",
  "explainEvaluator",
  "exportDataset",
  "foldFeedback",
  "foldRequest",
  "foldedTypes",
  "groupAccumulator",
  "groupCommit",
  "groupRequests",
  "isHeedError",
  "labelReader",
  "loadEvaluator",
  "matcherOf",
  "memoryStore",
  "promoteEvaluator",
  "recordAcknowledgement",
  "recordChange",
  "recordEvaluation",
  "recordFeedback",
  "recordShadowScores",
  "renderFeed",
  "requireGiven",
  "revertEvaluator",
  "scanRequests",
  "userDigest",
  "withoutFastPaths",
];

test("every analysis that core exports is among those that stores are compared by", () => {
  const compared = new Set(Object.keys(analyses).map((name) => name.split(/\W/)[0]!));
  expect([...compared, ...others].sort()).toEqual(Object.keys(core).sort());
});
