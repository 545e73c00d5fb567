import { feedbackBatchSchema } from "@heed/schema";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { createFeedback, type FeedbackOptions } from "./create-feedback.ts";
import type { RecordedFeedback } from "./feedback-event.ts";
import type { FeedbackProblem } from "./feedback-problem.ts";

const endpoint = "https://heed.test/v1/feedback";
const network = setupServer();
beforeAll(() => network.listen({ onUnhandledFrame: "error" }));
afterEach(() => network.resetHandlers());
afterAll(() => network.close());

type Answer = (events: readonly RecordedFeedback[]) => Response;

const results = (events: readonly RecordedFeedback[], refused: readonly string[] = []) =>
  events.map(({ id, requestId }) =>
    refused.includes(requestId)
      ? { id, status: "rejected", code: "INVALID_EVENT", issues: [{ path: "value", message: "too long" }] }
      : { id, status: "stored" },
  );
const store: Answer = (events) => HttpResponse.json({ results: results(events) });
const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  () =>
    HttpResponse.json({ error: { code: "INTERNAL", message: "no" } }, { status: code, headers });

/** A client whose server answers as told, in turn, the last answer again and again; time passes on demand. */
const setUp = (answers: readonly Answer[], options: Partial<FeedbackOptions> = {}) => {
  const seen = {
    requests: [] as Request[],
    bodies: [] as string[],
    batches: [] as RecordedFeedback[][],
    problems: [] as FeedbackProblem[],
    drops: [] as (readonly [string, number])[],
    delays: [] as number[],
  };
  const tasks = new Set<() => void>();
  let turn = 0;
  network.use(
    http.post(endpoint, async ({ request }) => {
      seen.requests.push(request.clone());
      const body = await request.text();
      seen.bodies.push(body);
      const { events } = JSON.parse(body) as { events: RecordedFeedback[] };
      seen.batches.push(events);
      const answer = answers[Math.min(turn++, answers.length - 1)] as Answer;
      return answer(events);
    }),
  );
  const feedback = createFeedback({
    endpoint,
    userId: "u_1",
    onError: (problem) => seen.problems.push(problem),
    onDrop: (reason, count) => seen.drops.push([reason, count]),
    random: () => 0.5,
    schedule: (task, delayMs) => {
      seen.delays.push(delayMs);
      tasks.add(task);
      return () => tasks.delete(task);
    },
    ...options,
  });
  const passTime = () => {
    for (const task of tasks) task();
  };
  return { feedback, passTime, requestIds: () => seen.batches.map(idsOf), tasks, ...seen };
};

const idsOf = (events: readonly RecordedFeedback[]) => events.map(({ requestId }) => requestId);

/** Resolves when a condition holds that something on the network brings about. */
const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 0));
};

test("every vote arrives as the wire format has it, with its id, its user and its time", async () => {
  const { feedback, batches, requests } = setUp([store], { metadata: { userCohort: "beta" } });
  const receipts = [
    feedback.thumbUp("r1"),
    feedback.thumbDown("r1", { reasons: ["incorrect", "slow"] }),
    feedback.rate("r1", 4),
    feedback.comment("r1", "☃"),
    feedback.retract("r1", "thumb"),
    feedback.record({ requestId: "r1", type: "implicit_usage", value: "copied", metadata: { part: "code" } }),
  ];
  expect(await Promise.all(receipts)).toEqual(Array(6).fill("stored"));
  expect(batches).toEqual([receipts.map(({ event }) => event)]);
  const { events } = feedbackBatchSchema.parse({ events: batches[0] });
  expect(events.map(({ type, value, userId }) => [type, value, userId])).toEqual([
    ["explicit_thumbs_up", true, "u_1"],
    ["explicit_thumbs_down", true, "u_1"],
    ["explicit_rating", 4, "u_1"],
    ["explicit_text_comment", "☃", "u_1"],
    ["explicit_retraction", "thumb", "u_1"],
    ["implicit_usage", "copied", "u_1"],
  ]);
  expect(events[5]?.metadata).toEqual({ userCohort: "beta", part: "code" });
  const ids = events.map(({ id }) => id);
  expect([...new Set(ids)].sort()).toEqual(ids);
  expect(requests[0]?.headers.get("content-type")).toMatch(/^text\/plain/);
});

