import { recordEvaluation, type Store } from "@heed/core";
import { newId } from "@heed/schema";
import { chooseAnswer } from "./prepared-answers.ts";

/**
 * Answers a message with the fitting prepared answer, and logs it under a new request id, as an application
 * does with what its model says. The score is named `scripted`, so that no analysis takes it for a judge's.
 */
export const answerMessage = async (
  store: Store,
  message: string,
): Promise<{ readonly requestId: string; readonly text: string }> => {
  const { topic, text, score } = chooseAnswer(message);
  const requestId = `demo-${newId()}`;
  await recordEvaluation(store, {
    requestId,
    prompt: message,
    output: text,
    evalScores: { scripted: score },
    evaluator: { name: "scripted" },
    model: "scripted",
    metadata: { scripted: true, topic },
  });
  return { requestId, text };
};
