import "@heed/widget/elements";
import { createFeedback } from "@heed/widget";
import { observe } from "@heed/widget/signals";

const form = document.querySelector("form")!;
const log = document.querySelector("#log")!;
const template = document.querySelector<HTMLTemplateElement>("#turn")!;
const feedback = createFeedback({ endpoint: "/v1/feedback" });

const show = (question: string, { requestId, output }: { requestId: string; output: string }): void => {
  const turn = document.importNode(template.content, true);
  const answer = turn.querySelector("p")!;
  const control = turn.querySelector("heed-feedback")!;
  const copy = turn.querySelector("button")!;
  turn.querySelector("h2")!.textContent = question;
  answer.textContent = output;

  // Votes: the element has to know which answer it is about, and who sends for it.
  control.setAttribute("request-id", requestId);
  control.client = feedback;
  log.prepend(turn);

  // Signals: how long the answer is seen and what is copied from it; the rest is yours to tell.
  const { used } = observe(answer, { client: feedback, requestId });
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(output);
    used("copied");
  });
};

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const message = String(new FormData(form).get("message"));
  form.reset();
  const response = await fetch("/chat", { method: "POST", body: JSON.stringify({ message }) });
  show(message, await response.json());
});
