import type { WholePicture } from "../commands/analyze/analyse-store.ts";
import { describeAgreement } from "./describe-agreement.ts";
import { describeChanges } from "./describe-changes.ts";
import { describeContradictions } from "./describe-contradictions.ts";
import { describeCorrelationTable } from "./describe-correlation-table.ts";
import { describeDrifts } from "./describe-drifts.ts";
import { describeFeedbackRates } from "./describe-feedback-rates.ts";
import { describeMiscalibration } from "./describe-miscalibration.ts";
import { describeSatisfaction } from "./describe-satisfaction.ts";
import { describeSegments } from "./describe-segments.ts";

/** What all analyses say of a store, as text for people: a section for each question. */
export const describeWholePicture = (answers: WholePicture): string => {
  const { correlations, agreement, miscalibrated, segments, contradictions } = answers;
  const { rates, satisfaction, drift, changes } = answers;
  return [
    section(
      "Does the evaluator agree with the users?",
      describeCorrelationTable(correlations),
      describeAgreement(agreement),
    ),
    section("Where does it not?", describeMiscalibration(firstOf(miscalibrated))),
    section("Is a group unhappy?", describeSegments(segments)),
    section(
      "Do groups contradict each other?",
      describeContradictions(contradictions.byRequest),
      describeContradictions(contradictions.byPromptVersion),
    ),
    section("Whose voice do we hear?", describeFeedbackRates(rates), describeSatisfaction(satisfaction)),
    section("Has something drifted?", describeDrifts(Object.values(drift))),
    section("What was changed?", describeChanges(changes)),
  ].join("\n\n");
};

const section = (question: string, ...answers: readonly string[]): string =>
  `${question}\n${"=".repeat(question.length)}\n\n${answers.map((answer) => `${answer.trimEnd()}\n`).join("\n")}`;

/** As many as show what they are like. */
const mostOutputs = 3;

const firstOf = (answer: WholePicture["miscalibrated"]): WholePicture["miscalibrated"] =>
  "outputs" in answer ? { ...answer, outputs: answer.outputs.slice(0, mostOutputs) } : answer;
