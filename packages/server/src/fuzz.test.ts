import { memoryStore } from "@heed/core";
import { evaluationRecordSchema, feedbackEventSchema } from "@heed/schema";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createHandler } from "./create-handler.ts";
import { arbitraryRequest, marker, serverKey } from "./testing/arbitrary-request.ts";
import { mutate, randomFrom } from "./testing/mutate.ts";

/** Set `HEED_FUZZ_SEED` to search elsewhere, or to repeat what failed. */
const seed = Number(process.env.HEED_FUZZ_SEED ?? 20_261_123);

const answers = new Set([200, 204, 400, 401, 404, 405, 413, 415]);

const prototypes = [Object, Array, String, Number, Function].map(({ prototype }) => prototype as object);
const namesOfPrototypes = () => prototypes.map((prototype) => Reflect.ownKeys(prototype));

let store = memoryStore();
let names = namesOfPrototypes();
let failure: unknown;
const seen = new Map<number, number>();
let handler = createHandler({ store });

beforeEach(() => {
  store = memoryStore();
  names = namesOfPrototypes();
  failure = undefined;
  seen.clear();
  handler = createHandler({
    store,
    serverKeys: [serverKey],
    allowAnonymous: true,
    cors: { origins: ["https://example.com"] },
    onError: (error) => {
      failure = error;
    },
  });
});

/** Sends a request, and says what is wrong with the answer. */
const faultOf = async (request: Request): Promise<string | undefined> => {
  const response = await handler(request);
  const { status } = response;
  const body = await response.text();
  seen.set(status, (seen.get(status) ?? 0) + 1);
  if (failure !== undefined || !answers.has(status)) return `${status} ${body}, because of ${failure}`;
  const told = [body, ...[...response.headers].flat()].join("\n");
  const isSummary = status === 200 && request.url.endsWith("/summary");
  if (!isSummary && told.includes(marker)) return `${status} repeats what was sent: ${told}`;
  return undefined;
};

afterEach(async () => {
  expect(namesOfPrototypes()).toEqual(names);

  const { items: events } = await store.readFeedback({}, { limit: 1e9 });
  const { items: records } = await store.readEvaluations({}, { limit: 1e9 });
  // Both kinds got in, in numbers: the search was not among refusals alone.
  expect(Math.min(events.length, records.length, seen.get(200)!, seen.get(400)!)).toBeGreaterThan(500);
  for (const event of events) expect(feedbackEventSchema.parse(event)).toEqual(event);
  for (const record of records) expect(evaluationRecordSchema.parse(record)).toEqual(record);
});

test("20,000 requests of every kind get an answer of heed's, and leave only what the schema allows", {
  timeout: 120_000,
}, async () => {
  const law = fc.asyncProperty(arbitraryRequest, async ({ url, init }) => {
    const fault = await faultOf(new Request(url, init));
    if (fault !== undefined) throw new Error(fault);
  });
  await fc.assert(law, { seed, numRuns: 20_000 });
});

test("so do 100,000 valid bodies with a few bytes changed", { timeout: 120_000 }, async () => {
  const common = {
    requestId: marker,
    timestamp: "2026-11-23T10:00:00.000Z",
    metadata: { userCohort: marker, n: 1.5 },
  };
  const edit = {
    similarity: 0.5,
    containment: 1,
    lengthRatio: 1.2,
    sampledAfterMs: 300,
    committed: true,
    text: marker,
  };
  const events = [
    { type: "explicit_thumbs_up", value: true, reasons: ["accurate", "clear"], userId: marker },
    { type: "explicit_thumbs_down", value: true, reasons: ["too_long"] },
    { type: "explicit_rating", value: 4.5, userId: marker },
    { type: "explicit_text_comment", value: `${marker} é 😀 "quoted" \\ \n` },
    { type: "explicit_retraction", value: "rating" },
    { type: "implicit_usage", value: "copied" },
    { type: "implicit_edit", value: edit },
    { type: "implicit_discard", value: "regenerated" },
    { type: "implicit_exposure", value: { visibleMs: 1200, activeMs: 800.5 } },
  ].map((event) => ({ ...event, ...common }));
  const record = {
    ...common,
    prompt: marker,
    output: marker,
    evalScores: { overall: 0.8, tone: -1e-7 },
    evaluator: { name: marker, version: "1" },
    model: marker,
    promptVersion: "3",
  };
  const bodies = [
    ...events.map((event) => ({ events: [event] })),
    { events },
    { records: [record] },
    { records: [record, record] },
  ];
  const corpus = bodies.map((body) => ({
    path: "events" in body ? "feedback" : "evaluations",
    bytes: Buffer.from(JSON.stringify(body)),
  }));
  const headers = { "content-type": "application/json", authorization: `Bearer ${serverKey}` };

  const random = randomFrom(seed);
  for (let run = 0; run < 100_000; run++) {
    const { path, bytes } = corpus[run % corpus.length]!;
    const body = new Uint8Array(mutate(bytes, random));
    const fault = await faultOf(
      new Request(`http://heed.test/v1/${path}`, { method: "POST", headers, body }),
    );
    if (fault !== undefined)
      throw new Error(`seed ${seed}, run ${run}, body ${Buffer.from(body).toString("base64")}: ${fault}`);
  }
});
