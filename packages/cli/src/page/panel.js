import { element } from "./element.js";

const byId = (id) => document.getElementById(id);

const words = (name) => name.replaceAll("_", " ");

const count = (number) => number.toLocaleString("en-US");

/** What the answers on this page are called, by request id. */
const names = new Map();

const nameOf = (requestId) => names.get(requestId) ?? "earlier";

/** Gives a request the name that it has wherever it is shown, now and later. */
export const nameRequest = (requestId, name) => {
  names.set(requestId, name);
  for (const about of document.querySelectorAll(".stream .about"))
    if (about.dataset.requestId === requestId) about.textContent = name;
};

/* What was recorded just now */

const mostShown = 6;

const whatWas = ({ kind, type, value, reasons, evalScores }) => {
  if (kind === "evaluation") return `answer, scripted ${evalScores?.scripted?.toFixed(2) ?? "none"}`;
  switch (type) {
    case "explicit_thumbs_up":
    case "explicit_thumbs_down":
      return [type.endsWith("up") ? "thumb up" : "thumb down", ...(reasons ?? []).map(words)].join(", ");
    case "explicit_rating":
      return `rating: ${value} of 5`;
    case "explicit_text_comment":
      return `comment: “${value}”`;
    case "explicit_retraction":
      return `${value} taken back`;
    default:
      return typeof value === "string" ? `${words(type)}: ${value}` : words(type);
  }
};

/** Shows what the server commits, newest first, and says of which answers there is new feedback. */
export const startStream = (onFeedback) => {
  const source = new EventSource("/stream");
  source.onopen = () => {
    // A new connection tells the latest records again.
    byId("stream").replaceChildren();
    byId("connection").textContent = "Live.";
  };
  source.onerror = () => {
    byId("connection").textContent = "Not connected.";
  };
  source.onmessage = ({ data }) => {
    const appended = JSON.parse(data);
    const about = element("span", "about", nameOf(appended.requestId));
    about.dataset.requestId = appended.requestId;
    const time = element("time", "", new Date(appended.timestamp).toLocaleTimeString("en-GB"));
    const item = element("li");
    item.append(time, element("span", "what", whatWas(appended)), about);
    byId("stream").prepend(item);
    byId("stream").children[mostShown]?.remove();
    if (appended.kind === "feedback") onFeedback(appended.requestId);
  };
};

/* The summary of one answer */

const listed = (counts) =>
  Object.entries(counts)
    .filter(([, times]) => times > 0)
    .map(([name, times]) => (times === 1 ? words(name) : `${words(name)} ${times}×`))
    .join(", ") || "none";

const rowsOf = (summary) => [
  ["Thumbs", `${summary.thumbsUp} up, ${summary.thumbsDown} down`],
  ["Reasons", listed(summary.reasons)],
  ["Rating", summary.avgRating === null ? "none" : `${summary.avgRating.toFixed(1)} of 5`],
  ["Comments", summary.comments.map(({ text }) => `“${text}”`).join(" ") || "none"],
  ["Human score", summary.humanScore === null ? "no vote yet" : `${summary.humanScore.toFixed(1)} of 5`],
  ["Used", listed(summary.usageIndicators)],
  ["Thrown away", listed(summary.discards)],
];

let asked = "";

/** Shows the summary of one request as it is in the store now. */
export const showSummary = async (requestId) => {
  asked = requestId;
  const response = await fetch(`/summary/${encodeURIComponent(requestId)}`);
  if (!response.ok) return;
  const summary = await response.json();
  // Another one may have been asked for meanwhile.
  if (asked !== requestId) return;
  byId("selected").textContent = nameOf(requestId);
  byId("summary-note").textContent = "Standing votes: one thumb and one rating a user, unless taken back.";
  byId("summary").replaceChildren(
    ...rowsOf(summary).flatMap(([term, text]) => [element("dt", "", term), element("dd", "", text)]),
  );
};

/* The simulated history */

