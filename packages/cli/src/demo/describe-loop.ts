import type { Influence } from "@heed/core";
import { describeImpact } from "../output/describe-impact.ts";
import { describeMiscalibration } from "../output/describe-miscalibration.ts";
import { describeRetraining } from "../output/describe-retraining.ts";
import { formatCount, formatNumber, formatPercent, formatSigned } from "../output/format-number.ts";
import { pageWidth, wrap } from "../output/wrap.ts";
import { printable } from "../printable.ts";
import type { LoopFindings, Repair } from "./close-loop.ts";
import type { SimulatedTruth } from "./simulate-history.ts";
import { world } from "./simulated-world.ts";

const mostShown = 3;

/** What came of acting on the simulated history, each measure beside the truth, as text for people. */
export const describeLoop = (
  { miscalibration, surest, retraining, repair }: LoopFindings,
  { overpraised: { topic, share } }: SimulatedTruth,
): string => {
  const shown =
    miscalibration.verdict === "not_enough_data"
      ? miscalibration
      : { ...miscalibration, outputs: miscalibration.outputs.slice(0, mostShown) };
  const text = `SIMULATED  ${describeMiscalibration(shown)}
The judge calls good what it gives ${world.judgeThreshold} of 1 or more. Of the ${surest.listed} surest that it is too kind on, ${surest.aboutOverpraised} are about ${topic}, which are ${formatPercent(share)} of all requests.

SIMULATED  ${describeRetraining(retraining)}
${repair ? describeRepair(repair, topic) : shut}`;
  return wrap(text, pageWidth);
};

const shut = `The gate stayed shut: these weeks do not prove a better evaluator, so nothing is promoted, and the simulation ends here.
`;

const describeRepair = (repair: Repair, topic: string): string => {
  const { explanation, change, path, requests, handedOver, impact, truth } = repair;
  const goesBy =
    explanation.kind === "recalibrate"
      ? `It reads the score anew, and nothing else.`
      : `Most against an answer: ${influences(explanation.against)}. Most for it: ${influences(explanation.for)}.`;
  return `${goesBy}
Truth: on what the assistant writes in the two weeks to come, kappa is ${formatNumber(truth.kappa.judge)} for the judge and ${formatNumber(truth.kappa.evaluator)} for the new evaluator, and the Brier score gains ${formatSigned(truth.brierGain)}, had every user voted.

SIMULATED  Promoted, and in use for two more weeks
${path === null ? "An earlier run promoted it" : `In use from ${printable(path)}`}, recorded as the change "${printable(change)}".
It saw ${formatCount(requests)} answers before they were sent, and handed ${formatCount(handedOver)} to a person (${formatPercent(handedOver / requests)}).
Truth: ${rightly(truth)} A person's answers are worth ${world.personQuality.toFixed(2)} of 1.

SIMULATED  ${describeImpact(impact, { segment: { label: "topic", value: topic } })}
Truth: handing over moves what users say of ${topic} by ${formatSigned(truth.voteEffect)}, had every one of them voted, on either answer.
`;
};

const rightly = ({ rightlyHandedOver: share }: Repair["truth"]): string =>
  share === null
    ? "the assistant wrote all of them."
    : `${formatPercent(share)} of those, users would have called bad.`;

const influences = (list: readonly Influence[]): string =>
  list
    .map(({ of, value }) => (value === null ? printable(of) : `"${printable(value)}" in the ${of}`))
    .join(", ");