test("an acknowledged vote is sent once, and a duplicate is acknowledged", async () => {
  const duplicate: Answer = ([event]) =>
    HttpResponse.json({ results: [{ id: event?.id, status: "duplicate" }] });
  const { feedback, batches } = setUp([duplicate]);
  expect(await feedback.thumbUp("r1")).toBe("stored");
  await feedback.flush();
  expect(batches).toHaveLength(1);
});

test("a visitor without a name is one visitor for as long as the client lives", async () => {
  const visitors = [];
  for (const userId of ["", undefined]) {
    const { feedback, batches } = setUp([store], { userId });
    await Promise.all([feedback.thumbUp("r1"), feedback.rate("r2", 5)]);
    expect(batches[0]?.[0]?.userId).toMatch(/^anonymous:[0-9A-Z]{26}$/);
    visitors.push(...batches.flat().map((event) => event.userId));
  }
  expect(visitors).toHaveLength(4);
  expect(new Set(visitors).size).toBe(2);
});

test("a clock that is set back does not make a later vote an earlier one", async () => {
  const times = [2000, 1000];
  const { feedback } = setUp([store], { now: () => times.shift() ?? 1000 });
  const [first, second] = [feedback.thumbUp("r1"), feedback.thumbDown("r1")];
  expect(second.event.timestamp).toBe(first.event.timestamp);
  expect(second.event.id > first.event.id).toBe(true);
  await second;
});

test.each([408, 425, 429, 500, 502, 503, 504])("after a %i the same bytes are sent again", async (code) => {
  const { feedback, passTime, bodies, delays, problems } = setUp([status(code), status(code), store]);
  const receipt = feedback.thumbUp("r1");
  await until(() => delays.length === 1);
  passTime();
  await until(() => delays.length === 2);
  passTime();
  expect(await receipt).toBe("stored");
  expect(bodies).toEqual(Array(3).fill(bodies[0]));
  expect(delays).toEqual([500, 1000]);
  expect(problems).toMatchObject(Array(2).fill({ code: "unavailable", status: code }));
});

test("without a network the vote is kept and sent again", async () => {
  const { feedback, passTime, bodies, delays, problems } = setUp([() => HttpResponse.error(), store]);
  const receipt = feedback.thumbUp("r1");
  await until(() => delays.length === 1);
  expect(problems).toMatchObject([{ code: "network", cause: expect.any(Error) }]);
  passTime();
  expect(await receipt).toBe("stored");
  expect(bodies[1]).toBe(bodies[0]);
});

test("an answer that takes too long is no answer", async () => {
  const never: Answer = () => new HttpResponse(new ReadableStream());
  const { feedback, delays, problems } = setUp([never], { timeoutMs: 20 });
  feedback.thumbUp("r1");
  await until(() => delays.length === 1);
  expect(problems).toHaveLength(1);
});

test("what is said while nobody answers waits for the next attempt and travels along", async () => {
  const { feedback, passTime, requestIds, delays } = setUp([status(503), store]);
  feedback.thumbUp("r1");
  await until(() => delays.length === 1);
  const receipt = feedback.thumbUp("r2");
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(requestIds()).toEqual([["r1"]]);
  passTime();
  await receipt;
  expect(requestIds()).toEqual([["r1"], ["r1", "r2"]]);
});

test.each([
  ["in seconds", "60"],
  ["as a date", "Mon, 23 Nov 2026 12:01:00 GMT"],
])("a Retry-After %s is waited for, even by flush", async (_form, header) => {
  let time = Date.parse("2026-11-23T12:00:00.000Z");
  const answers = [status(429, { "retry-after": header }), store];
  const { feedback, batches, delays } = setUp(answers, { now: () => time });
  const receipt = feedback.thumbUp("r1");
  await until(() => delays.length === 1);
  expect(delays).toEqual([60_000]);
  time += 59_999;
  await feedback.flush();
  expect(batches).toHaveLength(1);
  time += 1;
  await feedback.flush();
  expect(await receipt).toBe("stored");
});

test("flush does not wait for the back-off", async () => {
  const { feedback, delays } = setUp([status(503), store]);
  const receipt = feedback.thumbUp("r1");
  await until(() => delays.length === 1);
  await feedback.flush();
  expect(await receipt).toBe("stored");
});

