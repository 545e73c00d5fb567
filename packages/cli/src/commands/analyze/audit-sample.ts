import { drawAuditSample } from "@heed/core";
import { describeAuditSample } from "../../output/describe-audit-sample.ts";
import { createAnalysis } from "./create-analysis.ts";
import { count, required } from "./option.ts";

/** `heed analyze audit-sample`: which requests should somebody judge? */
export const auditSampleCommand = createAnalysis({
  usage: ["heed analyze audit-sample --store STORE --n N [options]"],
  summary: "draw requests by chance, to have somebody judge them",
  says: "Draws a random sample of the logged requests, voted on or not, to have somebody judge them: what heed analyze satisfaction needs to say what the silent think. The same seed draws the same requests.",
  options: {
    n: required(count("how many requests to draw")),
    seed: count("another seed draws another sample (default: 1)"),
  },
  ask: drawAuditSample,
  describe: describeAuditSample,
});
