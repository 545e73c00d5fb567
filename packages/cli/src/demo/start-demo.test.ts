import { type FeedbackSummary, memoryStore } from "@heed/core";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Demo, startDemo } from "./start-demo.ts";
import type { Appended } from "./tap-store.ts";

let demo: Demo;
beforeEach(async () => {
  demo = await startDemo(memoryStore(), 0);
});
afterEach(() => demo.close());

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${demo.url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });

const ask = async (message: string) =>
  (await (await post("/chat", { message })).json()) as { requestId: string; text: string };

const vote = (requestId: string, metadata: object = {}) =>
  post("/v1/feedback", {
    events: [{ requestId, userId: "u", type: "explicit_thumbs_up", value: true, metadata }],
  });

/** The next items of the live stream. */
const nextItems = async (stream: Response, wanted: number): Promise<Appended[]> => {
  const items: Appended[] = [];
  const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while (items.length < wanted) {
    text += (await reader.read()).value ?? "";
    const messages = text.split("\n\n");
    text = messages.pop()!;
    items.push(...messages.map((message) => JSON.parse(message.replace(/^data: /, ""))));
  }
  await reader.cancel();
  return items;
};

test("every file of the page comes under a policy that allows no inline script or style", async () => {
  for (const [path, type] of [
    ["/", "text/html"],
    ["/style.css", "text/css"],
    ["/chat.js", "text/javascript"],
    ["/element.js", "text/javascript"],
    ["/panel.js", "text/javascript"],
  ] as const) {
    const response = await fetch(`${demo.url}${path}`);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe(`${type}; charset=utf-8`);
    expect(response.headers.get("content-security-policy")).toMatch(
      /^default-src 'none'; script-src 'self'; /,
    );
  }
  const html = await (await fetch(demo.url)).text();
  expect(html).not.toMatch(/<style|style=|<script(?![^>]* src=)|\son\w+=/);
});

test("paths beside the page's files are not found", async () => {
  for (const path of ["/package.json", "/..%2fpackage.json", "/page/index.html", "/__proto__"])
    expect((await fetch(`${demo.url}${path}`)).status).toBe(404);
});

test("an answer is logged under its request id, and votes on it are summed up", async () => {
  const { requestId, text } = await ask("When are you open?");
  expect(text).toContain("Tuesday to Saturday");
  expect((await vote(requestId)).status).toBe(200);
  const summary = (await (await fetch(`${demo.url}/summary/${requestId}`)).json()) as FeedbackSummary;
  expect(summary).toMatchObject({ requestId, thumbsUp: 1, thumbsDown: 0, humanScore: 5 });
});

test("the live stream tells what is new in the store, and nothing that is simulated or a repetition", async () => {
  const stream = await fetch(`${demo.url}/stream`);
  const { requestId } = await ask("Which frame size fits me?");
  await vote("sim-1", { simulated: true });
  await vote(requestId);
  expect(await nextItems(stream, 2)).toMatchObject([
    { kind: "evaluation", requestId, evalScores: { scripted: 0.9 } },
    { kind: "feedback", requestId, type: "explicit_thumbs_up" },
  ]);
  // Who comes later is told the latest again.
  const later = await fetch(`${demo.url}/stream`);
  expect(await nextItems(later, 2)).toMatchObject([{ kind: "evaluation" }, { kind: "feedback" }]);
});

test("a message that is none is refused, and nothing is logged", async () => {
  const stream = await fetch(`${demo.url}/stream`);
  for (const body of [null, {}, { message: 1 }, { message: "" }, { message: "x".repeat(9_000) }])
    expect((await post("/chat", body)).status).toBe(400);
  const { requestId } = await ask("hello");
  expect(await nextItems(stream, 1)).toMatchObject([{ requestId }]);
});

test("evaluations and summaries of heed's own endpoint need the server key", async () => {
  const records = { records: [{ requestId: "r" }] };
  expect((await post("/v1/evaluations", records)).status).toBe(401);
  const authorization = `Bearer ${demo.serverKey}`;
  expect((await post("/v1/evaluations", records, { authorization })).status).toBe(200);
  expect((await fetch(`${demo.url}/v1/requests/r/summary`)).status).toBe(401);
});
