import { gzipSync } from "node:zlib";
import { feedbackEventSchema, newId } from "@heed/schema";
import fc from "fast-check";

/** Stands in every text that a user could have written, so that it can be looked for where it must not be. */
export const marker = "MaRk3r";

export const serverKey = "the-key-of-the-server";

const text = fc.oneof(
  fc.string({ maxLength: 20 }).map((string) => marker + string),
  fc.string({ unit: "binary", maxLength: 20 }).map((string) => string + marker),
  fc.constantFrom("__proto__", "constructor", "", "\0", "x".repeat(9_000)),
);
const key = fc.oneof(text, fc.constantFrom("userCohort", "__proto__", "prototype", "a.b:c-d_e"));
const number = fc.oneof(fc.integer({ min: -1, max: 6 }), fc.double());

/** Anything that JSON can say. */
const junk = fc.oneof(
  text,
  number,
  fc.constantFrom(null, true, [], {}, JSON.parse('{"__proto__":{"polluted":true}}')),
  fc.jsonValue({ maxDepth: 3, stringUnit: "binary" }),
  fc.array(text, { maxLength: 12 }),
  fc.integer({ min: 1, max: 20 }).map((depth) => JSON.parse("[".repeat(depth) + "]".repeat(depth))),
);

const orJunk = <Value>(value: fc.Arbitrary<Value>) => fc.oneof({ weight: 19, arbitrary: value }, junk);

const common = {
  id: orJunk(fc.constant(null).map(() => newId())),
  requestId: orJunk(fc.constantFrom("req-1", "req-2", marker)),
  timestamp: orJunk(
    fc.oneof(
      fc
        .date({ noInvalidDate: true, min: new Date(0), max: new Date("2199-12-31") })
        .map((date) => date.toJSON()),
      fc.constantFrom("2026-11-23T10:00:00+05:30", "2026-11-23", "2026-02-30T00:00:00Z"),
    ),
  ),
  metadata: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom({ userCohort: marker }, { tries: 2, "a.b:c-d_e": true }) },
    fc.dictionary(key, fc.oneof(text, number, junk), { maxKeys: 3 }),
  ),
};

const votes = fc.constantFrom(
  { type: "explicit_thumbs_up", value: true, reasons: ["clear"] },
  { type: "explicit_thumbs_down", value: true },
  { type: "explicit_rating", value: 2.5 },
  { type: "explicit_text_comment", value: marker },
  { type: "explicit_retraction", value: "thumb" },
  { type: "implicit_usage", value: "copied" },
  { type: "implicit_discard", value: "regenerated" },
  { type: "implicit_exposure", value: { visibleMs: 9, activeMs: 3.5 } },
  {
    type: "implicit_edit",
    value: { similarity: 1, containment: 0, lengthRatio: 2, sampledAfterMs: 1, text: marker },
  },
);
const mixture = fc.record(
  {
    type: fc.constantFrom(...feedbackEventSchema.options.map(({ shape }) => shape.type.value), marker),
    value: junk,
    reasons: junk,
    [marker]: junk,
  },
  { requiredKeys: [] },
);
const event = fc
  .tuple(
    fc.oneof({ weight: 4, arbitrary: votes }, mixture),
    fc.record({ ...common, userId: orJunk(fc.constant(marker)) }, { requiredKeys: ["requestId"] }),
  )
  .map(([said, rest]) => ({ ...said, ...rest }));

const record = fc.record(
  {
    ...common,
    prompt: orJunk(text),
    output: orJunk(text),
    evalScores: orJunk(fc.oneof(fc.constant({ overall: 0.5 }), fc.dictionary(key, number, { maxKeys: 2 }))),
    evaluator: orJunk(fc.constant({ name: marker })),
    model: orJunk(fc.constant(marker)),
  },
  { requiredKeys: ["requestId"] },
);

const batchOf = (field: "events" | "records", item: fc.Arbitrary<object>) =>
  fc.array(item, { maxLength: 3 }).map((items) => ({ [field]: items }));

const json = fc.oneof(
  { weight: 6, arbitrary: batchOf("events", event) },
  { weight: 6, arbitrary: batchOf("records", record) },
  fc.record(
    { events: fc.array(orJunk(record)), records: fc.array(orJunk(event)), extra: junk },
    { requiredKeys: [] },
  ),
  fc.constant({ events: Array(101).fill({}) }),
  junk,
);

const plain = fc.oneof(
  { weight: 30, arbitrary: json.map((value) => Buffer.from(JSON.stringify(value))) },
  fc.oneof(text, fc.constant(" ".repeat(300_000))).map((string) => Buffer.from(string)),
  fc.uint8Array({ maxLength: 50 }).map((bytes) => Buffer.from(bytes)),
);

/** A body and what its headers say it is compressed with, which may not be so. */
const packed = fc.oneof(
  { weight: 8, arbitrary: plain.map((body) => ({ body, encoding: {} })) },
  plain.map((body) => ({ body: gzipSync(body), encoding: { "content-encoding": "gzip" } })),
  plain.chain((body) =>
    fc
      .constantFrom("identity", "gzip", "deflate", "br", marker)
      .map((name) => ({ body, encoding: { "content-encoding": name } })),
  ),
);

/** What may stand in a header: Latin-1 without line breaks. */
const headerText = text.map((string) => string.replaceAll(/[^\x20-\x7e\xa0-\xff]/g, "").trim());
const usually = (...values: string[]) =>
  fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...values) }, headerText);

const headers = fc.record(
  {
    "content-type": usually("application/json", "text/plain;charset=UTF-8"),
    "content-length": usually("0", "12", "200000"),
    authorization: usually(`Bearer ${serverKey}`),
    origin: usually("https://example.com", "https://evil.test", "null"),
  },
  { requiredKeys: ["content-type", "authorization"] },
);

const path = fc.oneof(
  { weight: 5, arbitrary: fc.constant("/v1/feedback") },
  { weight: 5, arbitrary: fc.constant("/v1/evaluations") },
  fc.oneof(fc.constant("req-1"), text.map(encodable), headerText).map((id) => `/v1/requests/${id}/summary`),
  fc.oneof(
    fc.constant("/v1/health"),
    headerText.map((rest) => `/${rest}`),
  ),
);

function encodable(string: string): string {
  return encodeURIComponent(string.toWellFormed());
}

const method = fc.oneof(
  { weight: 9, arbitrary: fc.constant("POST") },
  fc.constantFrom("GET", "GET", "OPTIONS", "PUT", marker),
);

/** Requests of every kind that a client could send, right ones and nearly right ones among them. */
export const arbitraryRequest = fc
  .record({ method, path, headers, packed })
  .map(({ method, path, headers, packed: { body, encoding } }) => {
    const asked = path.endsWith("/summary") || path === "/v1/health" ? "GET" : method;
    return {
      url: `http://heed.test${path}`,
      init: {
        method: asked,
        headers: { ...headers, ...encoding },
        ...(asked !== "GET" && { body: new Uint8Array(body) }),
      },
    };
  });
