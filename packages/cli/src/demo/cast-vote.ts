import type { FeedbackSummary } from "@heed/core";
import { describeSummary } from "../output/describe-summary.ts";
import type { Demo } from "./start-demo.ts";

/**
 * Does once what a visitor does on the page: asks, gets an answer, votes it down and says why. All of it goes
 * through HTTP.
 *
 * @returns The question, the answer and the summary of the request afterwards, as text for people.
 */
export const castVote = async ({ url, serverKey }: Pick<Demo, "url" | "serverKey">): Promise<string> => {
  const message = "Can I get my money back?";
  const { requestId, text } = await post<{ requestId: string; text: string }>(`${url}/chat`, { message });
  const vote = { requestId, userId: "demo-visitor" };
  await post(`${url}/v1/feedback`, {
    events: [
      { ...vote, type: "explicit_thumbs_down", value: true, reasons: ["incomplete"] },
      { ...vote, type: "explicit_text_comment", value: "It does not say how to return anything." },
    ],
  });
  const headers = { authorization: `Bearer ${serverKey}` };
  const summary = await answered<FeedbackSummary>(
    await fetch(`${url}/v1/requests/${requestId}/summary`, { headers }),
  );
  return `  asked     ${message}\n  answered  ${text}\n\n${describeSummary(summary)}`;
};

const post = async <Answer>(url: string, body: object): Promise<Answer> =>
  answered(
    await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    }),
  );

const answered = async <Answer>(response: Response): Promise<Answer> => {
  if (!response.ok) throw new Error(`The demo's server answered ${response.status}`);
  return (await response.json()) as Answer;
};