/** An interval with its estimate, and the truth as a ring, on an axis from `low` to `high`. */
const drawInterval = ({ estimate, interval, truth, low, high }) => {
  const draw = (name, className, attributes) => {
    const shape = document.createElementNS("http://www.w3.org/2000/svg", name);
    shape.setAttribute("class", className);
    for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, value);
    return shape;
  };
  const at = (value) => `${((value - low) / (high - low)) * 100}%`;
  const svg = draw("svg", "", { "aria-hidden": "true" });
  svg.append(
    draw("line", "axis", { x1: "0", x2: "100%", y1: "50%", y2: "50%" }),
    draw("line", "zero", { x1: at(0), x2: at(0), y1: "15%", y2: "85%" }),
    draw("line", "interval", { x1: at(interval[0]), x2: at(interval[1]), y1: "50%", y2: "50%" }),
    draw("circle", "estimate", { cx: at(estimate), cy: "50%", r: "4.5" }),
    draw("circle", "truth", { cx: at(truth), cy: "50%", r: "7" }),
  );
  return svg;
};

const finding = ({ title, verdict, estimate, interval, truth, low, high }) => {
  const made = element("div", "finding");
  const figures =
    estimate === undefined
      ? words(verdict)
      : `${estimate.toFixed(3)}, interval ${interval[0].toFixed(3)} to ${interval[1].toFixed(3)}; truth ${truth.toFixed(3)}`;
  made.append(element("p", "", title));
  if (estimate !== undefined) made.append(drawInterval({ estimate, interval, truth, low, high }));
  made.append(element("p", "figures", figures));
  return made;
};

const correlationFinding = (title, { verdict, spearman }, truth) =>
  finding({
    title,
    verdict,
    estimate: spearman?.r,
    interval: spearman?.ci,
    truth: truth.spearman,
    low: -1,
    high: 1,
  });

const impactFinding = (title, { verdict, difference, ci }, { truth, low, high }) =>
  finding({ title, verdict, estimate: ci ? difference : undefined, interval: ci, truth, low, high });

/** Shows what the analyses say of the simulated history, beside the truth that it was built with. */
export const showHistory = ({ requests, voted, byRequest, byTopic, impact, truth, loop }) => {
  byId("history-note").textContent =
    `${count(requests)} requests that never happened, ${count(voted)} of them with feedback. A dot and its bar are what the analysis says; the ring is the truth that the simulation was built with.`;
  const { topic, score, vote } = truth.overpraised;
  byId("history").append(
    correlationFinding("Votes against the judge’s score, by request (Spearman)", byRequest, truth.byRequest),
    correlationFinding("The same, by topic", byTopic, truth.byTopic),
    impactFinding("What the new prompt did to the score", impact, {
      truth: truth.scoreEffect,
      low: -0.12,
      high: 0.12,
    }),
    element(
      "p",
      "note",
      `Built in: the judge over-praises answers about ${topic}. It gives them ${score.toFixed(2)} of 1; all users together would give ${vote.toFixed(1)} of 5.`,
    ),
  );
  showLoop(loop, topic);
};

/** Shows what came of acting on it. */
const showLoop = ({ surest, retraining, repair }, topic) => {
  byId("loop-note").textContent = [
    `Of the ${surest.listed} surest answers that the judge likes and users do not, ${surest.aboutOverpraised} are about ${topic}.`,
    repair
      ? `Trained on the votes on ${count(retraining.n)} answers, an evaluator proved itself on some that it never saw. It was promoted, and for two weeks had a person write what it called bad: ${count(repair.handedOver)} of ${count(repair.requests)} answers.`
      : `These weeks do not prove a better evaluator (${words(retraining.verdict)}): nothing was promoted.`,
  ].join(" ");
  if (!repair) return;
  const { gain } = retraining;
  byId("loop").append(
    finding({
      title: "What retraining gained, in Brier score",
      verdict: retraining.verdict,
      estimate: gain.value,
      interval: gain.ci,
      truth: repair.truth.brierGain,
      low: -0.15,
      high: 0.15,
    }),
    impactFinding(`How what users say of ${topic} changed (of 5)`, repair.impact, {
      truth: repair.truth.voteEffect,
      low: -4,
      high: 4,
    }),
  );
};
