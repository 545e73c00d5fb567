import type { Anomalies, AnomalousRequest } from "@heed/core";
import { describeRequest } from "./describe-request.ts";
import {
  formatCount,
  formatCounted,
  formatNumber,
  formatPercent,
  formatPercentInterval,
  intervalHeading,
} from "./format-number.ts";
import { lines, paragraphs } from "./paragraphs.ts";

const title = "Disliked requests with prompts unlike the ordinary ones";

/** What `flagAnomalousRequests` found, as text for people: the requests, and how little that may mean. */
export const describeAnomalies = (answer: Anomalies): string => {
  const trust = answer.signal === "weak_lexical" ? weak : null;
  if (answer.verdict === "not_enough_data")
    return paragraphs([
      lines([
        title,
        `Not enough data: ${formatCounted(answer.have, "logged prompt")}, of ${formatCount(answer.needed)} needed.`,
      ]),
    ]);
  const { requests, anomalous } = answer;
  return paragraphs([
    lines([title, headlineOf(answer), meaningOf(answer)]),
    requests.length === 0
      ? null
      : `The furthest from the ordinary prompts${requests.length < anomalous ? ` (${formatCount(requests.length)} of ${formatCount(anomalous)})` : ""}:`,
    ...requests.map(describeAnomaly),
    trust,
  ]);
};

type Judged = Exclude<Anomalies, { readonly verdict: "not_enough_data" }>;

const headlineOf = ({ n, disliked, anomalous, ci, reference }: Judged): string => {
  if (ci === null) return "None: users dislike no request with a prompt.";
  const drawn = n < disliked ? `, of ${formatCount(disliked)} in all` : "";
  return `${formatCount(anomalous)} of ${formatCounted(n, "disliked request")}${drawn} (${formatPercent(anomalous / n)}, ${intervalHeading()} ${formatPercentInterval(ci)}), against ${formatCounted(reference, "ordinary prompt")} of which 1 % are as far from the others.`;
};

const meaningOf = ({ moreThanOrdinary, anomalous }: Judged): string | null =>
  moreThanOrdinary
    ? "Unusual prompts are disliked more often than others."
    : anomalous > 0
      ? "That is no more than among ordinary prompts: these are rare, and that is all that is known of them."
      : null;

const describeAnomaly = (request: AnomalousRequest): string => {
  const { requestId, distance, percentile, humanScore, votes } = request;
  const said = `users ${humanScore.toFixed(1)} of 5 (${formatCounted(votes.length, "vote")})`;
  return describeRequest(
    requestId,
    [
      "distance",
      `${formatNumber(distance)}, further than ${formatPercent(percentile)} of the prompts; ${said}`,
    ],
    request,
  );
};

const weak =
  "Prompts were compared by their words, a weak signal: it finds what is worded unlike the rest and little else. In code, flagAnomalousRequests takes an embedding model.";
