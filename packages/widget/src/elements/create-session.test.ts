import { feedbackEventSchema } from "@heed/schema";
import { expect, test } from "vitest";
import { createFeedback } from "../create-feedback.ts";
import type { RecordedFeedback } from "../feedback-event.ts";
import { createSession } from "./create-session.ts";

/** A session whose server takes everything, or refuses everything. */
const setUp = (status: 200 | 400 = 200) => {
  const events: RecordedFeedback[] = [];
  const client = createFeedback({
    endpoint: "https://heed.test/v1/feedback",
    transport: {
      send: async ({ body }) => {
        const batch = JSON.parse(body) as { events: RecordedFeedback[] };
        const results = batch.events.map(({ id }) => ({ id, status: "stored" }));
        return Response.json({ results }, { status });
      },
    },
  });
  const session = createSession(client, "r1", (event) => events.push(event));
  return { session, events, client };
};

const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

test("what is said, changed and taken back becomes events of the wire format", () => {
  const { session, events } = setUp();
  session.say("thumb", { direction: "up", reasons: [] });
  session.say("thumb", { direction: "down", reasons: ["incorrect"] });
  session.say("thumb", undefined);
  session.say("rating", 5);
  session.say("rating", undefined);
  session.say("comment", "text");
  session.say("comment", undefined);
  const parsed = events.map((event) => feedbackEventSchema.parse(event));
  expect(parsed.map((event) => [event.type, event.value, "reasons" in event && event.reasons])).toEqual([
    ["explicit_thumbs_up", true, false],
    ["explicit_thumbs_down", true, ["incorrect"]],
    ["explicit_retraction", "thumb", false],
    ["explicit_rating", 5, false],
    ["explicit_retraction", "rating", false],
    ["explicit_text_comment", "text", false],
    ["explicit_retraction", "comment", false],
  ]);
});

test("the user is told what became of the vote, and nothing while it is under way", async () => {
  const { session } = setUp();
  session.say("rating", 5);
  expect(session.news).toBe(undefined);
  await settled();
  expect(session.news?.text).toBe("stored");
  session.say("rating", undefined);
  expect(session.news).toBe(undefined);
  await settled();
  expect(session.news?.text).toBe("takenBack");
});

test("a vote that was dropped is not shown any more and can be repeated", async () => {
  const { session, events } = setUp(400);
  session.say("rating", 5);
  await settled();
  expect(session.said.rating).toBe(undefined);
  expect(session.news?.text).toBe("notSent");
  session.news?.again?.();
  expect(events.map(({ value }) => value)).toEqual([5, 5]);
});

test("painters are called at once, and after every change while it is open", () => {
  const { session } = setUp();
  let painted = 0;
  session.watch(() => painted++);
  session.open();
  session.say("rating", 1);
  expect(painted).toBe(3);
  session.close();
  session.say("rating", 2);
  expect(painted).toBe(3);
  session.open();
  expect(painted).toBe(4);
});

test("two sessions of one request agree, and each tells of its own events and news alone", async () => {
  const { session, events, client } = setUp();
  const other = createSession(client, "r1", () => expect.unreachable());
  session.say("rating", 4);
  await settled();
  expect(other.said.rating).toBe(4);
  expect(events).toHaveLength(1);
  expect([session.news?.text, other.news]).toEqual(["stored", undefined]);
});

test("without a request or a client there is nothing to vote on", () => {
  expect(createSession(undefined, "r1", () => {}).ready).toBe(false);
  expect(createSession({ record: () => expect.unreachable() }, "", () => {}).ready).toBe(false);
});
