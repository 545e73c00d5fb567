import type { Command } from "../io.ts";
import { listCommands } from "../list-commands.ts";
import { describeWholePicture } from "../output/describe-whole-picture.ts";
import { agreementCommand } from "./analyze/agreement.ts";
import { analyseStore } from "./analyze/analyse-store.ts";
import { anomaliesCommand } from "./analyze/anomalies.ts";
import { auditSampleCommand } from "./analyze/audit-sample.ts";
import { changesCommand } from "./analyze/changes.ts";
import { contradictionsCommand } from "./analyze/contradictions.ts";
import { correlateCommand } from "./analyze/correlate.ts";
import { createAnalysis } from "./analyze/create-analysis.ts";
import { driftCommand } from "./analyze/drift.ts";
import { impactCommand } from "./analyze/impact.ts";
import { miscalibratedCommand } from "./analyze/miscalibrated.ts";
import { ratesCommand } from "./analyze/rates.ts";
import { satisfactionCommand } from "./analyze/satisfaction.ts";
import { segmentsCommand } from "./analyze/segments.ts";
import { serviceLevelsCommand } from "./analyze/service-levels.ts";
import { score } from "./analyze/shared-options.ts";
import { suspiciousCommand } from "./analyze/suspicious.ts";
import { weightsCommand } from "./analyze/weights.ts";

const subcommands: ReadonlyMap<string, Command> = new Map([
  ["correlate", correlateCommand],
  ["agreement", agreementCommand],
  ["miscalibrated", miscalibratedCommand],
  ["segments", segmentsCommand],
  ["contradictions", contradictionsCommand],
  ["rates", ratesCommand],
  ["weights", weightsCommand],
  ["satisfaction", satisfactionCommand],
  ["audit-sample", auditSampleCommand],
  ["suspicious", suspiciousCommand],
  ["anomalies", anomaliesCommand],
  ["drift", driftCommand],
  ["changes", changesCommand],
  ["impact", impactCommand],
  ["service-levels", serviceLevelsCommand],
]);

const overview = createAnalysis({
  usage: ["heed analyze --store STORE [options]", "heed analyze ANALYSIS --store STORE [options]"],
  summary: "ask a store everything: who is right, who is heard, what moved",
  says: "Says all that a store tells by itself: whether the evaluator agrees with the users and where not, whether a group is unhappy, whether groups contradict each other, whose voice is heard, what drifted, and what was changed.",
  options: { score },
  ask: analyseStore,
  describe: describeWholePicture,
});

/** `heed analyze`: the whole picture of a store, and every analysis by itself. */
export const analyzeCommand: Command = {
  ...overview,
  help: `${overview.help}
Analyses, each with options of its own (heed analyze ANALYSIS --help):

${listCommands(subcommands)}
`,
  subcommands,
};
