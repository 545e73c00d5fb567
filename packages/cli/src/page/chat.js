import { element } from "./element.js";
import { nameRequest, showHistory, showSummary, startStream } from "./panel.js";

const log = document.getElementById("log");
const composer = document.getElementById("composer");
const input = document.getElementById("message");
const failure = document.getElementById("failure");

/** The answers on this page, by request id. */
const answers = new Map();

const select = (requestId) => {
  for (const [id, { article, button }] of answers) {
    article.classList.toggle("selected", id === requestId);
    button.setAttribute("aria-pressed", String(id === requestId));
  }
  showSummary(requestId);
};

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Lets a text appear word by word, as a model would write it, or at once for those who want no motion. */
const type = async (paragraph, text) => {
  if (!matchMedia("(prefers-reduced-motion: reduce)").matches) {
    for (const word of text.split(/(?<= )/)) {
      paragraph.textContent += word;
      log.scrollTop = log.scrollHeight;
      await wait(25);
    }
  }
  paragraph.textContent = text;
};

const showAnswer = async ({ requestId, text }) => {
  const name = `answer ${answers.size + 1}`;
  nameRequest(requestId, name);

  const button = element("button", "quiet", "Summary");
  button.type = "button";
  button.setAttribute("aria-label", `Summary of ${name}`);
  button.addEventListener("click", () => select(requestId));
  const heading = element("div", "heading");
  heading.append(element("h3", "", name), button);
  const paragraph = element("p");
  const article = element("article", "answer");
  article.append(heading, paragraph);
  // Told to screen readers once it is whole.
  article.setAttribute("aria-busy", "true");
  log.append(article);
  answers.set(requestId, { article, button });
  select(requestId);

  await type(paragraph, text);
  article.setAttribute("aria-busy", "false");
  const widget = element("heed-feedback");
  widget.setAttribute("request-id", requestId);
  widget.setAttribute("endpoint", "/v1/feedback");
  article.append(widget);
  log.scrollTop = log.scrollHeight;
};

const ask = async (message) => {
  document.getElementById("welcome")?.remove();
  failure.textContent = "";
  log.append(element("p", "question", message));
  try {
    const response = await fetch("/chat", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ message }),
    });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    await showAnswer(await response.json());
  } catch {
    failure.textContent = "The demo's server did not answer. Is it still running?";
  }
};

let asking = Promise.resolve();

/** One question at a time: what is asked meanwhile waits its turn. */
const enqueue = (message) => {
  asking = asking.then(() => ask(message));
};

composer.addEventListener("submit", (event) => {
  event.preventDefault();
  const message = input.value.trim();
  input.value = "";
  if (message) enqueue(message);
});

const showSuggestions = (questions) => {
  for (const question of questions) {
    const button = element("button", "", question);
    button.type = "button";
    button.addEventListener("click", () => enqueue(question));
    const item = document.createElement("li");
    item.append(button);
    document.getElementById("suggestions").append(item);
  }
};

const readOverview = async () => (await fetch("/overview")).json();

/** The history takes the demo's server a few seconds. */
const awaitHistory = async () => {
  await wait(1000);
  const { history } = await readOverview().catch(() => ({ history: null }));
  return history ?? awaitHistory();
};

const overview = await readOverview();
showSuggestions(overview.suggestions);
startStream((requestId) => answers.has(requestId) && select(requestId));
showHistory(overview.history ?? (await awaitHistory()));