test("a batch that is too large is halved until it fits, and an event too large by itself is dropped", async () => {
  const small: Answer = (events) =>
    events.length > 2 || idsOf(events).includes("huge") ? status(413)(events) : store(events);
  const { feedback, requestIds, drops, problems } = setUp([small]);
  const receipts = ["a", "b", "huge", "c", "d"].map((requestId) => feedback.comment(requestId, "text"));
  expect(await Promise.all(receipts)).toEqual(["stored", "stored", "dropped", "stored", "stored"]);
  expect(requestIds().map((ids) => ids.join())).toEqual([
    "a,b,huge,c,d",
    "a,b",
    "huge,c,d",
    "huge",
    "c",
    "d",
  ]);
  expect(drops).toEqual([["too_large", 1]]);
  expect(problems).toMatchObject([{ code: "too_large", status: 413 }]);
});

test("a rejected event is dropped and reported, and does not hold up the others", async () => {
  const refuse: Answer = (events) => HttpResponse.json({ results: results(events, ["bad"]) });
  const { feedback, batches, drops, problems } = setUp([refuse]);
  const receipts = ["r1", "bad", "r2"].map((requestId) => feedback.comment(requestId, "text"));
  expect(await Promise.all(receipts)).toEqual(["stored", "dropped", "stored"]);
  expect(batches).toHaveLength(1);
  expect(drops).toEqual([["rejected", 1]]);
  expect(problems).toMatchObject([
    { code: "rejected", answer: { code: "INVALID_EVENT", issues: [{ path: "value" }] } },
  ]);
});

test("an event whose id belongs to another one is dropped", async () => {
  const conflict: Answer = ([event]) =>
    HttpResponse.json({ results: [{ id: event?.id, status: "conflict" }] });
  const { feedback, drops } = setUp([conflict]);
  expect(await feedback.thumbUp("r1")).toBe("dropped");
  expect(drops).toEqual([["rejected", 1]]);
});

test("a batch that the server cannot read is halved until the event is found that it minds", async () => {
  const picky: Answer = (events) =>
    idsOf(events).includes("poisoned") ? status(400)(events) : store(events);
  const { feedback, drops, problems } = setUp([picky]);
  const receipts = ["a", "b", "poisoned", "c"].map((requestId) => feedback.comment(requestId, "text"));
  expect(await Promise.all(receipts)).toEqual(["stored", "stored", "dropped", "stored"]);
  expect(drops).toEqual([["refused", 1]]);
  expect(problems).toMatchObject([{ code: "refused", status: 400 }]);
});

test.each([404, 405, 415])("a %i drops the batch and is reported", async (code) => {
  const { feedback, drops, problems } = setUp([status(code), store]);
  const receipts = [feedback.thumbUp("r1"), feedback.rate("r1", 3)];
  expect(await Promise.all(receipts)).toEqual(["dropped", "dropped"]);
  expect(drops).toEqual([["refused", 2]]);
  expect(problems).toMatchObject([{ code: "refused", status: code, answer: { message: "no" } }]);
  expect(await feedback.thumbUp("r2")).toBe("stored");
});

test.each([401, 403])("a %i pauses until flush, and nothing is lost", async (code) => {
  const tokens = ["old", "new"];
  const { feedback, requests, requestIds, problems, delays } = setUp([status(code), store], {
    headers: () => ({ authorization: `Bearer ${tokens.shift()}` }),
  });
  const early = feedback.thumbUp("r1");
  await until(() => problems.length === 1);
  const late = feedback.thumbUp("r2");
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(requestIds()).toEqual([["r1"]]);
  expect(problems).toMatchObject([{ code: "unauthorized", status: code }]);
  expect(delays).toEqual([]);
  await feedback.flush();
  expect(await Promise.all([early, late])).toEqual(["stored", "stored"]);
  expect(requests.map(({ headers }) => headers.get("authorization"))).toEqual(["Bearer old", "Bearer new"]);
});

test.each([
  ["the page of a captive portal", () => HttpResponse.html("<h1>Welcome to our hotel</h1>")],
  ["an empty 204", () => new HttpResponse(null, { status: 204 })],
  ["null", () => HttpResponse.json(null)],
  ["fewer results than events", () => HttpResponse.json({ results: [] })],
  ["results about other events", () => HttpResponse.json({ results: [{ id: "other", status: "stored" }] })],
  ["an empty result", () => HttpResponse.json({ results: [null] })],
] satisfies [string, Answer][])("%s acknowledges nothing", async (_what, answer) => {
  const { feedback, passTime, batches, delays, problems } = setUp([answer, store]);
  const receipt = feedback.thumbUp("r1");
  await until(() => delays.length === 1);
  expect(problems).toMatchObject([{ code: "unacknowledged" }]);
  passTime();
  expect(await receipt).toBe("stored");
  expect(batches).toHaveLength(2);
});
