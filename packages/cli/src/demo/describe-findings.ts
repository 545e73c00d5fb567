import { describeCorrelation } from "../output/describe-correlation.ts";
import { describeImpact } from "../output/describe-impact.ts";
import { formatNumber, formatSigned } from "../output/format-number.ts";
import { pageWidth, wrap } from "../output/wrap.ts";
import type { HistoryFindings } from "./analyse-history.ts";
import type { SimulatedTruth } from "./simulate-history.ts";

/** What the analyses say of the simulated history, each beside the truth, as text for people. */
export const describeFindings = ({ byRequest, byTopic, impact, truth }: HistoryFindings): string => {
  const { topic, score, vote } = truth.overpraised;
  const text = `SIMULATED  ${describeCorrelation(byRequest)}${correlationTruth(truth.byRequest)}
SIMULATED  ${describeCorrelation(byTopic)}${correlationTruth(truth.byTopic)}\
Built in: the judge over-praises answers about ${topic}. It gives them ${score.toFixed(2)} of 1, and all users together would give ${vote.toFixed(1)} of 5.

SIMULATED  ${describeImpact(impact)}
Truth: the new prompt moves this score by ${formatSigned(truth.scoreEffect)}, had every request been asked both ways.
`;
  return wrap(text, pageWidth);
};

const correlationTruth = ({ pearson, spearman }: SimulatedTruth["byRequest"]): string =>
  `Truth: Pearson ${formatNumber(pearson)}, Spearman ${formatNumber(spearman)}, had every user voted.\n`;
